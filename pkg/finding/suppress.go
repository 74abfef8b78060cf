package finding

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// The rules about ignore comments themselves.
const (
	RuleUnusedIgnore     = "PKL001"
	RuleExpiredIgnore    = "PKL002"
	RuleUnknownIgnore    = "PKL003"
	RuleReasonlessIgnore = "PKL004"
	RuleBareIgnore       = "PKL005"
	RuleGateChange       = "PKL006"
	RuleNewIgnore        = "PKL007"
)

// ForeignChecks are the checks of other tools that are about loading data that can run code; see IgnoreOptions.Foreign.
var ForeignChecks = []string{"B301", "B302", "B403", "B506", "B614", "B615", "S301", "S302", "S403", "S506", "S614", "S615"}

// IgnoreOptions say what ignore comments may do.
type IgnoreOptions struct {
	Today         string   // "2026-11-23"; "" means that no comment is past its date
	RequireRules  bool     // a comment that names no rule silences nothing
	RequireReason bool     // a comment without a reason silences nothing
	RequireUntil  bool     // a comment without a last day silences nothing
	Foreign       []string // checks of other tools whose comments count; nil means none do
	AllRan        bool     // no rule was deselected: a comment for all rules can be called unused
	// Known resolves a rule's ID or name and says whether the rule ran.
	Known func(name string) (id string, ran, ok bool)
	// Title gives the title of a rule.
	Title func(ruleID string) string
	// Before gives what a file was before the change that is looked at, nil if it is new, and whether it is the same. Comments
	// that were not there are listed; nil means that no change is looked at.
	Before func(f *text.File) (before *text.File, same bool)
	// TrustNew lets the comments count that the change adds.
	TrustNew bool
	// Similar gives the name of a rule that one without a rule was probably meant to be, or ""; nil gives none.
	Similar func(name string) string
}

// Ignore takes out the findings that comments silence, and reports comments that silence nothing, are past their date,
// name no known rule, or give no reason or no rule. The findings have been through Finish; files are all that were
// scanned. At the sink a comment silences a finding, at another step only the flows through it.
func Ignore(fs []Finding, files []*text.File, o IgnoreOptions) (kept, silenced, own []Finding) {
	all, byFile := collectDirectives(files, o)
	widen(fs, byFile)
	for i := range fs {
		f, by := ignoreOne(fs[i], byFile, o)
		if by == nil {
			kept = append(kept, f.toldOf(byFile, o))
			continue
		}
		f.Silenced = &Silence{InCode: true, Reason: by.reason, Until: by.until, At: Step{File: by.file, Span: by.span}}
		silenced = append(silenced, f)
	}
	for _, d := range all {
		own = append(own, d.complaints(o)...)
	}
	Sort(own)
	Identify(own)
	return kept, silenced, own
}

func collectDirectives(files []*text.File, o IgnoreOptions) (all []*directive, byFile map[*text.File][]*directive) {
	byFile = map[*text.File][]*directive{}
	for _, f := range files {
		ours := mentionForm.Match(f.Text)
		foreign := len(o.Foreign) > 0 && (bytes.Contains(f.Text, []byte("nosec")) || bytes.Contains(bytes.ToLower(f.Text), []byte("noqa")))
		if !ours && !foreign {
			continue // the common case: no need to read the file by tokens
		}
		l := lex(f)
		byFile[f] = directives(l, f, o.Known)
		markNew(byFile[f], l, o)
		all = append(all, byFile[f]...)
		if foreign {
			byFile[f] = append(byFile[f], foreignDirectives(l, f, o.Foreign)...)
		}
	}
	return all, byFile
}

// mentionForm finds what may be an ignore comment of ours, also a misspelt one.
var mentionForm = regexp.MustCompile(`(?i)#[^\r\n]*pickletrace`)

// widen lets a comment count for whole statements where nothing that was found is on its own line.
func widen(fs []Finding, byFile map[*text.File][]*directive) {
	tight := map[*directive]bool{}
	mark := func(s *Step) {
		for _, d := range byFile[s.File] {
			if d.holds(s) && d.onLine(s) {
				tight[d] = true
			}
		}
	}
	for i := range fs {
		mark(&fs[i].Sink)
		for _, fl := range fs[i].Flows {
			for k := range fl.Steps {
				mark(&fl.Steps[k])
			}
		}
	}
	for _, ds := range byFile {
		for _, d := range ds {
			if !tight[d] {
				d.line = text.Span{}
			}
		}
	}
}

