package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

const (
	defaultResults = 5000     // both consumers keep no more
	defaultBytes   = 10 << 20 // GitLab's limit for the file
)

// fitter takes out of a run what its consumers would not read, until the file is small enough.
type fitter struct {
	run  *sarif.Run
	o    *Options
	most int // bytes
}

// writeFitting writes the run as a file of its own, on one line. Each cut is told in a notification of the run and to
// Options.Warn.
func writeFitting(w io.Writer, run *sarif.Run, o *Options) error {
	f := &fitter{run: run, o: o, most: cmp.Or(o.MaxBytes, defaultBytes)}
	f.limit(cmp.Or(o.MaxResults, defaultResults))
	data, err := f.fit()
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// fit marshals the log, leaving out more and more until it is small enough.
func (f *fitter) fit() ([]byte, error) {
	log := &sarif.Report{Version: string(sarif.Version210), Schema: sarifSchema, Runs: []*sarif.Run{f.run}}
	for {
		data, err := json.Marshal(log)
		if err != nil || len(data) < f.most {
			return data, err
		}
		switch {
		case f.dropSnippets():
			f.cut("Code snippets are left out: the file would be larger than %d bytes.", f.most)
		case f.dropFlows():
			f.cut("Only one flow of each result is written: the file would be larger than %d bytes.", f.most)
		case len(f.run.Results) == 0:
			return data, nil // rules and problems alone: nothing left to cut
		default:
			n := len(f.run.Results)
			f.limit(min(n-1, int(int64(n)*int64(f.most)/int64(len(data))*9/10)))
		}
	}
}

// limit keeps the most severe n results.
func (f *fitter) limit(n int) {
	all := f.run.Results
	if len(all) <= n {
		return
	}
	f.cut("%d of %d results are left out because of a limit; the most severe are kept.", len(all)-n, len(all))
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *sarif.Result) int {
		return cmp.Or(levelRank(b)-levelRank(a), confidenceOf(b)-confidenceOf(a))
	})
	f.run.Results = all[:n]
}

func levelRank(r *sarif.Result) int {
	if r.Level == nil {
		return 0
	}
	return slices.Index([]string{"note", "warning", "error"}, *r.Level)
}

func confidenceOf(r *sarif.Result) int {
	c, _ := r.Properties["confidence"].(string)
	return slices.Index([]string{finding.Low, finding.Medium, finding.High}, c)
}

func (f *fitter) cut(format string, args ...any) {
	note := &sarif.Notification{Level: "warning", Message: message(fmt.Sprintf(format, args...))}
	inv := f.run.Invocations[0]
	inv.ToolExecutionNotifications = append(inv.ToolExecutionNotifications, note)
	f.o.warn("sarif: "+format, args...)
}

// dropSnippets takes out the code; false means there was none.
func (f *fitter) dropSnippets() bool {
	found := false
	drop := func(l *sarif.Location) {
		if l == nil || l.PhysicalLocation == nil {
			return
		}
		p := l.PhysicalLocation
		found = found || p.ContextRegion != nil || p.Region != nil && p.Region.Snippet != nil
		p.ContextRegion = nil
		if p.Region != nil {
			p.Region.Snippet = nil
		}
	}
	for _, r := range f.run.Results {
		eachLocation(r, drop)
	}
	return found
}

// eachLocation calls do for every place that a result names.
func eachLocation(r *sarif.Result, do func(*sarif.Location)) {
	for _, l := range slices.Concat(r.Locations, r.RelatedLocations) {
		do(l)
	}
	for _, cf := range r.CodeFlows {
		for _, tf := range cf.ThreadFlows {
			for _, l := range tf.Locations {
				do(l.Location)
			}
		}
	}
	for _, s := range r.Suppressions {
		do(s.Location)
	}
}

// dropFlows leaves the best flow of each result; false means that none had more.
func (f *fitter) dropFlows() bool {
	found := false
	for _, r := range f.run.Results {
		if len(r.CodeFlows) > 1 {
			r.CodeFlows, found = r.CodeFlows[:1], true
		}
	}
	return found
}
