package finding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// An Entry is one known finding.
type Entry struct {
	Flow     string `json:"flow"` // Fingerprint
	Rule     string `json:"rule"`
	File     string `json:"file"`
	Function string `json:"function,omitempty"` // for the reader
	Ways     int    `json:"ways,omitempty"`     // from how many sources the sink was reached, where they are more than one
	Reason   string `json:"reason,omitempty"`
	Until    string `json:"until,omitempty"` // "2027-01-31": the last day on which the entry counts
}

// A Baseline is the set of known findings. The same flow may be in it several times.
//
// Its file has one line of JSON for the format and one for each entry, sorted by file, rule and flow, so that a change
// of one finding is a change of one line and two branches seldom meet in one.
type Baseline struct{ Entries []Entry }

const baselineHead = `{"pickletrace-baseline":1}`

// ParseBaseline reads a baseline file. The error names every mistake with its line; name is the file's, for the error.
func ParseBaseline(name string, data []byte) (*Baseline, error) {
	b := &Baseline{}
	var errs []error
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), "\n")
	if strings.TrimSpace(lines[0]) != baselineHead {
		return nil, fmt.Errorf("%s:1: not a baseline: the first line must be %s", name, baselineHead)
	}
	for i, line := range lines[1:] {
		if strings.TrimSpace(line) == "" {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, i+2, err))
			continue
		}
		b.Entries = append(b.Entries, e)
	}
	b.sort()
	return b, errors.Join(errs...)
}

func parseEntry(line string) (Entry, error) {
	if strings.HasPrefix(line, "<<<<<<<") || strings.HasPrefix(line, "=======") || strings.HasPrefix(line, ">>>>>>>") {
		return Entry{}, errors.New("a merge conflict was left here; keep the entries of both sides")
	}
	var e Entry
	dec := json.NewDecoder(strings.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return Entry{}, fmt.Errorf("not an entry: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Entry{}, errors.New("more than one entry on a line")
	}
	switch {
	case e.Flow == "" || e.Rule == "" || e.File == "":
		return Entry{}, errors.New("an entry needs flow, rule and file")
	case e.Until != "" && !isDate(e.Until):
		return Entry{}, fmt.Errorf("the date %q is not understood; write it as 2027-01-31", e.Until)
	}
	return e, nil
}

// Format gives the text of the file.
func (b *Baseline) Format() []byte {
	sorted := Baseline{slices.Clone(b.Entries)}
	sorted.sort()
	var out bytes.Buffer
	out.WriteString(baselineHead + "\n")
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, e := range sorted.Entries {
		if err := enc.Encode(e); err != nil {
			panic(err) // an Entry has only strings
		}
	}
	return out.Bytes()
}

func (b *Baseline) sort() {
	slices.SortStableFunc(b.Entries, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Flow, y.Flow),
			cmp.Compare(x.Function, y.Function), cmp.Compare(x.Reason, y.Reason), cmp.Compare(x.Until, y.Until))
	})
}

// Compared is how the findings of a scan stand to a baseline.
type Compared struct {
	New     []Finding // reported; among them those whose entry is past its date
	Known   []Finding // silenced
	Absent  []Entry   // known findings that are gone
	Expired []Entry   // entries past their date whose finding is still there
}

// Compare takes out the known findings. Today ("2026-11-23", or "" for never) decides which entries are past their date.
// An entry covers one finding of its flow: in its own file if there is one, else in another, for the file may have been
// renamed; so a copy of the code in a further file is new. A finding that is reached from more sources than were known is
// new as well: a known finding must not hide the next one that ends at the same call.
func (b *Baseline) Compare(fs []Finding, today string) Compared {
	match, taken := b.match(fs)
	var c Compared
	for i, f := range fs {
		n, known := match[i]
		if !known {
			f.Baseline = New
			c.New = append(c.New, f)
			continue
		}
		e := b.Entries[n]
		if ways := f.ways(); ways > max(e.Ways, 1) {
			f.Baseline = New
			f.Message += fmt.Sprintf(" The baseline knows it from %d of %d sources.", max(e.Ways, 1), ways)
			c.New = append(c.New, f)
			continue
		}
		if e.Until != "" && today != "" && e.Until < today {
			f.Baseline = Unchanged
			f.Notes = append(slices.Clone(f.Notes), "known from the baseline until "+e.Until)
			c.New, c.Expired = append(c.New, f), append(c.Expired, e)
			continue
		}
		f.Baseline = Unchanged
		f.Silenced = &Silence{Reason: e.Reason, Until: e.Until}
		c.Known = append(c.Known, f)
	}
	for n, e := range b.Entries {
		if !taken[n] {
			c.Absent = append(c.Absent, e)
		}
	}
	return c
}

// ways counts the sources that the sink is reached from, those of one function once.
func (f *Finding) ways() int {
	type origin struct{ path, fn, name string }
	seen := map[origin]bool{}
	for _, flows := range [][]Flow{f.Flows, f.Other} {
		for _, fl := range flows {
			if len(fl.Steps) > 0 {
				s := &fl.Steps[0]
				seen[origin{s.Place().Path, s.Func, fl.SourceName}] = true
			}
		}
	}
	return len(seen)
}

// match pairs findings with entries: first those in the same file, then the rest.
func (b *Baseline) match(fs []Finding) (match map[int]int, taken map[int]bool) {
	match, taken = map[int]int{}, map[int]bool{}
	pair := func(key func(flow, file string) string) {
		free := map[string][]int{}
		for n, e := range b.Entries {
			if !taken[n] {
				k := key(e.Flow, e.File)
				free[k] = append(free[k], n)
			}
		}
		for i := range fs {
			k := key(fs[i].Fingerprint, sinkPath(&fs[i]))
			if _, done := match[i]; done || len(free[k]) == 0 {
				continue
			}
			match[i], taken[free[k][0]] = free[k][0], true
			free[k] = free[k][1:]
		}
	}
	pair(func(flow, file string) string { return flow + "\x00" + file })
	pair(func(flow, _ string) string { return flow })
	return match, taken
}

// NewBaseline makes a baseline of the findings, all with the same reason and date ("" for none).
func NewBaseline(fs []Finding, reason, until string) *Baseline {
	return (&Baseline{}).Update(fs, reason, until)
}

// Update gives the baseline for the findings: entries keep their reason and date, files that were renamed are followed,
// and new findings get the given reason and date. Entries whose finding is gone stay; Prune removes them.
func (b *Baseline) Update(fs []Finding, reason, until string) *Baseline {
	match, taken := b.match(fs)
	out := &Baseline{}
	for i := range fs {
		e := Entry{Reason: reason, Until: until}
		if n, known := match[i]; known {
			e = b.Entries[n]
		}
		e.Flow, e.Rule, e.File, e.Function = fs[i].Fingerprint, fs[i].RuleID, sinkPath(&fs[i]), fs[i].Function
		if e.Ways = fs[i].ways(); e.Ways < 2 {
			e.Ways = 0
		}
		out.Entries = append(out.Entries, e)
	}
	for n, e := range b.Entries {
		if !taken[n] {
			out.Entries = append(out.Entries, e)
		}
	}
	out.sort()
	return out
}

// Prune gives the baseline without the entries whose finding is gone.
func (b *Baseline) Prune(fs []Finding) *Baseline {
	_, taken := b.match(fs)
	out := &Baseline{}
	for n, e := range b.Entries {
		if taken[n] {
			out.Entries = append(out.Entries, e)
		}
	}
	return out
}
