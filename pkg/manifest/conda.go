package manifest

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/pickletrace/pickletrace/pkg/version"
)

//go:embed conda.yaml
var condaYAML []byte

// condaNames maps packages of conda channels to the distributions they hold, where the names differ.
var condaNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	if err := yaml.Unmarshal(condaYAML, &names); err != nil {
		panic(err) // an embedded file
	}
	return names
})

// readConda reads a conda environment file; other YAML files of that name have no list of dependencies.
func (s *source) readConda() {
	for _, root := range s.yaml() {
		for _, d := range items(field(root, "dependencies")) {
			if d.Kind == yaml.ScalarNode {
				s.line = d.Line
				s.condaSpec(d.Value)
				continue
			}
			for _, p := range items(field(d, "pip")) {
				s.line = p.Line
				s.requirementLine(stripComment(p.Value), s.strength)
			}
		}
		s.environment(field(root, "variables"))
	}
}

// condaArguments declares what a conda install command installs.
func (s *source) condaArguments(words []string) {
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w == "-c" || w == "--channel" || w == "-n" || w == "--name" || w == "-p" || w == "--prefix" || w == "--file":
			i++
		case strings.HasPrefix(w, "-"):
		default:
			s.condaSpec(w)
		}
	}
}

var (
	condaSpecRE = regexp.MustCompile(`^(?:[^\s=<>!]*::)?([A-Za-z0-9_][A-Za-z0-9_.-]*)\s*(?:\[(?:.*version=['"]?([^'"\]]*)['"]?.*|[^\]]*)\])?\s*(.*)$`)
	condaPython = "python"
)

// condaSpec declares a match specification: "name", "name=1.2", "name==1.2.3", "name>=1,<2", "name 1.2.*", "name=1.2.3=build".
func (s *source) condaSpec(spec string) {
	spec = stripComment(spec)
	m := condaSpecRE.FindStringSubmatch(spec)
	if m == nil || strings.ContainsAny(spec, "{$") {
		return
	}
	name := strings.ToLower(m[1])
	set, ok := condaSet(m[2] + m[3])
	if !ok {
		s.oddf("%q is not a package specification of conda; it is taken to allow every version", spec)
	}
	if name == condaPython {
		if ok && !full(set) {
			s.python, s.hasPy = set, true
		}
		return
	}
	if other := condaNames()[name]; other != "" {
		name = other
	}
	s.add(name, set, s.strength, nil, spec)
}

// condaSet reads a version specification of conda.
func condaSet(text string) (version.Set, bool) {
	text = strings.TrimSpace(text)
	if text == "" || text == "*" {
		return version.All(), true
	}
	// The build string comes after a second "=" or a blank.
	if rest, ok := strings.CutPrefix(text, "="); ok && !strings.HasPrefix(rest, "=") {
		v, build, exact := strings.Cut(rest, "=")
		if v, _, _ = strings.Cut(strings.TrimSpace(v), " "); !exact || build == "" {
			return condaUnion(v, true)
		}
		return condaUnion(v, false)
	}
	fields := strings.Fields(text)
	for len(fields) > 1 && strings.Trim(fields[0], "=<>!~") == "" {
		fields = append([]string{fields[0] + fields[1]}, fields[2:]...)
	}
	for len(fields) > 1 && (strings.HasSuffix(fields[0], ",") || strings.HasPrefix(fields[1], ",")) {
		fields = append([]string{fields[0] + fields[1]}, fields[2:]...)
	}
	return condaUnion(fields[0], false)
}

// condaUnion reads alternatives, which | separates. A version without an operator is exact, or, if fuzzy, the beginning
// of one: 1.2 allows 1.2.3.
func condaUnion(text string, fuzzy bool) (version.Set, bool) {
	var any version.Set
	for alternative := range strings.SplitSeq(text, "|") {
		all := version.All()
		for clause := range strings.SplitSeq(alternative, ",") {
			one, bad := lenientSet(condaClause(strings.TrimSpace(clause), fuzzy))
			if bad != "" || strings.TrimSpace(clause) == "" {
				return version.All(), false
			}
			all = all.Intersect(one)
		}
		any = any.Union(all)
	}
	return any, true
}

// condaClause gives the PEP 440 form of one clause; "" for one that allows every version.
func condaClause(c string, fuzzy bool) string {
	if c == "*" || c == "" {
		return ""
	}
	if strings.ContainsAny(c[:1], "=<>!~") {
		return c
	}
	bare := strings.TrimSuffix(strings.TrimSuffix(c, "*"), ".")
	if bare != c || fuzzy {
		return "==" + bare + ".*"
	}
	return "==" + c
}
