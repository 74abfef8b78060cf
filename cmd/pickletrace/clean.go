package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// explainClean says what stands behind a scan that reports nothing: what was looked at, what was left out and by whose
// will, and where the analysis is weaker than usual. Each line that is not there is one thing less to ask.
func (r *run) explainClean(w io.Writer, o *scanOptions) {
	if len(r.res.Findings) > 0 {
		return
	}
	fmt.Fprintln(w, "Why nothing is reported:")
	line := func(format string, args ...any) { fmt.Fprintf(w, "  - "+format+"\n", args...) }
	st := &r.found.Stats
	line("Analysed: %s with %s, by %s.", count(r.found.Files, "file"), count(st.Functions, "function"), count(r.rulesThatRan(), "rule"))
	if st.Sites == 0 {
		line("No call in them is dangerous by these rules.")
	} else {
		line("Dangerous calls in them: %d; nothing that is reported reaches one.", st.Sites)
	}
	r.explainHidden(line, o)
	r.explainSettings(line)
	r.explainProblems(line)
	tell := func(n int, format string) {
		if n > 0 {
			line(format, n)
		}
	}
	if st.Cut > 0 {
		line("%d of %s analysed only in part (limit reached), %d of them near a dangerous call.", st.Cut, count(st.Functions, "function"), st.CutNear)
	}
	tell(st.DepthCut, "Calls not entered, being too deep: %d.")
	tell(st.PendingCut, "Open ways to a dangerous call given up, being too many: %d.")
	for _, c := range st.Cuts() {
		line("More than %d %s, %d times: %s.", c.Max, c.What, c.Times, c.Lost)
	}
	tell(st.UnknownCalls, "Calls of something unknown, taken to pass on what they are given: %d.")
	if !r.res.Complete() {
		line("The scan is incomplete, so this is no clean result.")
	}
}

func (r *run) rulesThatRan() int {
	n := 0
	for _, q := range slices.Concat(r.res.Pack.Rules, report.OwnRules()) {
		if r.selection.ran(q.ID) && !q.Disabled {
			n++
		}
	}
	return n
}

// explainHidden tells of findings that are there and not shown.
func (r *run) explainHidden(line func(string, ...any), o *scanOptions) {
	comments, known := 0, 0
	for i := range r.res.Suppressed {
		if r.res.Suppressed[i].Silenced.InCode {
			comments++
		} else {
			known++
		}
	}
	for _, x := range []struct {
		n   int
		how string
	}{
		{r.res.Hidden, "Findings below --min-level " + o.minLevel.String() + " or --min-confidence " + o.minConfidence + ": %d."},
		{comments, "Findings ignored by comments (--show-suppressed shows them): %d."},
		{known, "Findings in the baseline: %d."},
		{r.res.Unchanged, "Findings that have nothing to do with the changes: %d."},
	} {
		if x.n > 0 {
			line(x.how, x.n)
		}
	}
}

// explainSettings tells which rules and sources the user has turned down.
func (r *run) explainSettings(line func(string, ...any)) {
	var off []string
	for _, q := range r.res.Pack.Rules {
		if !q.Disabled && (!r.selection.ran(q.ID) || r.selection.off(q.ID)) {
			off = append(off, q.ID)
		}
	}
	if len(off) > 0 {
		line("Rules not asked for: %s.", shortList(off))
	}
	if lowered := r.loweredKinds(); len(lowered) > 0 {
		line("Data of these kinds makes notes only (threat model): %s.", strings.Join(lowered, ", "))
	}
}

// loweredKinds gives the kinds of sources that are not part of the threat model.
func (r *run) loweredKinds() []string {
	var out []string
	for _, k := range r.res.Pack.Kinds {
		if len(r.settings.threatModel) > 0 && !slices.Contains(r.settings.threatModel, k.ID) {
			out = append(out, k.ID)
		}
	}
	return out
}

// explainProblems tells what was left out or read in part.
func (r *run) explainProblems(line func(string, ...any)) {
	partial := map[string]bool{}
	for _, p := range r.found.Problems {
		switch {
		case p.Severity == text.Failed:
			line("%s: %s.", p.Path, p.Msg)
		case p.Severity == text.Partial:
			if p.Kind != limitReached {
				partial[p.Path] = true
			}
		case p.Count > 0:
			line("%s.", p.Msg)
		}
	}
	if len(partial) > 0 {
		line("Files analysed only in part (-v names the places): %d.", len(partial))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// shortList names the first few.
func shortList(items []string) string {
	const most = 8
	if len(items) <= most {
		return strings.Join(items, ", ")
	}
	return strings.Join(items[:most], ", ") + fmt.Sprintf(" and %d more", len(items)-most)
}
