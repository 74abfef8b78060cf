// Package rules holds the rule packs: what is a source, a sink, a propagator, a sanitizer and a rule, one family of
// libraries per file. README.md explains the language.
package rules

import "embed"

// FS holds every pack of this folder, and what the program reads in their place while they are unchanged: packs.bin, which
// `go generate ./rules` makes. rule.Load reads the packs in name order; those of derived/ are read where they are needed.
//
//go:generate go test -count=1 -run TestCompiled . -args -update
//go:embed *.yaml derived/*.yaml packs.bin
var FS embed.FS
