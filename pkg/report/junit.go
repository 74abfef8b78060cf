package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string           `xml:"name,attr"`
	Tests      int              `xml:"tests,attr"`
	Failures   int              `xml:"failures,attr"`
	Errors     int              `xml:"errors,attr"`
	Properties *junitProperties `xml:"properties"`
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	List []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Line      int           `xml:"line,attr,omitempty"`
	Failure   *junitFailure `xml:"failure"`
	Error     *junitFailure `xml:"error"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

// JUnit writes each finding as a failed test and each file that was not analysed as an error, one suite for each file.
// A scan without either has one test that passed, because many readers take a report without tests for a broken one.
func JUnit(w io.Writer, r *Result, _ Options) error {
	out := junitSuites{Name: toolName}
	suite := func(name string) *junitSuite {
		if n := len(out.Suites); n > 0 && out.Suites[n-1].Name == name {
			return &out.Suites[n-1]
		}
		out.Suites = append(out.Suites, junitSuite{Name: name})
		return &out.Suites[len(out.Suites)-1]
	}
	rs := rulesOf(r)
	for i := range r.Findings {
		s := suite(visible(r.Findings[i].Sink.Place().Path))
		s.Cases = append(s.Cases, junitFinding(r, rs, &r.Findings[i]))
		s.Failures++
	}
	for _, p := range failed(r) {
		s := suite(visible(p.Path))
		s.Cases = append(s.Cases, junitProblem(p))
		s.Errors++
	}
	if len(out.Suites) == 0 {
		suite(toolName).Cases = []junitCase{{ClassName: toolName, Name: fmt.Sprintf("no findings in %s", r.looked())}}
	}
	for i := range out.Suites {
		s := &out.Suites[i]
		s.Tests = len(s.Cases)
		if r.Gate != nil {
			s.Properties = &junitProperties{[]junitProperty{{"fail-on", r.Gate.FailOn}, {"failing", strconv.Itoa(r.Gate.Failing)}}}
		}
		out.Tests, out.Failures, out.Errors = out.Tests+s.Tests, out.Failures+s.Failures, out.Errors+s.Errors
	}
	data, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}

func junitFinding(r *Result, rs *rules, f *finding.Finding) junitCase {
	p := f.Sink.Place()
	var b strings.Builder
	b.WriteString(visible(f.Message) + inCell(&f.Sink) + "\n")
	for _, line := range append(traceLines(f), rs.adviceLines(f)...) {
		b.WriteString(line + "\n")
	}
	if to := r.lineURL(&f.Sink); to != "" {
		b.WriteString(to + "\n")
	}
	return junitCase{
		ClassName: visible(p.Path), Name: fmt.Sprintf("%s:%d:%d", f.RuleID, p.Line, p.Col), File: visible(p.Path), Line: p.Line,
		Failure: &junitFailure{Message: visible(f.Message), Type: levelName(f.Level), Text: b.String()},
	}
}

func junitProblem(p text.Problem) junitCase {
	return junitCase{ClassName: visible(p.Path), Name: p.Kind, File: visible(p.Path), Line: p.Line,
		Error: &junitFailure{Message: visible(p.Msg), Type: p.Kind}}
}

// traceLines is the first flow as plain text, one line for each step.
func traceLines(f *finding.Finding) []string {
	if len(f.Flows) == 0 {
		return nil
	}
	var out []string
	for i := range f.Flows[0].Steps {
		s := &f.Flows[0].Steps[i]
		line := string(s.Kind)
		if place := stepPlace(s); place != "" {
			line += " " + place
		}
		if s.Note != "" {
			line += ": " + visible(s.Note)
		}
		if sn, ok := snippetOf(s); ok {
			line += "\n    " + sn.around(codeWidth).String()
		}
		out = append(out, line)
	}
	return out
}

// String is the code line.
func (s snippet) String() string { return s.before + s.marked + s.after }
