package report

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// shownCode renders segments as plain text: "12: code" for a line, "> 3 call" for a note, "…" for a gap.
func shownCode(segs []htmlSegment) string {
	var b strings.Builder
	for _, s := range segs {
		fmt.Fprintf(&b, "== %s %s\n", s.Path, s.Function)
		for _, r := range s.Rows {
			if r.Gap {
				b.WriteString("…\n")
			}
			if r.No > 0 {
				hit := " "
				if r.Hit {
					hit = "!"
				}
				fmt.Fprintf(&b, "%d:%s", r.No, hit)
				for _, p := range r.Parts {
					code := ""
					for _, w := range p.Words {
						code += w.Text
					}
					if p.Mark != "" {
						code = p.Mark + "{" + code + "}"
					}
					b.WriteString(code)
				}
				b.WriteString("\n")
			}
			for _, n := range r.Notes {
				fmt.Fprintf(&b, "> %s%d %s\n", n.Pad, n.N, n.Kind)
			}
		}
	}
	return b.String()
}

func segmentsOf(steps ...finding.Step) string {
	return shownCode((&htmlBuilder{colors: map[*text.File][]colorWord{}}).segments(steps))
}

// TestHTMLSegments: the code of one function in one piece, a step back begins a new one, far lines are left out.
func TestHTMLSegments(t *testing.T) {
	var code strings.Builder
	for i := range 30 {
		fmt.Fprintf(&code, "\tline%d(a, b(c))\n", i+1)
	}
	a, _ := text.NewFile("a.py", []byte(code.String()))
	b, _ := text.NewFile("b.py", []byte("first\n\n\nlast"))
	at := func(f *text.File, code string, k finding.StepKind, fn string) finding.Step {
		i := int32(strings.Index(string(f.Text), code))
		if i < 0 {
			t.Fatalf("no %q", code)
		}
		return finding.Step{File: f, Span: text.Span{Start: i, End: i + int32(len(code))}, Kind: k, Func: fn}
	}
	got := segmentsOf(
		at(a, "line4(a, b(c))", finding.StepSource, "f"),
		at(a, "b(c))\n\tline5", finding.StepPass, "f"),
		at(a, "line9(", finding.StepAssign, "f"),
		at(a, "line20", finding.StepCall, "f"),
		at(a, "line2(a, b(c))", finding.StepCall, "f"),
		at(a, "line3(", finding.StepReturn, "g"),
		finding.Step{Kind: finding.StepElided, Note: "two"},
		at(b, "last", finding.StepSink, ""),
	)
	want := `== a.py f
2:     line2(a, b(c))
3:     line3(a, b(c))
4:!    source{line4(a, }pass{b(c))}
>     1 source
>              2 pass
5:!pass{    line5}(a, b(c))
6:     line6(a, b(c))
7:     line7(a, b(c))
8:     line8(a, b(c))
9:!    assign{line9(}a, b(c))
>     3 assign
…
18:     line18(a, b(c))
19:     line19(a, b(c))
20:!    call{line20}(a, b(c))
>     4 call
21:     line21(a, b(c))
22:     line22(a, b(c))
== a.py f
1:     line1(a, b(c))
2:!    call{line2(a, b(c))}
>     5 call
3:     line3(a, b(c))
4:     line4(a, b(c))
== a.py g
1:     line1(a, b(c))
2:     line2(a, b(c))
3:!    return{line3(}a, b(c))
>     6 return
4:     line4(a, b(c))
5:     line5(a, b(c))
==  
> 7 elided
== b.py 
4:!sink{last}
> 8 sink
`
	if got != want {
		t.Errorf("got\n%s\nfirst difference at %s", got, firstDifference([]byte(got), []byte(want)))
	}
}

// TestHTMLLongSpan: a long call is cut, and its note stands below its first line.
func TestHTMLLongSpan(t *testing.T) {
	f, _ := text.NewFile("a.py", []byte("load(\n"+strings.Repeat("    x,\n", 40)+")\nend\n"))
	got := segmentsOf(finding.Step{File: f, Span: text.Span{Start: 0, End: int32(len(f.Text)) - 5}, Kind: finding.StepSink})
	if !strings.HasPrefix(got, "== a.py \n1:!sink{load(}\n> 1 sink\n2:!sink{    x,}\n") || strings.Count(got, "\n") != 1+1+htmlSpan+htmlAround {
		t.Errorf("got %s", got)
	}
}

