package manifest

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// setupKeys are the arguments of setup() that matter; true: wherever the name is used, not in a call of setup alone.
var setupKeys = map[string]bool{
	"name": false, "version": false, "python_requires": true, "install_requires": true, "extras_require": true, "tests_require": true,
	"entry_points": true,
}

// A setupReader finds literal lists of requirements in a setup.py without running it.
type setupReader struct {
	*source
	tree   *syntax.Tree
	values map[string][]int32 // name → what is assigned, added or appended to it
	args   map[string][]int32 // key of setupKeys → expressions
	lists  []int32            // all lists, tuples and sets
	branch map[int32]bool     // which of the expressions above are inside of an if or try statement
	until  int32              // end of the outermost such statement, while collecting
	used   map[int32]bool     // lists that were declared
	holes  bool               // a part of the dependencies is computed
	steps  int
}

// readSetupPy reads a setup.py. Where the dependencies are computed, all lists that hold version specifiers are taken
// as optional: they are what is computed from.
func (s *source) readSetupPy() {
	file, _ := text.NewFile(s.file, s.data)
	tree, _ := syntax.Parse(file) // the scan of the same file tells its syntax errors
	r := &setupReader{source: s, tree: tree, values: map[string][]int32{}, args: map[string][]int32{}, used: map[int32]bool{}, branch: map[int32]bool{}}
	r.collect()
	r.steps = 0
	r.identity()
	for _, e := range r.args["install_requires"] {
		r.declare(e, required, r.branch[e])
	}
	for _, e := range r.args["extras_require"] {
		r.extras(e)
	}
	for _, e := range r.args["tests_require"] {
		r.declare(e, development, false)
	}
	if r.holes {
		r.fallback()
	}
	for _, e := range r.args["entry_points"] {
		r.setupEntryPoints(e)
	}
}

// collect notes assignments, arguments and lists in one pass.
func (r *setupReader) collect() {
	t := r.tree
	for i := range int32(len(t.Nodes)) {
		switch t.Nodes[i].Kind {
		case syntax.KindIfStatement, syntax.KindTryStatement:
			r.until = max(r.until, t.Nodes[i].Next)
		case syntax.KindAssignment, syntax.KindAugmentedAssignment:
			r.assign(t.Child(i, syntax.FieldLeft), t.Child(i, syntax.FieldRight))
		case syntax.KindKeywordArgument:
			r.argument(t.Child(i, syntax.FieldName), t.Child(i, syntax.FieldValue), false)
		case syntax.KindPair:
			r.argument(t.Child(i, syntax.FieldKey), t.Child(i, syntax.FieldValue), false)
		case syntax.KindDictionary:
			if r.aboutSetup(i) {
				r.setupArguments(i)
			}
		case syntax.KindCall:
			r.grow(i)
			if fn := t.Child(i, syntax.FieldFunction); fn >= 0 && (t.Text(fn) == "setup" || strings.HasSuffix(t.Text(fn), ".setup")) {
				r.setupArguments(t.Child(i, syntax.FieldArguments))
			}
		case syntax.KindList, syntax.KindTuple, syntax.KindSet:
			r.lists = append(r.lists, i)
		}
	}
}

func (r *setupReader) assign(left, right int32) {
	if left < 0 || right < 0 {
		return
	}
	switch t := r.tree; t.Nodes[left].Kind {
	case syntax.KindIdentifier:
		r.value(t.Text(left), right)
	case syntax.KindSubscript: // kwargs["install_requires"] = …
		r.argument(t.Child(left, syntax.FieldSubscript), right, false)
	}
}

func (r *setupReader) value(name string, e int32) {
	r.values[name] = append(r.values[name], e)
	r.branch[e] = r.tree.Nodes[e].Next <= r.until
}

// argument notes a key and its value; only says that the keys are meant that count in a call of setup alone.
func (r *setupReader) argument(key, value int32, only bool) {
	if key < 0 || value < 0 {
		return
	}
	name := r.tree.Text(key)
	if s, ok := r.literal(key); ok {
		name = s
	}
	if anywhere, ok := setupKeys[name]; ok && anywhere != only {
		r.args[name] = append(r.args[name], value)
		r.branch[value] = r.tree.Nodes[value].Next <= r.until
	}
}

