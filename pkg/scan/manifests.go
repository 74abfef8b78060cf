package scan

import (
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// manifests reads what the project of the files declares about versions.
func manifests(find text.FindOptions, sources []*text.File) (*manifest.Facts, []text.Problem) {
	base := find.Base
	if base == "" {
		base = text.CommonBase(find.Roots)
	}
	opts := manifest.Options{Base: base, Exclude: find.Exclude}
	for _, f := range sources {
		opts.Files = append(opts.Files, f.Path)
	}
	files, problems := manifest.Find(opts)
	facts, odd := manifest.Load(files)
	for _, f := range sources {
		if f.Installs != nil {
			facts.AddNotebook(f.Path, f.Installs)
		}
	}
	return facts, append(problems, odd...)
}

// Versions answers the analysis's question from what manifests declare: taint.Options.Versions.
func Versions(facts *manifest.Facts, pack *rule.Pack) func(file, library, specifier string) (rule.Tri, bool) {
	names := map[string]string{}
	for _, lib := range pack.Libraries {
		names[lib.Name] = lib.PyPI
	}
	return func(file, library, specifier string) (rule.Tri, bool) {
		name := names[library]
		if name == "" {
			return rule.Maybe, false
		}
		in, known := facts.Versions(name, file, specifier)
		switch in {
		case version.Inside:
			return rule.Yes, known
		case version.Outside:
			return rule.No, known
		default:
			return rule.Maybe, known
		}
	}
}
