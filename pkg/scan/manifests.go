package scan

import (
	"bytes"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
	"github.com/pickletrace/pickletrace/pkg/version"
)

// findManifests reads the files beside the sources that say something of versions and variables.
func findManifests(find text.FindOptions, sources []*text.File) ([]manifest.File, []text.Problem) {
	base := find.Base
	if base == "" {
		base = text.CommonBase(find.Roots)
	}
	opts := manifest.Options{Base: base, Exclude: find.Exclude}
	for _, f := range sources {
		opts.Files = append(opts.Files, f.Path)
	}
	return manifest.Find(opts)
}

// facts reads manifests, what notebooks install, and what scripts say of themselves.
func facts(beside []manifest.File, sources []*text.File, pack *rule.Pack) (*manifest.Facts, []text.Problem) {
	facts, problems := manifest.Load(beside)
	facts.AddImages(func(reference string) map[string]string { return holds(pack, reference) })
	for _, f := range sources {
		if f.Installs != nil {
			facts.AddNotebook(f.Path, f.Installs)
		}
		facts.AddScript(f.Path, f.Text)
	}
	return facts, problems
}

// holds gives the distributions that a container image comes with, as far as the pack knows, and their versions.
func holds(pack *rule.Pack, reference string) map[string]string {
	out := map[string]string{}
	for _, lib := range pack.Libraries {
		if specifier, ok := lib.Holds(reference); ok && lib.PyPI != "" {
			out[lib.PyPI] = specifier
		}
	}
	return out
}

// versions answers the analysis's question from what manifests declare: taint.Options.Versions.
func versions(facts *manifest.Facts, pack *rule.Pack) func(file, library, specifier string) (rule.Tri, bool) {
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

// settings finds environment variables in Dockerfiles, compose files, CI configuration and scripts that switch
// something on, as taint does for those that the program sets, and gives the files they stand in.
func settings(facts *manifest.Facts, beside []manifest.File, pack *rule.Pack) ([]finding.Finding, []*text.File) {
	files := map[string]*text.File{}
	var out []finding.Finding
	var read []*text.File
	for _, s := range append(facts.Settings(), facts.Options()...) {
		way := rule.InKey
		if s.Option {
			way = rule.InOption
		}
		for _, sink := range pack.Setting(s.Name) {
			if sink.Stored&way == 0 {
				continue
			}
			d := decideSetting(facts, pack, s, sink)
			for _, r := range pack.RulesFor(sink) {
				if r.Call == nil || d.Safe || !r.Covers(d) {
					continue
				}
				if files[s.File] == nil {
					files[s.File] = fileOf(beside, s.File)
					read = append(read, files[s.File])
				}
				out = append(out, settingFinding(s, sink, r, d, files[s.File]))
			}
		}
	}
	return out, read
}

func fileOf(beside []manifest.File, path string) *text.File {
	for i := range beside {
		if beside[i].Path == path {
			file, _ := text.NewFile(path, beside[i].Data)
			return file
		}
	}
	return &text.File{Path: path}
}

func settingFinding(s manifest.Setting, sink *rule.Sink, r *rule.Rule, d rule.Decision, file *text.File) finding.Finding {
	f := finding.Finding{RuleID: r.ID, Level: finding.Level(r.LevelFor("").Lowered(d.Lower)), SinkName: s.Name, SinkID: sink.ID,
		Notes: d.Notes, Sink: finding.Step{File: file, Span: LineSpan(file, s.Line), Kind: finding.StepSink}}
	if s.Option {
		f.SinkName = "--" + strings.ReplaceAll(s.Name, "_", "-")
	}
	if d.Case != nil {
		f.Case = d.Case.As
	}
	return f
}

// LineSpan is the text of a line (1-based) without the blanks around it.
func LineSpan(f *text.File, line int) text.Span {
	start := 0
	for range line - 1 {
		i := bytes.IndexByte(f.Text[start:], '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	end := len(f.Text)
	if i := bytes.IndexByte(f.Text[start:], '\n'); i >= 0 {
		end = start + i
	}
	body := f.Text[start:end]
	start += len(body) - len(bytes.TrimLeft(body, " \t"))
	return text.Span{Start: int32(start), End: int32(start + len(bytes.TrimSpace(body)))}
}

// envFacts is what conditions may ask of a variable or an option that a manifest sets: its value, and versions.
type envFacts struct {
	facts *manifest.Facts
	pack  *rule.Pack
	set   manifest.Setting
	value rule.ArgFact
}

// readings are what the value of a variable or an option may be. What follows an option is its value, or else the next
// argument, and the option is a switch.
func readings(s manifest.Setting) []rule.ArgFact {
	text := rule.ArgFact{State: rule.Known, Const: s.Value, IsStr: true}
	if !s.Option {
		return []rule.ArgFact{text}
	}
	on, off := rule.ArgFact{State: rule.Known, Const: "True"}, rule.ArgFact{State: rule.Known, Const: "False"}
	switch strings.ToLower(s.Value) {
	case "false", "no", "0", "off":
		return []rule.ArgFact{off}
	case "", "true", "yes", "1", "on":
		return []rule.ArgFact{on}
	default:
		return []rule.ArgFact{text, on}
	}
}

// decideSetting gives the decision for the first reading that is reported.
func decideSetting(facts *manifest.Facts, pack *rule.Pack, s manifest.Setting, sink *rule.Sink) rule.Decision {
	for _, value := range readings(s) {
		if d := sink.Decide(envFacts{facts, pack, s, value}); !d.Safe {
			return d
		}
	}
	return rule.Decision{Safe: true}
}

func (e envFacts) Arg(name string) rule.ArgFact {
	switch name {
	case "value":
		return e.value
	case "command":
		return rule.ArgFact{State: rule.Known, Const: e.set.Command, IsStr: true}
	default:
		return rule.ArgFact{}
	}
}

func (e envFacts) Env(name string) rule.ArgFact {
	return taint.EnvFact(e.facts.EnvFor(name, e.set.File), false)
}

func (e envFacts) Lib(library, specifier string) (rule.Tri, bool) {
	return versions(e.facts, e.pack)(e.set.File, library, specifier)
}

func (e envFacts) Source() string         { return "" }
func (e envFacts) Beside(string) bool     { return false }
func (e envFacts) Suffix(string) rule.Tri { return rule.No }
