package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// Reports of parts of one repository become one report, as the whole repository would give. Parts may overlap: two
// packages use a third, and each scan finds another way into the same call. So results at one place become one result
// with the flows of all, the loudest of them first, and what any scan reports is reported.

// A SARIFLog is a report that SARIF wrote, read back. MergeSARIF uses it up.
type SARIFLog struct {
	name string
	runs []*sarif.Run
}

// Merged says what is in a merged report.
type Merged struct {
	Errors, Warnings, Notes int
	Complete                bool // every scan was
}

// ParseSARIF reads a report of this program; name is the file's, for errors. What another program has written or added
// is an error, because it could not be kept.
func ParseSARIF(name string, data []byte) (*SARIFLog, error) {
	var log sarif.Report
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if hasNull(data) {
		return nil, fmt.Errorf("%s: not a SARIF report of %s: it has null for a value", name, toolName)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		return nil, fmt.Errorf("%s: not a SARIF report of %s: %w", name, toolName, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("%s: something follows the end of the report", name)
	}
	if log.Version != string(sarif.Version210) || len(log.Runs) == 0 {
		return nil, fmt.Errorf("%s: not a SARIF 2.1.0 report with a run", name)
	}
	for i, run := range log.Runs {
		if err := checkRun(run); err != nil {
			return nil, fmt.Errorf("%s: run %d: %w", name, i+1, err)
		}
	}
	return &SARIFLog{name, log.Runs}, nil
}

// hasNull looks for null, which the types would take for a value that is missing.
func hasNull(data []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		switch t, err := dec.Token(); {
		case err != nil:
			return false
		case t == nil:
			return true
		}
	}
}

// checkRun says what of the things that every report of ours has is missing.
func checkRun(run *sarif.Run) error {
	if run == nil || run.Tool.Driver == nil {
		return errors.New("it does not say which tool wrote it")
	}
	if name := run.Tool.Driver.Name; name != toolName {
		return fmt.Errorf("it is by '%s'; only reports of %s can be merged", name, toolName)
	}
	if len(run.Invocations) != 1 || run.Invocations[0] == nil || run.Invocations[0].ExecutionSuccessful == nil {
		return errors.New("it does not say whether the scan was complete")
	}
	if run.Results == nil {
		return errors.New("it has no list of results")
	}
	known := map[string]bool{}
	for _, q := range run.Tool.Driver.Rules {
		known[q.ID] = true
	}
	for i, r := range run.Results {
		if _, ok := placeOf(r); !ok || r.RuleID == nil || !known[*r.RuleID] || r.Level == nil || r.Kind == nil || r.Message.Text == nil {
			return fmt.Errorf("result %d has no rule, level, kind, message or place", i+1)
		}
	}
	return nil
}

// MergeSARIF writes one report for all. The order of the logs does not matter. The error names two reports that do not
// belong together: of different versions, rules or commits.
func MergeSARIF(w io.Writer, logs []*SARIFLog, o Options) (Merged, error) {
	m := &merger{o: &o, rules: map[string]*sarif.ReportingDescriptor{}, from: map[string]string{}}
	for _, log := range logs {
		for _, run := range log.runs {
			if err := m.add(log.name, run); err != nil {
				return Merged{}, err
			}
		}
	}
	if m.out == nil {
		return Merged{}, errors.New("there is no report to merge")
	}
	m.finish()
	sum := Merged{Complete: *m.out.Invocations[0].ExecutionSuccessful}
	for _, r := range m.out.Results {
		if len(r.Suppressions) > 0 || *r.Kind == "pass" {
			continue
		}
		switch *r.Level {
		case "error":
			sum.Errors++
		case "warning":
			sum.Warnings++
		default:
			sum.Notes++
		}
	}
	return sum, writeFitting(w, m.out, &o)
}

// merger collects runs; out is the run to be.
type merger struct {
	o       *Options
	out     *sarif.Run
	name    string // of the file that out began with
	rules   map[string]*sarif.ReportingDescriptor
	from    map[string]string // rule → the file it is from
	results []*sarif.Result
	runs    int
}

func (m *merger) add(name string, run *sarif.Run) error {
	m.runs++
	if m.out == nil {
		m.begin(name, run)
	}
	if err := m.belongs(name, run); err != nil {
		return err
	}
	if m.out.VersionControlProvenance == nil {
		m.out.VersionControlProvenance = run.VersionControlProvenance
	}
	for _, q := range run.Tool.Driver.Rules {
		if old := m.rules[q.ID]; old != nil && marshal(old) != marshal(q) {
			return fmt.Errorf("rule %s is not the same in %s and %s; scan all parts with the same rule packs", q.ID, m.from[q.ID], name)
		}
		m.rules[q.ID], m.from[q.ID] = q, name
	}
	for _, r := range run.Results {
		c := *r
		m.results = append(m.results, &c)
	}
	m.invocation(run.Invocations[0])
	return nil
}

