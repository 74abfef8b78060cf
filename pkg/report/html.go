package report

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

var (
	//go:embed html/page.tmpl
	pageText string
	//go:embed html/style.css
	pageStyle string
	//go:embed html/script.js
	pageScript string

	page = template.Must(template.New("page").Funcs(template.FuncMap{"breakable": breakable}).Parse(pageText))
)

const (
	laterFrom    = 100  // findings from here on are made by the script when they are opened: a page loads faster with less on it
	openFindings = 20   // that show their trace without a click
	openPage     = 200  // a page with more findings shows no trace without a click
	htmlTraces   = 1000 // findings with a trace; browsers are slow with more, and nobody reads them
)

type htmlPage struct {
	Policy     string
	Style      template.CSS
	Script     template.JS
	Head       string
	Looked     string
	Project    string // and the commit, its page, branch and date; "" if unknown
	Commit     string
	CommitPage string
	Branch     string
	Date       string
	Gate       string
	Empty      bool // nothing was scanned
	LeftOut    string
	Version    string
	Incomplete bool
	Levels     []htmlChoice
	Rules      []htmlChoice
	Kinds      []htmlChoice
	Findings   []htmlFinding
	Untraced   int
	Problems   []htmlProblem
}

// htmlChoice is what the filter offers.
type htmlChoice struct {
	Value, Title string
	Count        int
}

type htmlFinding struct {
	ID                          string // of the element
	Level, Confidence, Standing string
	Rule                        *rule.Rule
	Page                        string // of the rule
	Head, More                  string // the message: its first sentence, the rest
	Place, File, Function       string
	LinePage                    string // of the repository; "" if it has none
	Line                        int
	From, To                    string // source and sink; From is "" for a call alone
	Files, Kinds                string // of all flows, for the filter
	Later                       bool   // made when it is opened
	Flows                       []htmlFlow
	MoreFlows                   string
	Decided                     string // what a group of findings has in common; "" for one that stands alone
	Others                      []htmlPlace
	Why, Fix                    string
	FixCode                     []htmlRow
	Fingerprint                 string
}

// htmlPlace is where another finding of a group is.
type htmlPlace struct{ ID, Level, Place, Page string }

type htmlProblem struct{ Place, Severity, Msg, Kind string }

// HTML writes one page that needs nothing else: no network, and a policy that lets only its own style and script run.
// Without its script it can be read, but not filtered.
func HTML(w io.Writer, r *Result, o Options) error {
	all := r.Findings
	if o.ShowSuppressed {
		all = slices.Concat(r.Findings, r.Suppressed)
	}
	p := htmlHead(r)
	b := &htmlBuilder{r: r, open: len(all) <= openPage, rules: rulesOf(r), colors: map[*text.File][]colorWord{}, ids: map[string]int{}}
	entries := finding.Groups(worstFirst(all))
	for _, level := range []finding.Level{finding.Error, finding.Warning, finding.Note} {
		n := len(p.Findings)
		for i := range entries {
			f := entries[i].Findings[0]
			if f.Level == level || level == finding.Note && f.Level < level {
				p.Findings = append(p.Findings, b.group(&entries[i], len(p.Findings)))
			}
		}
		if found := len(p.Findings) - n; found > 0 {
			p.Levels = append(p.Levels, htmlChoice{levelName(level), levelName(level), found})
		}
	}
	p.Untraced = max(0, len(entries)-htmlTraces)
	p.Rules, p.Kinds = ruleChoices(p.Findings), b.kindChoices(p.Findings)
	return page.Execute(w, p)
}

