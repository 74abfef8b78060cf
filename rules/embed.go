// Package rules holds the rule packs: what is a source, a sink, a propagator, a sanitizer and a rule, one family of
// libraries per file. README.md explains the language.
package rules

import "embed"

// FS holds every pack of this folder. rule.Load reads it in name order; the packs of derived/ are read where they are needed.
//
//go:embed *.yaml derived/*.yaml
var FS embed.FS
