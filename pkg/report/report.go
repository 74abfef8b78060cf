// Package report writes the outcome of a scan in the formats people and machines read.
//
// It takes a Result and an io.Writer and promises that the bytes depend on the Result and the Options alone, that text
// out of the scanned code cannot change the structure of a report or reach a terminal as a control sequence, and that a
// report that had to be cut says so. It does not decide what is a finding, and it does not see the file system, except
// in WriteFile.
package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

const (
	toolName     = "pickletrace"
	toolFullName = "pickletrace, taint analysis for Python deserialization"
	toolHome     = "https://github.com/pickletrace/pickletrace"
	toolVendor   = "pickletrace"
	// rulePages is where the rule reference is published: a page for each rule's ID.
	rulePages = toolHome + "/blob/main/docs/rules/"
)

// A Result is the outcome of a scan. It is read-only here.
type Result struct {
	Findings    []finding.Finding // what is reported, in order
	Suppressed  []finding.Finding // silenced by a comment or known; written only with Options.ShowSuppressed
	Absent      []finding.Entry   // baseline entries that no finding matches any more
	Hidden      int               // findings below the level asked for
	HiddenWhat  string            // which these are and what shows them; "" for only how many
	Unchanged   int               // findings left out because nothing on their way was changed
	Incremental string            // how a scan was narrowed: "diff-informed" by a change, "paths" by paths; "" if it was not
	Problems    []text.Problem
	Pack        *rule.Pack
	Stats       Stats
	Version     string      // of this program: "1.2.3", or "" when it was not built from a release
	Repo        *Repository // nil when unknown
	Gate        *Gate       // nil where nothing is decided
	// Raw gives a file's bytes as they are on disk, or nil, for the line hashes of SARIF. Without it files get them only
	// if their decoded text is what is on disk: UTF-8 without a mark, and no notebook.
	Raw func(*text.File) []byte
}

// Stats says what was looked at, so that silence is evidence.
type Stats struct {
	Files     int // analysed
	Skipped   int // left out on purpose: ignored, too large, excluded
	Functions int
	Budgets   int // functions of which a limit left something out
	Near      int // those of them that hold a dangerous call or lead to one
	Seconds   float64
	Reports   int // merged, where that is what this is made of; Files and Functions are not known then
}

// Options are the choices of one report. The zero value is right for a file.
type Options struct {
	Color          bool
	Terminal       bool // the reader is a person at a terminal: say how long it took
	Width          int  // text: columns of the terminal; 0 is no limit
	Statistics     bool // text: how many findings each rule has, instead of the findings
	AllFlows       bool // text: print every flow, not only the best
	ShowSuppressed bool
	NoSnippets     bool // sarif: leave the code out
	Category       string
	// Start and End are written where a format has a place for them; zero means leave them out, or the start of 1970
	// where the format demands a time.
	Start, End time.Time
	MaxResults int    // sarif: 0 means 5000
	MaxBytes   int    // sarif: 0 means 10 MB
	GitLab     string // gitlab-sast: schema version, "" means DefaultGitLabSchema
	// Path gives how text and concise name a file, such as relative to the reader's folder; nil means as all reports do.
	Path func(string) string
	// Warn is told what had to be cut; nil means nobody listens.
	Warn func(string)
}

// path gives how a person is told of a file; "" for none.
func (o *Options) path(path string) string {
	if o.Path == nil || path == "" {
		return path
	}
	return o.Path(path)
}

func (o *Options) warn(format string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(format, args...))
	}
}

// A Func writes a Result in one format.
type Func func(io.Writer, *Result, Options) error

// Formats has every format by its name.
var Formats = map[string]Func{
	"text":               plainText(Text),
	"json":               jsonText(JSON),
	"jsonl":              jsonText(JSONLines),
	"sarif":              jsonText(SARIF),
	"gitlab-sast":        jsonText(GitLabSAST),
	"gitlab-codequality": jsonText(GitLabCodeQuality),
	"junit":              plainText(JUnit),
	"markdown":           plainText(Markdown),
	"github":             GitHub,
	"rdjson":             jsonText(RDJSON),
	"html":               plainText(HTML),
	"concise":            plainText(Concise),
}

// WithFixes are the formats that have a place for fixes.
var WithFixes = []string{"sarif", "gitlab-sast", "rdjson"}

// Names gives the names of all formats, sorted.
func Names() []string { return slices.Sorted(maps.Keys(Formats)) }

// looked says what was looked at.
func (r *Result) looked() string {
	if n := r.Stats.Reports; n > 0 {
		return count(n, "merged report")
	}
	return count(r.Stats.Files, "file")
}

// Complete says whether everything that should have been analysed was, at least in part.
func (r *Result) Complete() bool {
	return !slices.ContainsFunc(r.Problems, func(p text.Problem) bool { return p.Severity == text.Failed })
}

// whole says whether no limit left anything out, either.
func (r *Result) whole() bool { return r.Complete() && r.Stats.Budgets == 0 }

// rules finds rules by ID, also for a Result without a pack and for findings of rules that are not in it.
type rules struct {
	byID map[string]*rule.Rule
	all  []*rule.Rule // sorted by ID; those of the pack, of this program, and those only named by findings
}

func rulesOf(r *Result) *rules {
	x := &rules{byID: map[string]*rule.Rule{}}
	if r.Pack != nil {
		for _, q := range r.Pack.Rules {
			x.byID[q.ID] = q
		}
	}
	for _, fs := range [][]finding.Finding{r.Findings, r.Suppressed} {
		for i := range fs {
			x.add(fs[i].RuleID)
		}
	}
	for _, e := range r.Absent {
		x.add(e.Rule)
	}
	for _, id := range slices.Sorted(maps.Keys(x.byID)) {
		x.all = append(x.all, x.byID[id])
	}
	return x
}

// add makes sure there is a rule with the ID.
func (x *rules) add(id string) {
	if x.byID[id] != nil {
		return
	}
	for _, q := range OwnRules() {
		if q.ID == id {
			x.byID[id] = q
			return
		}
	}
	x.byID[id] = &rule.Rule{ID: id, Name: "rule-" + id, Title: "Rule " + id, Why: "This rule is not part of the loaded packs.",
		Level: map[string]rule.Level{"": rule.Warning}}
}

func levelName(l finding.Level) string {
	switch l {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	case finding.Note:
		return "note"
	}
	return "none"
}

func severityName(s text.Severity) string {
	switch s {
	case text.Failed:
		return "failed"
	case text.Partial:
		return "partial"
	}
	return "info"
}

// counts has the number of findings of each level.
func counts(fs []finding.Finding) (errors, warnings, notes int) {
	for i := range fs {
		switch fs[i].Level {
		case finding.Error:
			errors++
		case finding.Warning:
			warnings++
		default:
			notes++
		}
	}
	return errors, warnings, notes
}