func htmlHead(r *Result) *htmlPage {
	e, warn, n := counts(r.Findings)
	p := &htmlPage{
		Policy: "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + policyHash(pageStyle) + "; script-src " + policyHash(pageScript),
		Style:  template.CSS(pageStyle), Script: template.JS(pageScript),
		Head: "No findings", Version: versionOf(r), LeftOut: leftOut(r), Incomplete: !r.Complete(),
		Looked: count(r.Stats.Files, "file") + " and " + count(r.Stats.Functions, "function") + " analysed",
	}
	if r.Stats.Reports > 0 {
		p.Looked = r.looked()
	}
	if p.Empty = r.Stats.Files == 0 && r.Stats.Reports == 0 && len(r.Findings) == 0; p.Empty {
		p.Head = "Nothing was analysed"
	}
	if r.Gate != nil {
		p.Gate = r.Gate.String()
	}
	if q := r.Repo; q != nil {
		p.Project, p.Branch, p.Date, p.Commit = visible(q.Name), visible(q.Branch), q.Date, q.Revision[:min(12, len(q.Revision))]
		if strings.HasPrefix(q.URI, "https://") || strings.HasPrefix(q.URI, "http://") {
			p.CommitPage = q.URI
		}
	}
	if len(r.Findings) > 0 {
		p.Head = count(len(r.Findings), "finding") + ": " + levelCounts(e, warn, n)
	}
	for _, x := range r.Problems {
		place := visible(x.Path)
		if x.Line > 0 {
			place += ":" + strconv.Itoa(x.Line)
		}
		p.Problems = append(p.Problems, htmlProblem{place, severityName(x.Severity), visible(x.Msg), x.Kind})
	}
	return p
}

// breakable lets a path go on in the next line behind its slashes and underscores, not amid a word.
func breakable(path string) template.HTML {
	return template.HTML(strings.NewReplacer("/", "/<wbr>", "_", "_<wbr>").Replace(template.HTMLEscapeString(path)))
}

// policyHash allows exactly this text to run.
func policyHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func ruleChoices(fs []htmlFinding) []htmlChoice {
	found := map[string]*htmlChoice{}
	for i := range fs {
		q := fs[i].Rule
		if found[q.ID] == nil {
			found[q.ID] = &htmlChoice{Value: q.ID, Title: q.ID + " " + q.Name}
		}
		found[q.ID].Count++
	}
	return sortedChoices(found)
}

func sortedChoices(found map[string]*htmlChoice) []htmlChoice {
	var out []htmlChoice
	for _, k := range slices.Sorted(maps.Keys(found)) {
		out = append(out, *found[k])
	}
	return out
}

// htmlBuilder makes the findings of a page.
type htmlBuilder struct {
	r      *Result
	open   bool // the first findings show their trace
	rules  *rules
	colors map[*text.File][]colorWord
	ids    map[string]int
	kinds  map[string]string // title of each kind of source
}

func (b *htmlBuilder) kindChoices(fs []htmlFinding) []htmlChoice {
	found := map[string]*htmlChoice{}
	for i := range fs {
		for k := range strings.FieldsSeq(fs[i].Kinds) {
			if found[k] == nil {
				found[k] = &htmlChoice{Value: k, Title: b.kinds[k]}
			}
			found[k].Count++
		}
	}
	return sortedChoices(found)
}

// group makes the n-th entry of the page: the first finding of a group, with the places of the others.
func (b *htmlBuilder) group(g *finding.Group, n int) htmlFinding {
	out := b.finding(g.Findings[0], n)
	if g.Root == nil {
		return out
	}
	out.Decided = upperFirst(decided(g, stepPlace(g.Root)+inCell(g.Root))) + "; also at"
	for _, f := range g.Findings[1:] {
		out.Others = append(out.Others, htmlPlace{b.id(f), levelName(f.Level), stepPlace(&f.Sink) + inCell(&f.Sink), b.r.lineURL(&f.Sink)})
		files, kinds := b.facets(f)
		out.Files = mixed(out.Files, files, "\n")
		out.Kinds = mixed(out.Kinds, kinds, " ")
	}
	return out
}

// mixed gives the words of two lists, sorted, each once.
func mixed(a, b, between string) string {
	all := slices.DeleteFunc(append(strings.Split(a, between), strings.Split(b, between)...), func(s string) bool { return s == "" })
	slices.Sort(all)
	return strings.Join(slices.Compact(all), between)
}

