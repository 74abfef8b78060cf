package report

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// SARIF as GitHub and GitLab read it. The library gives the types and we fill them ourselves, because some of its
// helpers write what the schema forbids: a missing part of a suppression or of a reference to another tool becomes
// null, and its file writer leaves the tail of a longer old file. So no taxa (weaknesses are tags), suppressions always
// whole, and never anything but json.Marshal.

const (
	sarifSchema     = "https://json.schemastore.org/sarif-2.1.0.json"
	sourceRoot      = "%SRCROOT%"
	maxFlowSteps    = 100
	maxNotification = 1000 // characters
)

// SARIF writes SARIF 2.1.0 on one line. Too many results are cut to the most severe, too large a file loses its code
// snippets, then all but the best flow of each result, then its least severe results; a notification in the file and
// Options.Warn tell of each cut.
func SARIF(w io.Writer, r *Result, o Options) error {
	return writeFitting(w, newSarifWriter(r, o).run(), &o)
}

// sarifWriter holds what all results share.
type sarifWriter struct {
	r         *Result
	o         Options
	rules     *rules
	index     map[string]uint // of a descriptor's ID, in driver.rules
	described []*sarif.ReportingDescriptor
	hashes    map[*text.File][]string
	findings  []finding.Finding
	groups    map[*finding.Finding]*finding.Group
}

func newSarifWriter(r *Result, o Options) *sarifWriter {
	s := &sarifWriter{r: r, o: o, rules: rulesOf(r), index: map[string]uint{}, hashes: map[*text.File][]string{}}
	s.findings = r.Findings
	if o.ShowSuppressed {
		s.findings = append(slices.Clone(r.Findings), r.Suppressed...)
		finding.Sort(s.findings)
	}
	s.groups = groupOf(s.findings)
	s.descriptors()
	return s
}

func (s *sarifWriter) run() *sarif.Run {
	run := &sarif.Run{
		Tool:        sarif.Tool{Driver: s.driver()},
		Invocations: []*sarif.Invocation{s.invocation()},
		Results:     []*sarif.Result{},
		ColumnKind:  "utf16CodeUnits",
		OriginalUriBaseIDs: map[string]*sarif.ArtifactLocation{
			sourceRoot: {Description: message("The root of the scanned tree.")},
		},
		DefaultSourceLanguage: ptr("python"),
	}
	if s.r.Incremental != "" {
		// As CodeQL says it: not all of the code was looked at, so what is not here is not mended.
		run.Properties = sarif.Properties{"incrementalMode": []string{s.r.Incremental}}
	}
	if s.o.Category != "" {
		run.AutomationDetails = automation(s.o.Category)
	}
	if p := s.r.Repo; p != nil && p.URI != "" {
		run.VersionControlProvenance = []*sarif.VersionControlDetails{provenance(p)}
	}
	for i := range s.findings {
		if res := s.result(&s.findings[i]); res != nil {
			run.Results = append(run.Results, res)
		}
	}
	if s.o.ShowSuppressed {
		for _, e := range s.r.Absent {
			run.Results = append(run.Results, s.absent(e))
		}
	}
	return run
}

// automation names a category: the service demands the slash at its end.
func automation(category string) *sarif.RunAutomationDetails {
	return &sarif.RunAutomationDetails{ID: ptr(strings.TrimSuffix(category, "/") + "/")}
}

func provenance(p *Repository) *sarif.VersionControlDetails {
	v := &sarif.VersionControlDetails{RepositoryURI: &p.URI, MappedTo: &sarif.ArtifactLocation{URIBaseId: ptr(sourceRoot)}}
	if p.Revision != "" {
		v.RevisionID = &p.Revision
	}
	if p.Branch != "" {
		v.Branch = &p.Branch
	}
	return v
}

func (s *sarifWriter) driver() *sarif.ToolComponent {
	d := &sarif.ToolComponent{
		Name: toolName, FullName: ptr(toolFullName), Organization: ptr(toolVendor), InformationURI: ptr(toolHome),
		Version: ptr(versionOf(s.r)), SemanticVersion: ptr(versionOf(s.r)), Rules: []*sarif.ReportingDescriptor{},
	}
	d.Rules = append(d.Rules, s.described...)
	return d
}

var semantic = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// versionOf gives the version of this program as numbers, also for a build that has none.
func versionOf(r *Result) string {
	if v := strings.TrimPrefix(r.Version, "v"); semantic.MatchString(v) {
		return v
	}
	return "0.0.0-dev"
}

func (s *sarifWriter) invocation() *sarif.Invocation {
	inv := &sarif.Invocation{ExecutionSuccessful: ptr(s.r.Complete())}
	if !s.o.Start.IsZero() {
		inv.StartTimeUTC = ptr(s.o.Start.UTC())
	}
	if end := s.o.End; !end.IsZero() {
		if end.Before(s.o.Start) {
			end = s.o.Start
		}
		inv.EndTimeUTC = ptr(end.UTC())
	}
	inv.ToolExecutionNotifications = s.notifications()
	return inv
}

// notifications has one notification for each file with problems, at the place of its worst.
func (s *sarifWriter) notifications() []*sarif.Notification {
	byPath := map[string][]text.Problem{}
	var paths []string
	for _, p := range s.r.Problems {
		if byPath[p.Path] == nil {
			paths = append(paths, p.Path)
		}
		byPath[p.Path] = append(byPath[p.Path], p)
	}
	slices.Sort(paths)
	var out []*sarif.Notification
	for _, path := range paths {
		out = append(out, notification(path, byPath[path]))
	}
	return out
}

func notification(path string, ps []text.Problem) *sarif.Notification {
	ps = slices.Clone(ps)
	slices.SortStableFunc(ps, func(a, b text.Problem) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Msg, b.Msg))
	})
	var parts []string
	for _, p := range ps {
		at := ""
		if p.Line > 0 {
			at = fmt.Sprintf("line %d: ", p.Line)
		}
		parts = append(parts, at+p.Msg+" ("+p.Kind+")")
	}
	n := &sarif.Notification{
		Level:   []string{"note", "warning", "error"}[min(ps[0].Severity, text.Failed)],
		Message: message(cutMessage(strings.Join(parts, "; "), maxNotification)),
	}
	if path != "" {
		phys := &sarif.PhysicalLocation{ArtifactLocation: artifact(path)}
		if ps[0].Line > 0 {
			phys.Region = &sarif.Region{StartLine: &ps[0].Line}
		}
		n.Locations = []*sarif.Location{{PhysicalLocation: phys}}
	}
	return n
}

func ptr[T any](v T) *T { return &v }

// message is plain text; what would read as a link in it is escaped.
func message(s string) *sarif.Message { return &sarif.Message{Text: ptr(escapeLinks(s))} }