// begin takes over from the first run what is the same in all.
func (m *merger) begin(name string, run *sarif.Run) {
	out, driver := *run, *run.Tool.Driver
	driver.Rules = nil
	out.Tool.Driver, out.Results = &driver, nil
	out.Invocations = []*sarif.Invocation{{ExecutionSuccessful: ptr(true)}}
	if m.o.Category != "" {
		out.AutomationDetails = automation(m.o.Category)
	}
	m.out, m.name = &out, name
}

// belongs gives an error if the run cannot stand in one report with those before it.
func (m *merger) belongs(name string, run *sarif.Run) error {
	driver := *run.Tool.Driver
	driver.Rules = nil
	differ := func(what string, a, b any, advice string) error {
		if marshal(a) == marshal(b) {
			return nil
		}
		return fmt.Errorf("%s and %s %s; %s", m.name, name, what, advice)
	}
	category := error(nil)
	if m.o.Category == "" {
		category = differ("have different categories", m.out.AutomationDetails, run.AutomationDetails, "give the report one with --sarif-category")
	}
	return cmp.Or(
		differ("are of different versions of "+toolName, m.out.Tool.Driver, &driver, "scan all parts with one"),
		differ("count columns differently", m.out.ColumnKind, run.ColumnKind, "scan all parts with one version"),
		category,
		m.sameCommit(name, run),
	)
}

// sameCommit allows a report that does not know its commit.
func (m *merger) sameCommit(name string, run *sarif.Run) error {
	a, b := m.out.VersionControlProvenance, run.VersionControlProvenance
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	at := func(v *sarif.VersionControlDetails) string {
		return strings.TrimSpace(orNone(v.RepositoryURI) + " " + orNone(v.RevisionID))
	}
	if at(a[0]) != at(b[0]) {
		return fmt.Errorf("%s is of %s and %s of %s; only reports of one commit can be merged", m.name, at(a[0]), name, at(b[0]))
	}
	return nil
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// invocation adds the outcome of a scan: from the first start to the last end, complete if all were.
func (m *merger) invocation(in *sarif.Invocation) {
	out := m.out.Invocations[0]
	out.ExecutionSuccessful = ptr(*out.ExecutionSuccessful && *in.ExecutionSuccessful)
	out.StartTimeUTC = pick(out.StartTimeUTC, in.StartTimeUTC, time.Time.Before)
	out.EndTimeUTC = pick(out.EndTimeUTC, in.EndTimeUTC, time.Time.After)
	out.ToolExecutionNotifications = append(out.ToolExecutionNotifications, in.ToolExecutionNotifications...)
}

// pick gives the time that is further in one direction; nil is no time.
func pick(a, b *time.Time, further func(time.Time, time.Time) bool) *time.Time {
	if a == nil || b != nil && further(*b, *a) {
		return b
	}
	return a
}

func (m *merger) finish() {
	driver := m.out.Tool.Driver
	driver.Rules = []*sarif.ReportingDescriptor{}
	index := map[string]uint{}
	m.out.Results = mergeResults(m.results, m.runs)
	used := map[string]bool{}
	for _, r := range m.out.Results {
		used[*r.RuleID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(m.rules)) {
		if used[id] || !strings.Contains(id, "/") { // of a level that no result has any more
			driver.Rules, index[id] = append(driver.Rules, m.rules[id]), uint(len(driver.Rules))
		}
	}
	inv := m.out.Invocations[0]
	inv.ToolExecutionNotifications = mergeNotifications(inv.ToolExecutionNotifications)
	for _, r := range m.out.Results {
		r.RuleIndex = ptr(index[*r.RuleID])
	}
}

// mergeNotifications leaves each once, those of the whole scan first.
func mergeNotifications(all []*sarif.Notification) []*sarif.Notification {
	byText := map[string]*sarif.Notification{}
	for _, n := range all {
		byText[marshal(n)] = n
	}
	path := func(n *sarif.Notification) string {
		if len(n.Locations) == 0 {
			return ""
		}
		return filePath(n.Locations[0])
	}
	out := slices.Collect(maps.Values(byText))
	slices.SortFunc(out, func(a, b *sarif.Notification) int {
		return cmp.Or(cmp.Compare(path(a), path(b)), cmp.Compare(marshal(a), marshal(b)))
	})
	return out
}

// marshal gives a value as JSON, to compare it. What was read from JSON can always be written.
func marshal(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}
