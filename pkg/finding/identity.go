package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// HashKey names our identity of a finding where several identities stand side by side.
const HashKey = "pickletraceFlowHash/v1"

// Identify sets the Fingerprint of every finding, in place.
//
// A fingerprint is made of the rule, the sink's canonical name and case, the function inside its module, the call of the
// sink without its data (see callShape), and the kind of the first flow's source; then, if a function holds several that
// are equal in all this, which of them it is. So it survives lines that move, new formatting, other steps on the way, an
// expression that gets a name, and a file that is renamed, and changes when one of the named things changes. Two files may hold findings with
// the same fingerprint; a Baseline tells them apart by their paths.
func Identify(fs []Finding) {
	order := make([]*Finding, len(fs))
	for i := range fs {
		order[i] = &fs[i]
	}
	slices.SortStableFunc(order, func(a, b *Finding) int { return compare(a, b) })
	files, seen := lexers{}, map[[2]string]int{}
	for _, f := range order {
		parts := identityParts(f, files)
		key := [2]string{sinkPath(f), parts}
		f.Fingerprint = hashOf(parts, strconv.Itoa(seen[key]))
		seen[key]++
	}
}

func sinkPath(f *Finding) string {
	if f.Sink.File == nil {
		return ""
	}
	return f.Sink.File.Path
}

func identityParts(f *Finding, files lexers) string {
	kind := ""
	if len(f.Flows) > 0 {
		kind = f.Flows[0].Kind
	}
	return strings.Join([]string{sinkParts(f), localName(sinkPath(f), f.Function), callOf(f, files), kind}, "\x00")
}

// sinkParts names the rule and the sink.
func sinkParts(f *Finding) string {
	return strings.Join([]string{f.RuleID, f.SinkName, f.Case}, "\x00")
}

// callOf gives the call of the sink without its data, or its statement where it is no call.
func callOf(f *Finding, files lexers) string {
	file := f.Sink.File
	if file == nil {
		return ""
	}
	l := files.of(file)
	i := l.at(f.Sink.Span.Start)
	if i < 0 {
		return ""
	}
	if call := l.callShape(&l.stmts[i], f.Sink.Span.Start, f.Sink.Span.End); call != "" {
		return call
	}
	return l.normal(&l.stmts[i])
}

// hashOf gives 32 hex digits: enough that no two findings of a repository ever meet, and short in a baseline.
func hashOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// localName takes the module's name off a qualified name: for src/pkg/mod.py and "pkg.mod.C.m" it is "C.m", and "" for
// the module's own body. If no module name fits the path, the whole name is kept.
func localName(path, qualified string) string {
	path = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(path, ".py"), ".pyi"), ".ipynb")
	path = strings.TrimSuffix(path, "/__init__")
	qualified = strings.TrimSuffix(qualified, ".<module>")
	for {
		module := strings.ReplaceAll(path, "/", ".")
		if rest, ok := strings.CutPrefix(qualified, module); ok && (rest == "" || rest[0] == '.') {
			return strings.TrimPrefix(rest, ".")
		}
		_, after, ok := strings.Cut(path, "/")
		if !ok {
			return qualified
		}
		path = after
	}
}

// Sort puts findings into the order in which they are shown. It is total on all that is shown.
func Sort(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int { return compare(&a, &b) })
}

func compare(a, b *Finding) int {
	return cmp.Or(
		comparePlaces(a.Sink.Place(), b.Sink.Place()),
		cmp.Compare(a.RuleID, b.RuleID),
		-cmp.Compare(a.Level, b.Level),
		cmp.Compare(a.SinkName, b.SinkName),
		cmp.Compare(a.Case, b.Case),
		cmp.Compare(a.Message, b.Message),
		slices.CompareFunc(a.Flows, b.Flows, CompareFlows),
		slices.Compare(a.Notes, b.Notes),
		cmp.Compare(a.MoreFlows, b.MoreFlows),
	)
}

// CompareFlows orders flows: fewer steps first, then by what is shown of them.
func CompareFlows(a, b Flow) int {
	return cmp.Or(
		cmp.Compare(len(a.Steps), len(b.Steps)),
		slices.CompareFunc(a.Steps, b.Steps, compareSteps),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.SourceName, b.SourceName),
		slices.Compare(a.Features, b.Features),
	)
}

func compareSteps(a, b Step) int {
	return cmp.Or(
		comparePlaces(a.Place(), b.Place()),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Note, b.Note),
		cmp.Compare(a.Func, b.Func),
		cmp.Compare(a.Depth, b.Depth),
	)
}
