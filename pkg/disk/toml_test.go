package disk

import (
	"fmt"
	"strings"
	"testing"
)

func TestCheckTOML(t *testing.T) {
	var tables, keys strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&tables, "[a.b%d]\n", i)
		fmt.Fprintf(&keys, "k%d = 1\n", i)
	}
	for name, c := range map[string]struct {
		text string
		good bool
	}{
		"tables":        {tables.String(), false},
		"indented":      {strings.ReplaceAll(tables.String(), "[", "  ["), false},
		"keys":          {keys.String(), false},
		"inline":        {"x = {" + strings.ReplaceAll(keys.String(), "\n", ",") + "}", false},
		"arrays":        {"x = " + strings.Repeat("[", 10_000), false},
		"arrays, lines": {"x = " + strings.Repeat("[\n", 10_000), false},
		"inline tables": {strings.Repeat("x={", 10_000), false},
		"items":         {strings.Repeat("[[package]]\nname = 'a'\nwheels = [{a = 1, b = 2}]\n", 10_000), true},
		"ordinary":      {"[a]\nx = [[1], [2]]\n" + strings.Repeat("[a.b]\nx = 1\n", 1000), true},
	} {
		if err := CheckTOML([]byte(c.text)); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
