package finding

import (
	"slices"
	"strings"
)

// Levels of confidence.
const (
	High   = "high"
	Medium = "medium"
	Low    = "low"
)

// doubts says by how many levels a feature of a flow lowers the confidence in it.
var doubts = map[string]int{
	"name-match":   1, // a call was resolved by the method's name alone
	"via-unknown":  1, // through a call that no rule and no scanned code explains
	"class-field":  1, // through an attribute of some object of the class
	"via-global":   1, // through a variable of a module
	"via-store":    1, // through a table or collection
	"cond-unknown": 1, // a condition of the sink could not be decided
	"path-part":    1, // the data is only a part of the path of what is loaded
	"broad":        1, // more sources than are told apart
	"gated":        1, // only when an argument is not left at its default
	"weak-guard":   1, // checked, but the check can be forged or vanishes under -O
	"assert-guard": 1,
	"weak-digest":  1,
}

const (
	farSourceCalls = 3 // more calls than this between the source and the top of the trace are a doubt
	farSinkCalls   = 4
)

// Confidence says how sure we are of a finding: as sure as of its best flow, and one level less in test code. A finding
// without a source depends on its call alone and is sure.
func Confidence(f *Finding) string {
	best := 0
	for i := range f.Flows {
		if f.Flows[i].Kind == "" {
			continue // of a rule about the call alone
		}
		if d := Doubts(&f.Flows[i]); i == 0 || d < best {
			best = d
		}
	}
	if IsTest(sinkPath(f)) {
		best++
	}
	return []string{High, Medium, Low}[min(best, 2)]
}

// Doubts counts what makes a flow less certain: its features, and one for a long way through calls.
func Doubts(fl *Flow) int {
	n := 0
	for _, feature := range fl.Features {
		n += doubts[feature]
	}
	if up, down := callDistance(fl.Steps); up > farSourceCalls || down > farSinkCalls {
		n++
	}
	return n
}

// callDistance counts the levels of calls that the data goes up from its source and then down to the sink.
func callDistance(steps []Step) (up, down int) {
	if len(steps) == 0 {
		return 0, 0
	}
	least := steps[0].Depth
	for _, s := range steps {
		least = min(least, s.Depth)
	}
	return steps[0].Depth - least, steps[len(steps)-1].Depth - least
}

// IsTest says whether a path (slash-separated) looks like test code.
func IsTest(path string) bool {
	parts := strings.Split(path, "/")
	name := parts[len(parts)-1]
	dirs := parts[:len(parts)-1]
	return slices.Contains(dirs, "tests") || slices.Contains(dirs, "test") || slices.Contains(dirs, "testing") ||
		strings.HasPrefix(name, "test_") || strings.HasSuffix(name, "_test.py") || name == "conftest.py"
}
