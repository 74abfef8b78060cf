package manifest

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/pickletrace/pickletrace/pkg/disk"

	"github.com/pickletrace/pickletrace/pkg/version"
)

// A table is a TOML table.
type table map[string]any

// toml reads s.data; what is broken is told.
func (s *source) toml(into any) bool {
	err := disk.CheckTOML(s.data)
	if err == nil {
		err = toml.Unmarshal(s.data, into)
	}
	if err == nil {
		return true
	}
	line := 0
	if de := (*toml.DecodeError)(nil); errors.As(err, &de) {
		line, _ = de.Position()
	}
	s.broken(line, err)
	return false
}

// sub gives the table at the path of keys; nil if there is none.
func (t table) sub(keys ...string) table {
	for _, k := range keys {
		inner, _ := t[k].(map[string]any)
		t = inner
	}
	return t
}

func (t table) str(key string) string {
	v, _ := t[key].(string)
	return v
}

func (t table) keys() []string { return slices.Sorted(maps.Keys(t)) }

// stringsOf gives the strings of a list, or the one string.
func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if one, ok := e.(string); ok {
				out = append(out, one)
			}
		}
		return out
	}
	return nil
}

// readPyproject reads the project table (PEP 621), groups (PEP 735) and the tables of tools that have their own.
func (s *source) readPyproject() {
	var root table
	if !s.toml(&root) {
		return
	}
	p := root.sub("project")
	poetry := root.sub("tool", "poetry")
	s.line = s.lineOf("name")
	switch {
	case p.str("name") != "":
		s.own(p.str("name"), p.str("version"))
	case poetry.str("name") != "":
		s.own(poetry.str("name"), poetry.str("version"))
	}
	s.setPython(p.str("requires-python"))
	s.requirements(p["dependencies"], required)
	s.groups(p.sub("optional-dependencies"))
	s.groups(root.sub("dependency-groups"))
	s.entryPoints(p.sub("entry-points"))
	s.entryPoints(poetry.sub("plugins"))
	s.entryPoints(root.sub("tool", "flit", "entrypoints"))
	s.poetry(poetry)
	tool := root.sub("tool")
	for _, group := range tool.sub("pdm", "dev-dependencies") {
		s.requirements(group, development)
	}
	s.requirements(tool.sub("uv")["dev-dependencies"], development)
	s.requirements(tool.sub("uv")["constraint-dependencies"], constraint)
	s.requirements(tool.sub("uv")["override-dependencies"], constraint)
	s.requirements(tool.sub("flit", "metadata")["requires"], required)
	s.groups(tool.sub("flit", "metadata", "requires-extra"))
	s.hatch(tool.sub("hatch"))
	s.pixi(tool.sub("pixi"))
	s.dynamic(tool.sub("setuptools", "dynamic"))
	slices.SortStableFunc(s.decls, func(a, b named) int { return a.decl.line - b.decl.line })
}

// requirements declares the PEP 508 texts of a list.
func (s *source) requirements(list any, st strength) {
	for _, text := range stringsOf(list) {
		s.line = s.lineOf(text)
		s.requirement(text, st)
	}
}

// groups declares extras or groups: name → list.
func (s *source) groups(t table) {
	for _, name := range t.keys() {
		s.requirements(t[name], groupStrength(name))
	}
}

// hatch declares the dependencies of environments, and reads the files the requirements hook names.
func (s *source) hatch(t table) {
	for _, name := range t.sub("envs").keys() {
		env := t.sub("envs", name)
		s.requirements(env["dependencies"], development)
		s.requirements(env["extra-dependencies"], development)
	}
	for _, f := range stringsOf(t.sub("metadata", "hooks", "requirements_txt")["files"]) {
		s.include(f, required)
	}
}

// dynamic reads the files that setuptools takes the dependencies from.
func (s *source) dynamic(t table) {
	for _, f := range stringsOf(t.sub("dependencies")["file"]) {
		s.include(f, required)
	}
	extras := t.sub("optional-dependencies")
	for _, name := range extras.keys() {
		for _, f := range stringsOf(extras.sub(name)["file"]) {
			s.include(f, groupStrength(name))
		}
	}
}

// poetry reads the tool.poetry table.
func (s *source) poetry(t table) {
	s.poetryDependencies(t.sub("dependencies"), required)
	s.poetryDependencies(t.sub("dev-dependencies"), development)
	for _, name := range t.sub("group").keys() {
		st := groupStrength(name)
		if name == "main" {
			st = required
		}
		s.poetryDependencies(t.sub("group", name, "dependencies"), st)
	}
}