// toldOf is the finding with a note for each comment that was to silence it and does not.
func (f Finding) toldOf(byFile map[*text.File][]*directive, o IgnoreOptions) Finding {
	var notes []string
	tell := func(s *Step) {
		for _, d := range byFile[s.File] {
			if !d.covers(s) {
				continue
			}
			if why := d.fails(f.RuleID, o); why != "" {
				line := d.file.Position(d.span.Start).Line
				note := fmt.Sprintf("the ignore comment on line %d does not count: %s", line, why)
				if !slices.Contains(notes, note) {
					notes = append(notes, note)
				}
			}
		}
	}
	tell(&f.Sink)
	for _, fl := range f.Flows {
		for i := range fl.Steps {
			tell(&fl.Steps[i])
		}
	}
	if notes != nil {
		f.Notes = slices.Concat(f.Notes, notes)
		f.Message = Compose(&f, o.Title(f.RuleID))
	}
	return f
}

// fails says why a comment that means the rule silences nothing; "" if it does, or means other rules.
func (d *directive) fails(ruleID string, o IgnoreOptions) string {
	if d.bad != "" {
		return d.bad
	}
	unknown := ""
	means := d.bare
	for _, r := range d.rules {
		means = means || r.id == ruleID
		if r.id == "" {
			unknown = noSuchRule(r.name, o)
		}
	}
	switch {
	case !means:
		return unknown
	case d.added && !o.TrustNew:
		return "the change itself adds it"
	case d.expired(o):
		return "it expired on " + d.until
	case o.RequireReason && d.reason == "" && !d.foreign:
		return "it gives no reason"
	case o.RequireUntil && d.until == "" && !d.foreign:
		return "it has no last day; add (until 2027-01-31) to the reason"
	case o.RequireRules && d.bare && !d.foreign:
		return "it names no rule"
	}
	return ""
}

func noSuchRule(name string, o IgnoreOptions) string {
	msg := "there is no rule '" + Shorten(name, 80) + "'"
	if o.Similar != nil {
		if s := o.Similar(name); s != "" {
			msg += " (did you mean '" + s + "'?)"
		}
	}
	return msg
}

// ignoreOne gives the finding without the flows that comments silence, and the comment that silences it altogether.
func ignoreOne(f Finding, byFile map[*text.File][]*directive, o IgnoreOptions) (Finding, *directive) {
	match := func(s *Step, sink bool) (found *directive) {
		for _, d := range byFile[s.File] {
			if (sink || !d.foreign) && d.covers(s) && d.silences(f.RuleID, o) && found == nil {
				found = d
			}
		}
		return found
	}
	if d := match(&f.Sink, true); d != nil {
		return f, d
	}
	var left []Flow
	var by *directive
	for _, fl := range slices.Concat(f.Flows, f.Other) {
		var d *directive
		for i := range fl.Steps {
			if hit := match(&fl.Steps[i], false); hit != nil {
				d = hit // later steps too: their comments are in use as well
			}
		}
		if d == nil {
			left = append(left, fl)
		} else {
			by = d
		}
	}
	unseen := f.MoreFlows - len(f.Other)
	switch {
	case by == nil:
		return f, nil
	case len(left) == 0 && unseen == 0:
		return f, by
	case len(left) == 0:
		f.Notes = append(slices.Clone(f.Notes), "comments ignore the flows shown, but not those that are not shown")
	default:
		f.Flows, f.Other, f.MoreFlows = left, nil, unseen
		f.Level = levelOf(f.Level, left)
		capFlows(&f)
	}
	f.Confidence = Confidence(&f)
	f.Message = Compose(&f, o.Title(f.RuleID))
	return f, nil
}

// levelOf is the loudest level of the flows, or the old level if a flow does not know its own.
func levelOf(old Level, flows []Flow) Level {
	worst := Off
	for _, fl := range flows {
		if fl.Level == Off {
			return old
		}
		worst = max(worst, fl.Level)
	}
	return min(worst, old)
}

// silences says whether the comment silences the rule, and remembers that it was of use.
func (d *directive) silences(ruleID string, o IgnoreOptions) bool {
	if d.added && !o.TrustNew {
		d.would = d.would || d.means(ruleID)
		return false
	}
	if d.bad != "" || !d.active(o) {
		return false
	}
	if d.bare {
		d.used = true
		return true
	}
	hit := false
	for i := range d.rules {
		if d.rules[i].id == ruleID {
			d.rules[i].used, hit = true, true
		}
	}
	return hit
}

// means says whether the comment is about the rule.
func (d *directive) means(ruleID string) bool {
	return d.bad == "" && (d.bare || slices.ContainsFunc(d.rules, func(r ruleRef) bool { return r.id == ruleID }))
}

func (d *directive) expired(o IgnoreOptions) bool {
	return d.until != "" && o.Today != "" && d.until < o.Today
}

