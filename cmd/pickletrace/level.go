package main

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// levels in ascending order; the index is the finding.Level.
var levels = []string{"off", "note", "warning", "error"}

// confidences in ascending order.
var confidences = []string{finding.Low, finding.Medium, finding.High}

const (
	defaultLevel = finding.Warning // of --min-level and --fail-on
	never        = finding.Error + 1
)

// levelFlag is a flag that holds the name of a level out of those it allows.
type levelFlag struct {
	level   finding.Level
	allowed []string
}

func (l *levelFlag) String() string {
	if l.level == never {
		return "never"
	}
	return levels[l.level]
}

func (l *levelFlag) Type() string { return strings.Join(l.allowed, "|") }

func (l *levelFlag) Set(s string) error {
	if !slices.Contains(l.allowed, s) {
		return oneOf(s, l.allowed)
	}
	l.level = never
	if i := slices.Index(levels, s); i >= 0 {
		l.level = finding.Level(i)
	}
	return nil
}
