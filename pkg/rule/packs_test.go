package rule_test

import (
	"testing"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/rules"
)

func TestBuiltinPacks(t *testing.T) {
	p, err := rule.Load(rules.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rules) == 0 || len(p.Sinks) == 0 || len(p.Kinds) == 0 {
		t.Errorf("%d rules, %d sinks, %d kinds", len(p.Rules), len(p.Sinks), len(p.Kinds))
	}
}