// complaints are the findings about the comment itself.
func (d *directive) complaints(o IgnoreOptions) []Finding {
	var out []Finding
	say := func(rule string, level Level, format string, args ...any) {
		at := Step{File: d.file, Span: d.span, Kind: StepSink}
		out = append(out, Finding{RuleID: rule, Level: level, Confidence: High, Message: fmt.Sprintf(format, args...), Sink: at})
	}
	if d.prose {
		return nil
	}
	if d.added && d.bad == "" {
		say(RuleNewIgnore, d.newLevel(o), "%s", d.listed(o))
		if !o.TrustNew {
			return out
		}
	}
	if d.bad != "" {
		say(RuleUnknownIgnore, Warning, "This ignore comment silences nothing: %s", d.bad)
		return out
	}
	if d.expired(o) {
		say(RuleExpiredIgnore, Note, "This ignore comment expired on %s.", d.until)
	}
	if d.bare {
		verb := "silences every rule"
		if o.RequireRules {
			verb = "names no rule and silences nothing"
		}
		say(RuleBareIgnore, Note, "This ignore comment %s; name the rules in brackets.", verb)
	}
	if o.RequireUntil && d.until == "" {
		say(RuleReasonlessIgnore, Note, "This ignore comment has no last day; write: %s", strings.TrimPrefix(spelling(d.names(), cmp.Or(d.reason, "reason"), "2027-01-31"), "# "+marker+" "))
	}
	if d.reason == "" {
		say(RuleReasonlessIgnore, Note, "This ignore comment has no reason; write: %s", strings.TrimPrefix(spelling(d.names(), "reason", d.until), "# "+marker+" "))
	}
	var unused []string
	for _, r := range d.rules {
		if r.id == "" {
			say(RuleUnknownIgnore, Warning, "This ignore comment silences nothing: %s.", noSuchRule(r.name, o))
		} else if r.ran && !r.used && d.active(o) {
			unused = append(unused, r.name)
		}
	}
	if len(unused) > 0 {
		verb := "reports"
		if len(unused) > 1 {
			verb = "report"
		}
		say(RuleUnusedIgnore, Note, "Unused ignore: %s %s nothing here.", strings.Join(unused, ", "), verb)
		out[len(out)-1].Fixes = d.fixes(d.withoutUnused())
	}
	if d.bare && !d.used && o.AllRan && d.active(o) {
		say(RuleUnusedIgnore, Note, "Unused ignore: nothing is found here.")
		out[len(out)-1].Fixes = d.fixes(d.removal())
	}
	return out
}

// names are the rules as they are written.
func (d *directive) names() []string {
	var out []string
	if d.bare {
		out = append(out, allName)
	}
	for _, r := range d.rules {
		out = append(out, r.name)
	}
	return out
}

// fixes leaves notebooks alone, whose text is not what is on disk.
func (d *directive) fixes(x Fix) []Fix {
	if d.file.IsNotebook() {
		return nil
	}
	return []Fix{x}
}

// active says whether the comment could have silenced something.
func (d *directive) active(o IgnoreOptions) bool {
	if d.foreign {
		return !d.expired(o)
	}
	return !d.expired(o) && !(o.RequireReason && d.reason == "") && !(o.RequireUntil && d.until == "") && !(o.RequireRules && d.bare)
}

// withoutUnused takes the rules out that are not needed, or the whole comment.
func (d *directive) withoutUnused() Fix {
	var keep []string
	for _, r := range d.rules {
		if r.used || !r.ran {
			keep = append(keep, r.name)
		}
	}
	if len(keep) == 0 {
		return d.removal()
	}
	body := d.file.Text[d.span.Start:d.span.End]
	open, end := bytes.IndexByte(body, '['), bytes.IndexByte(body, ']')
	span := text.Span{Start: d.span.Start + int32(open) + 1, End: d.span.Start + int32(end)}
	return Fix{Title: "Take out the rules that silence nothing.", Safe: true, Edits: []Edit{{d.file, span, strings.Join(keep, ", ")}}}
}

// removal takes the comment away, with the blanks before it, and its line if nothing else is on it.
func (d *directive) removal() Fix {
	src, span := d.file.Text, d.span
	for span.Start > 0 && (src[span.Start-1] == ' ' || src[span.Start-1] == '\t') {
		span.Start--
	}
	n := int32(len(src))
	lineStarts := span.Start == 0 || isBreak(src[span.Start-1])
	if lineStarts && span.End < n && isBreak(src[span.End]) {
		if src[span.End] == '\r' && span.End+1 < n && src[span.End+1] == '\n' {
			span.End++
		}
		span.End++
	}
	return Fix{Title: "Remove the comment.", Safe: true, Edits: []Edit{{File: d.file, Span: span}}}
}