func (s *source) poetryDependencies(deps table, st strength) {
	for _, name := range deps.keys() {
		if s.line = s.lineOf("\n" + name + " "); s.line > 0 {
			s.line++
		} else {
			s.line = s.lineOf(name)
		}
		if name == "python" {
			if set, ok := poetrySet(deps.str(name)); ok {
				s.python, s.hasPy = set, true
			}
			continue
		}
		list, several := deps[name].([]any)
		if !several {
			s.poetryDependency(name, deps[name], st, nil)
			continue
		}
		for _, one := range list {
			s.poetryDependency(name, one, st, unknownMarker) // alternatives
		}
	}
}

// poetryDependency declares a version text, or a table with version, url or git.
func (s *source) poetryDependency(name string, v any, st strength, when *marker) {
	t, _ := v.(map[string]any)
	text, _ := v.(string)
	set := version.All()
	switch d := table(t); {
	case t == nil:
	case d.str("version") != "":
		text = d.str("version")
	case d.str("tag")+d.str("rev") != "":
		set = placedAt("@" + cmp.Or(d.str("tag"), d.str("rev")))
	default:
		set = placedAt("/" + cmp.Or(d.str("url"), d.str("file")))
	}
	if d := table(t); d["optional"] == true {
		st = max(st, optional)
	}
	if python := table(t).str("python"); python != "" {
		when = poetryPython(python)
	} else if m := table(t).str("markers"); m != "" {
		var err error
		if when, err = parseMarker(m); err != nil {
			when = unknownMarker
		}
	}
	if text != "" {
		var ok bool
		if set, ok = poetrySet(text); !ok {
			s.oddf("%s: %q is not a version constraint; it is taken to allow every version", name, text)
		}
	}
	s.add(name, set, st, when, name+" "+text)
}

// placedAt gives the version that a URL tells; all if it tells none.
func placedAt(url string) version.Set {
	if v, ok := urlVersion(url); ok {
		return version.Exactly(v)
	}
	return version.All()
}

// poetryPython gives the marker for a Python constraint as Poetry writes it.
func poetryPython(constraint string) *marker {
	set, ok := poetrySet(constraint)
	if !ok {
		return unknownMarker
	}
	return &marker{op: "python", set: set}
}

// poetrySet reads a version constraint of Poetry: PEP 440 and ^1.2, ~1.2, 1.2.*, *, 1.2, and || between alternatives.
func poetrySet(text string) (version.Set, bool) {
	var any version.Set
	for alternative := range strings.SplitSeq(strings.ReplaceAll(text, "||", "|"), "|") {
		all := version.All()
		for _, clause := range poetryClauses(alternative) {
			one, ok := poetryClause(clause)
			if !ok {
				return version.All(), false
			}
			all = all.Intersect(one)
		}
		any = any.Union(all)
	}
	return any, true
}

// poetryClauses cuts at commas and at blanks that no operator precedes.
func poetryClauses(s string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if n := len(out); n > 0 && strings.Trim(out[n-1], "=<>!~^") == "" {
			out[n-1] += word
			continue
		}
		out = append(out, word)
	}
	return out
}

func poetryClause(c string) (version.Set, bool) {
	if c == "*" {
		return version.All(), true
	}
	if rest, ok := strings.CutPrefix(c, "^"); ok {
		return caretRange(rest, true)
	}
	if rest, ok := strings.CutPrefix(c, "~"); ok && !strings.HasPrefix(rest, "=") {
		return caretRange(rest, false)
	}
	if !strings.ContainsAny(c[:1], "=<>!~") {
		c = "==" + c
	}
	set, bad := lenientSet(c)
	return set, bad == ""
}

// caretRange gives ^v, all versions up to the next change of the leftmost number that is not zero, or ~v, up to the
// next minor version.
func caretRange(text string, caret bool) (version.Set, bool) {
	v, err := version.Parse(text)
	if err != nil {
		return version.All(), false
	}
	numbers := v.Release()
	keep := min(2, len(numbers))
	if caret {
		keep = 1
		for keep < len(numbers) && numbers[keep-1] == 0 {
			keep++
		}
	}
	upper := slices.Clone(numbers[:keep])
	upper[keep-1]++
	low, err1 := version.ParseSet(">=" + text)
	high, err2 := version.ParseSet("<" + dotted(upper))
	return low.Intersect(high), err1 == nil && err2 == nil
}