// setupArguments notes what only counts as an argument of setup, from arguments or from a dictionary of them.
func (r *setupReader) setupArguments(list int32) {
	if list < 0 {
		return
	}
	for k := range r.tree.Kids(list) {
		switch r.tree.Nodes[k].Kind {
		case syntax.KindKeywordArgument:
			r.argument(r.tree.Child(k, syntax.FieldName), r.tree.Child(k, syntax.FieldValue), true)
		case syntax.KindPair:
			r.argument(r.tree.Child(k, syntax.FieldKey), r.tree.Child(k, syntax.FieldValue), true)
		}
	}
}

// aboutSetup says whether a dictionary holds arguments of setup.
func (r *setupReader) aboutSetup(dict int32) bool {
	for k := range r.tree.Kids(dict) {
		if r.tree.Nodes[k].Kind == syntax.KindPair {
			key, _ := r.literal(r.tree.Child(k, syntax.FieldKey))
			if key == "install_requires" || key == "packages" {
				return true
			}
		}
	}
	return false
}

// grow notes what x.append(…) and x.extend(…) add to a list.
func (r *setupReader) grow(call int32) {
	t := r.tree
	fn, args := t.Child(call, syntax.FieldFunction), t.Child(call, syntax.FieldArguments)
	if fn < 0 || args < 0 || t.Nodes[fn].Kind != syntax.KindAttribute {
		return
	}
	object, method := t.Child(fn, syntax.FieldObject), t.Child(fn, syntax.FieldAttribute)
	if object < 0 || t.Nodes[object].Kind != syntax.KindIdentifier {
		return
	}
	switch t.Text(method) {
	case "append", "extend", "insert":
		for a := range t.Kids(args) {
			if t.Nodes[a].Named {
				r.value(t.Text(object), a)
			}
		}
	}
}

// identity notes the project's name, its version if it is a literal, and the Python versions it is for.
func (r *setupReader) identity() {
	one := func(key string) string {
		for _, e := range r.args[key] {
			if found := r.strings(e, nil); len(found) == 1 {
				r.line = r.lineAt(e)
				return found[0].text
			}
		}
		return ""
	}
	r.setPython(one("python_requires"))
	v := one("version")
	if name := one("name"); name != "" {
		r.own(name, v)
	}
	r.holes = false
}

// A literal is a string of the file.
type literal struct {
	text        string
	line        int
	conditional bool // only in some branch
}

// declare declares the requirements of an expression.
func (r *setupReader) declare(e int32, st strength, conditional bool) {
	for _, l := range r.strings(e, nil) {
		for i, one := range strings.Split(l.text, "\n") {
			if one = stripComment(one); one == "" {
				continue
			}
			r.line = l.line + i
			req, err := ParseRequirement(one)
			if err != nil {
				r.oddf("%v", err)
				continue
			}
			if req.marker == nil && (conditional || l.conditional) {
				req.marker = unknownMarker
			}
			r.source.declare(req, st, one)
		}
	}
}

// extras declares a dictionary of lists.
func (r *setupReader) extras(e int32) {
	t := r.tree
	switch t.Nodes[e].Kind {
	case syntax.KindDictionary:
		for pair := range t.Kids(e) {
			if t.Nodes[pair].Kind != syntax.KindPair {
				r.holes = r.holes || t.Nodes[pair].Named && t.Nodes[pair].Kind != syntax.KindComment
				continue
			}
			name, _ := r.literal(t.Child(pair, syntax.FieldKey))
			name, _, _ = strings.Cut(name, ":") // "gpu:python_version>'3'" is an old form
			r.declare(t.Child(pair, syntax.FieldValue), groupStrength(name), false)
		}
	case syntax.KindIdentifier:
		for _, v := range r.values[t.Text(e)] {
			if t.Nodes[v].Kind == syntax.KindDictionary {
				r.extras(v)
			} else {
				r.holes = true
			}
		}
	default:
		r.holes = true
	}
}

// maxSteps bounds the work on one setup.py.
const maxSteps = 100_000