// finding makes the n-th finding of the page.
func (b *htmlBuilder) finding(f *finding.Finding, n int) htmlFinding {
	q := b.rules.byID[f.RuleID]
	advice, code := adviceFor(f, q)
	at := f.Sink.Place()
	head, more := firstSentenceOf(visible(f.Message))
	out := htmlFinding{
		ID: b.id(f), Level: levelName(f.Level), Confidence: f.Confidence, Standing: known(f), Rule: q, Page: helpURI(q),
		Head: head, More: more, Place: stepPlace(&f.Sink) + inCell(&f.Sink), File: visible(at.Path), LinePage: b.r.lineURL(&f.Sink), Line: at.Line, Function: visible(f.Function),
		To: visible(f.SinkName), Why: visible(plain(q.Why)), Fix: visible(plain(advice)), FixCode: htmlCode(code), Fingerprint: f.Fingerprint,
	}
	if at.Path == "" {
		out.File = "no file"
	}
	if f.MoreFlows > 0 {
		out.MoreFlows = "And " + count(f.MoreFlows, "more flow") + " not shown."
	}
	if len(f.Flows) > 0 {
		out.From = visible(finding.SourceLabel(&f.Flows[0]))
	}
	out.Files, out.Kinds = b.facets(f)
	out.Later = n >= laterFrom
	if n < htmlTraces {
		b.flows(&out, f, n)
	}
	return out
}

// known says in words what silences a finding, or that it is known.
func known(f *finding.Finding) string {
	c := *f
	c.Confidence = ""
	return strings.Trim(standing(&c), " ()")
}

// firstSentenceOf cuts a message behind its first sentence. A full stop inside of quotes ends none.
func firstSentenceOf(msg string) (first, rest string) {
	quoted := false
	for i := range len(msg) {
		switch {
		case msg[i] == '\'':
			quoted = !quoted
		case !quoted && msg[i] == '.' && i+1 < len(msg) && msg[i+1] == ' ':
			return msg[:i+1], msg[i+2:]
		}
	}
	return msg, ""
}

// id gives an anchor that stays the same as long as the finding does.
func (b *htmlBuilder) id(f *finding.Finding) string {
	id := "f" + f.Fingerprint[:min(12, len(f.Fingerprint))]
	b.ids[id]++
	if n := b.ids[id]; n > 1 {
		id += "-" + strconv.Itoa(n)
	}
	return id
}

// facets gives the files and the kinds of source of all flows, as words.
func (b *htmlBuilder) facets(f *finding.Finding) (files, kinds string) {
	fileSet, kindSet := map[string]bool{f.Sink.Place().Path: true}, map[string]bool{}
	for i := range f.Flows {
		if k := f.Flows[i].Kind; k != "" {
			kindSet[k] = true
			if b.kinds == nil {
				b.kinds = map[string]string{}
			}
			b.kinds[k] = cmp.Or(upperFirst(visible(f.Flows[i].KindTitle)), k)
		}
		for j := range f.Flows[i].Steps {
			fileSet[f.Flows[i].Steps[j].Place().Path] = true
		}
	}
	delete(fileSet, "")
	return visible(strings.Join(slices.Sorted(maps.Keys(fileSet)), "\n")), strings.Join(slices.Sorted(maps.Keys(kindSet)), " ")
}

func (b *htmlBuilder) flows(out *htmlFinding, f *finding.Finding, n int) {
	flows := f.Flows
	if len(flows) == 0 {
		flows = []finding.Flow{{Steps: []finding.Step{f.Sink}}}
	}
	for i := range flows {
		fl := htmlFlow{Title: "The call", Later: n >= laterFrom, Open: b.open && n < openFindings && i == 0, Segments: b.segments(flows[i].Steps)}
		if flows[i].SourceName != "" || len(flows[i].Steps) > 1 {
			fl.Title = "From " + visible(finding.SourceLabel(&flows[i]))
			fl.Length = fmt.Sprintf("%s in %s", count(len(flows[i].Steps), "step"), count(filesIn(flows[i].Steps), "file"))
		}
		out.Flows = append(out.Flows, fl)
	}
}

func filesIn(steps []finding.Step) int {
	seen := map[*text.File]bool{}
	for i := range steps {
		if steps[i].File != nil {
			seen[steps[i].File] = true
		}
	}
	return len(seen)
}