// TestHTMLAnchors: the anchor of a finding is that of its identity, also in a report where others are gone.
func TestHTMLAnchors(t *testing.T) {
	ids := func(r *Result) (out []string) {
		page := string(render(t, HTML, r, Options{}))
		for _, m := range regexp.MustCompile(`<article id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
			out = append(out, m[1])
			if strings.Count(page, `href="#`+m[1]+`"`) != 2 {
				t.Errorf("%s is not linked from the index and from itself", m[1])
			}
		}
		return out
	}
	r := made(t, 6, 2)
	all := ids(r)
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != 6 {
		t.Fatalf("anchors %q", all)
	}
	r.Findings = r.Findings[3:]
	for _, id := range ids(r) {
		if !slices.Contains(all, id) {
			t.Errorf("anchor %s is new", id)
		}
	}
	r.Findings = append(r.Findings, r.Findings[0])
	if got := ids(r); len(got) != 4 || got[0] == got[3] {
		t.Errorf("equal identities: %q", got)
	}
}

// TestHTMLOrder: the most severe first, all of them also where there are too many for traces.
func TestHTMLOrder(t *testing.T) {
	page := string(render(t, HTML, made(t, htmlTraces+30, 2), Options{}))
	levels := regexp.MustCompile(`data-level="(\w+)"`).FindAllStringSubmatch(page, -1)
	last := 0
	for _, m := range levels {
		n := slices.Index([]string{"error", "warning", "note"}, m[1])
		if n < last {
			t.Fatal("the levels are not in order")
		}
		last = n
	}
	if len(levels) != htmlTraces+30 || strings.Count(page, `<details class="flow"`) != htmlTraces || !strings.Contains(page, "The last 30 findings are listed without their traces") {
		t.Errorf("%d findings, %d traces", len(levels), strings.Count(page, `<details class="flow"`))
	}
	for n, want := range map[int]int{htmlTraces: 0, openPage + 1: 0, openPage: openFindings, 5: 5} {
		page := string(render(t, HTML, made(t, n, 2), Options{}))
		if got := strings.Count(page, `<details class="flow" open`); got != want {
			t.Errorf("%d findings: %d open, want %d", n, got, want)
		}
	}
}

// TestHTMLHead: what was scanned, and that nothing was.
func TestHTMLHead(t *testing.T) {
	has := func(r *Result, want, not string) {
		t.Helper()
		page := string(render(t, HTML, r, Options{}))
		if !strings.Contains(page, want) || not != "" && strings.Contains(page, not) {
			t.Errorf("want %q and not %q in\n%s", want, not, page[strings.Index(page, "</head>"):])
		}
	}
	r := made(t, 1, 2)
	r.Repo = &Repository{Name: "o/r", URI: "https://github.com/o/r", Revision: strings.Repeat("ab", 20), Branch: "main", Date: "2026-11-28"}
	r.Gate = &Gate{FailOn: "error", Failing: 2}
	has(r, `<a href="https://github.com/o/r" rel="noopener noreferrer">o/r</a>`, "")
	has(r, `Commit <code>abababababab</code> on main of <time datetime="2026-11-28">`, "")
	has(r, "Errors fail the run: 2 findings do.", "")
	r.Repo.URI = "javascript:alert(1)"
	has(r, `<span class="project">o/r</span>`, "javascript:alert")
	r = &Result{Stats: Stats{Files: 2}}
	has(r, `<p class="clean">Nothing was found.</p>`, "<article")
	r = &Result{}
	has(r, `<h1>Nothing was analysed</h1>`, `class="clean"`)
	has(r, "Nothing was analysed, so nothing can be said.", "Nothing was found")
}

// TestFirstSentence cuts a message as a title.
func TestFirstSentence(t *testing.T) {
	for in, want := range map[string][2]string{
		"A reaches 'b.c'. D. E.":  {"A reaches 'b.c'.", "D. E."},
		"A ('x. y') reaches 'z'.": {"A ('x. y') reaches 'z'.", ""},
		"No end":                  {"No end", ""},
		"":                        {"", ""},
	} {
		if first, rest := firstSentenceOf(in); first != want[0] || rest != want[1] {
			t.Errorf("%q: %q, %q", in, first, rest)
		}
	}
}

// TestColorWords: strings over several lines are strings, and every byte is there once.
func TestColorWords(t *testing.T) {
	code := "def f(x):  # no 'string\n    \"\"\"if\n    else\"\"\"\n    return rb'a\\'b' + f\"{x}\" + 'open\n    if 12.5: pass\n"
	var got []string
	at := 0
	for _, w := range colorWords(code) {
		if w.start != at {
			t.Fatalf("gap at %d", at)
		}
		at = w.end
		if w.class != "" {
			got = append(got, w.class+" "+code[w.start:w.end])
		}
	}
	want := []string{"w def", "c # no 'string", "s \"\"\"if\n    else\"\"\"", "w return", `s rb'a\'b'`, `s f"{x}"`, "s 'open", "w if", "n 12.5", "w pass"}
	if at != len(code) || !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// FuzzHTML: whatever stands in the code and wherever a step lies, each step has its note and the code its characters.
func FuzzHTML(f *testing.F) {
	f.Add("load(f)\n", int32(0), int32(7), int32(2), int32(3))
	f.Add("\"\"\"\r\n<b>\r😀\n'\n\n\n\n\n\n\n\n\n\nx", int32(9), int32(3), int32(-4), int32(900))
	f.Fuzz(func(t *testing.T, code string, a, b, c, d int32) {
		file, _ := text.NewFile("x.py", []byte(code))
		step := func(start, end int32) finding.Step {
			return finding.Step{File: file, Span: text.Span{Start: start, End: end}, Kind: finding.StepSource}
		}
		steps := []finding.Step{step(a, b), step(c, d), {Kind: finding.StepElided}, step(b, a)}
		notes, last := 0, 0
		for _, s := range (&htmlBuilder{colors: map[*text.File][]colorWord{}}).segments(steps) {
			last = 0
			for _, r := range s.Rows {
				notes += len(r.Notes)
				if r.No != 0 && r.No <= last {
					t.Errorf("line %d after %d", r.No, last)
				}
				last = max(last, r.No)
			}
		}
		if notes != len(steps) {
			t.Errorf("%d notes for %d steps", notes, len(steps))
		}
		fs := []finding.Finding{{RuleID: "PKL101", Message: code, SinkName: code, Sink: steps[0], Flows: []finding.Flow{{SourceName: code, KindTitle: code, Kind: "k", Steps: steps}}}}
		page := string(render(t, HTML, &Result{Pack: samplePack(), Findings: fs}, Options{}))
		body := html.UnescapeString(between(t, page, "<body>", "<script>"))
		if n := strings.Count(page, "<script"); n != 1 || !strings.Contains(body, "<main>") {
			t.Errorf("%d scripts", n)
		}
	})
}
