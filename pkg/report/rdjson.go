package report

import (
	"encoding/json"
	"io"
	"unicode/utf16"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

type rdReport struct {
	Source      rdSource       `json:"source"`
	Severity    string         `json:"severity,omitempty"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"relatedLocations,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

// rdPosition counts lines from 1 and columns from 1 in bytes of UTF-8.
type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

// RDJSON writes the Reviewdog Diagnostic Format, out of which reviewdog makes review comments; the steps of the best
// flow are related locations, and safe fixes of one edit are suggestions.
func RDJSON(w io.Writer, r *Result, _ Options) error {
	rs := rulesOf(r)
	out := rdReport{Source: rdSource{toolName, toolHome}, Diagnostics: []rdDiagnostic{}}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Sink.File == nil {
			continue
		}
		d := rdDiagnostic{
			Message: f.Message, Location: rdLocationOf(&f.Sink), Severity: rdSeverity(f.Level),
			Code: rdCode{f.RuleID, helpURI(rs.byID[f.RuleID])},
		}
		if len(f.Flows) > 0 {
			for _, s := range withPlaces(f.Flows[0].Steps) {
				d.Related = append(d.Related, rdRelated{stepMessage(&s), rdLocationOf(&s)})
			}
		}
		if x := f.Carried(); x != nil && len(x.Edits) == 1 && x.Edits[0].File == f.Sink.File {
			at := finding.Step{File: x.Edits[0].File, Span: x.Edits[0].Span}
			d.Suggestions = append(d.Suggestions, rdSuggestion{rdLocationOf(&at).Range, x.Edits[0].New})
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func rdSeverity(l finding.Level) string {
	switch l {
	case finding.Error:
		return "ERROR"
	case finding.Warning:
		return "WARNING"
	}
	return "INFO"
}

func rdLocationOf(s *finding.Step) rdLocation {
	p := s.Place()
	return rdLocation{p.Path, rdRange{
		Start: rdPosition{p.Line, byteColumn(s.File.Line(p.Line), p.Col)},
		End:   rdPosition{p.EndLine, byteColumn(s.File.Line(p.EndLine), p.EndCol)},
	}}
}

// byteColumn turns a column in UTF-16 code units into one in bytes.
func byteColumn(line string, col int) int {
	units := 1
	for i, c := range line {
		if units >= col {
			return i + 1
		}
		units += max(utf16.RuneLen(c), 1)
	}
	return len(line) + 1
}