// strings gives the strings an expression is made of: of lists, sums, names assigned in the file, and conditionals.
// open holds the names being looked up. What is computed sets holes.
func (r *setupReader) strings(e int32, open []string) []literal {
	t := r.tree
	if r.steps++; e < 0 || r.steps > maxSteps || len(open) > 8 {
		return nil
	}
	var out []literal
	each := func(cond bool) []literal {
		for k := range t.Kids(e) {
			if n := t.Nodes[k]; n.Named && n.Kind != syntax.KindComment {
				out = append(out, r.strings(k, open)...)
			}
		}
		for i := range out {
			out[i].conditional = out[i].conditional || cond
		}
		return out
	}
	switch t.Nodes[e].Kind {
	case syntax.KindString, syntax.KindConcatenatedString:
		if s, ok := r.literal(e); ok {
			return []literal{{text: s, line: r.lineAt(e)}}
		}
		r.holes = true
	case syntax.KindList, syntax.KindTuple, syntax.KindSet:
		r.used[e] = true
		return each(false)
	case syntax.KindParenthesizedExpression, syntax.KindListSplat, syntax.KindBinaryOperator:
		return each(false)
	case syntax.KindConditionalExpression:
		return each(true)
	case syntax.KindIdentifier:
		return r.named(e, open)
	case syntax.KindNone, syntax.KindTrue, syntax.KindFalse, syntax.KindComparisonOperator, syntax.KindInteger:
	default:
		r.holes = true
	}
	return out
}

// named gives the strings of all that a name is given in the file.
func (r *setupReader) named(e int32, open []string) []literal {
	name := r.tree.Text(e)
	if slices.Contains(open, name) {
		return nil
	}
	if len(r.values[name]) == 0 {
		r.holes = true
	}
	var out []literal
	for _, v := range r.values[name] {
		found := r.strings(v, append(slices.Clone(open), name))
		if r.branch[v] {
			for i := range found {
				found[i].conditional = true
			}
		}
		out = append(out, found...)
	}
	return out
}

// literal gives the value of a string without interpolations; escapes other than line ends are left as they are.
func (r *setupReader) literal(e int32) (string, bool) {
	t := r.tree
	if r.steps++; e < 0 || r.steps > maxSteps {
		return "", false
	}
	switch t.Nodes[e].Kind {
	case syntax.KindString:
		s := ""
		for k := range t.Kids(e) {
			if len(s) > maxLine {
				return "", false
			}
			switch t.Nodes[k].Kind {
			case syntax.KindStringContent:
				s += t.Text(k)
			case syntax.KindInterpolation:
				value, ok := r.interpolated(k)
				if !ok {
					return "", false
				}
				s += value
			}
		}
		return strings.ReplaceAll(s, `\n`, "\n"), true
	case syntax.KindConcatenatedString:
		s := ""
		for k := range t.Kids(e) {
			part, ok := r.literal(k)
			if !ok {
				return "", false
			}
			s += part
		}
		return s, true
	}
	return "", false
}

// interpolated gives the value of {NAME} in an f-string where NAME is given one string in the file.
func (r *setupReader) interpolated(k int32) (string, bool) {
	e := r.tree.Child(k, syntax.FieldExpression)
	if e < 0 || r.tree.Nodes[e].Kind != syntax.KindIdentifier {
		return "", false
	}
	vs := r.values[r.tree.Text(e)]
	if len(vs) != 1 || r.tree.Nodes[vs[0]].Kind != syntax.KindString || vs[0] >= k {
		return "", false
	}
	return r.literal(vs[0])
}

// fallback declares the lists of the file in which every string is a requirement and at least one names a version.
func (r *setupReader) fallback() {
	for _, list := range r.lists {
		if r.used[list] {
			continue
		}
		reqs, versions := r.requirementList(list)
		if !versions {
			continue
		}
		for _, q := range reqs {
			r.line = q.line
			r.requirement(q.text, optional)
		}
	}
}

// requirementList gives the strings of a list if all are requirements, and whether one of them names a version.
func (r *setupReader) requirementList(list int32) (out []literal, versions bool) {
	for k := range r.tree.Kids(list) {
		n := r.tree.Nodes[k]
		if !n.Named || n.Kind == syntax.KindComment {
			continue
		}
		s, ok := r.literal(k)
		req, err := ParseRequirement(s)
		if !ok || err != nil || req.Bad != "" {
			return nil, false
		}
		versions = versions || !full(req.Set)
		out = append(out, literal{text: s, line: r.lineAt(k)})
	}
	return out, versions
}

func (r *setupReader) lineAt(e int32) int {
	return r.tree.File.Position(r.tree.Nodes[e].Span.Start).Line
}
