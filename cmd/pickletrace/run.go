package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/spell"
	"github.com/pickletrace/pickletrace/pkg/taint"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// A run is one scan and what was made of its findings so far.
type run struct {
	settings   *settings
	selection  *selection
	options    scan.Options
	do         func(scan.Options, *rule.Pack) scan.Result // the scan
	pack       *rule.Pack
	found      scan.Result
	res        report.Result
	start, end time.Time
}

// runScan scans the paths and takes out what comments silence and what is not selected.
func (a *app) runScan(s *settings, paths []string) (*run, error) {
	return a.runWith(s, paths, scan.Run)
}

func (a *app) runWith(s *settings, paths []string, do func(scan.Options, *rule.Pack) scan.Result) (*run, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := s.resolve(paths); err != nil {
		return nil, err
	}
	pack, err := s.packs()
	if err != nil {
		return nil, err
	}
	sel, err := s.newSelection(pack)
	if err != nil {
		return nil, err
	}
	opts := scan.Options{Find: s.find(), Jobs: s.jobs}
	if opts.Cache = s.openCache(); opts.Cache != nil {
		opts.Build = buildID()
	}
	if opts.Follow, err = s.followed(); err != nil {
		return nil, err
	}
	if s.eager {
		opts.Parse = scan.ParseAll
	}
	opts.Find.Exclude = append(opts.Find.Exclude, pack.Exclude...)
	if err := s.setThreatModel(&opts, pack); err != nil {
		return nil, err
	}
	if s.instead != nil {
		opts.Instead = s.instead(s.base)
	}
	if len(opts.Instead) > 0 {
		opts.Cache = nil // what is typed is not worth keeping
	}
	r := &run{settings: s, do: do, selection: sel, options: opts, pack: pack, start: now()}
	clock := time.Now()
	stop := a.progress(s.quiet)
	r.found = do(opts, pack)
	stop()
	r.found.Problems = slices.Concat(r.found.Problems, r.unmetPaths(), r.unusedConfigs(), r.ownSettings(), limitsMet(&r.found.Stats))
	adviseNotPython(r.found.Problems)
	if !s.quiet {
		a.tellUnmet(r.found.Problems)
	}
	r.result(pack, time.Since(clock))
	r.ignore(sel, pack)
	return r, nil
}

// tellUnmet prints which globs, and which entries of the user's own packs, match nothing; reports hold it, too.
func (a *app) tellUnmet(problems []text.Problem) {
	for _, p := range problems {
		switch p.Kind {
		case scan.UnmetRule:
			fmt.Fprintf(a.err, "%s:%d: %s\n", report.Visible(p.Path), p.Line, report.Visible(p.Msg))
		case text.UnmetGlob, unusedConfig:
			fmt.Fprintf(a.err, "pickletrace: %s\n", report.Visible(p.Msg))
		}
	}
}

// limitsMet tells in how many functions a limit left something out, and names those near a dangerous call first.
func limitsMet(st *taint.Stats) []text.Problem {
	if st.Cut == 0 {
		return nil
	}
	msg := fmt.Sprintf("%d of %s analysed only in part (limit reached", st.Cut, count(st.Functions, "function"))
	if st.CutNear > 0 {
		msg += fmt.Sprintf("; %d of them near a dangerous call", st.CutNear)
	}
	var named []string
	for _, p := range st.Partly {
		named = append(named, fmt.Sprintf("%s (%s:%d)", p.Name, p.Path, p.Line))
	}
	return []text.Problem{{Severity: text.Partial, Kind: limitReached, Msg: msg + "): " + shortList(named)}}
}

// limitReached is the kind of problem that limitsMet tells.
const limitReached = "limit"

// adviseNotPython says of files that hold no Python what would read them.
func adviseNotPython(problems []text.Problem) {
	for i := range problems {
		p := &problems[i]
		if p.Kind != text.NotPython {
			continue
		}
		p.Msg = "not Python: pickletrace reads code"
		if slices.Contains(modelSuffixes, strings.ToLower(filepath.Ext(p.Path))) {
			p.Msg += "; for model files use a scanner of pickles, such as fickling, picklescan or modelscan"
		} else {
			p.Msg += " (.py, .pyw, .ipynb, and scripts without a suffix)"
		}
	}
}

var modelSuffixes = []string{".bin", ".ckpt", ".dill", ".gguf", ".h5", ".hdf5", ".joblib", ".keras", ".mar", ".model", ".msgpack", ".npy", ".npz",
	".onnx", ".p", ".pb", ".pickle", ".pk", ".pkl", ".pt", ".pt2", ".pth", ".safetensors", ".skops", ".tar", ".tflite", ".zip"}

// setThreatModel lowers the source kinds that the user does not name, and raises those that are named.
func (s *settings) setThreatModel(opts *scan.Options, pack *rule.Pack) error {
	if len(s.threatModel) == 0 {
		return nil
	}
	raised, lowered := map[string]bool{}, map[string]bool{}
	var ids []string
	for _, k := range pack.Kinds {
		lowered[k.ID] = true
		ids = append(ids, k.ID)
	}
	where := s.fromConfig["threat-model"]
	if where == "" {
		where = "--threat-model"
	}
	for _, k := range s.threatModel {
		if pack.Kind(k) == nil {
			near := ""
			if w := spell.Nearest(k, ids); w != "" {
				near = fmt.Sprintf(" (did you mean %s?)", w)
			}
			return fmt.Errorf("%s: there is no kind of source %q%s; the kinds are %s", where, k, near, strings.Join(ids, ", "))
		}
		raised[k] = true
		delete(lowered, k)
	}
	opts.Taint.Raised, opts.Taint.Lowered = raised, lowered
	return nil
}

// result fills in what is reported apart from the findings.
func (r *run) result(pack *rule.Pack, took time.Duration) {
	st := &r.found.Stats
	if r.settings.strict {
		for i := range r.found.Problems {
			if p := &r.found.Problems[i]; p.Severity == text.Partial {
				p.Severity = text.Failed
			}
		}
	}
	if r.end = r.start; !fixedTime() {
		r.end = r.start.Add(took)
	}
	r.res = report.Result{
		Problems: r.found.Problems,
		Pack:     pack,
		Version:  released(),
		Stats: report.Stats{
			Files:     r.found.Files,
			Skipped:   r.skipped(),
			Functions: st.Functions,
			Budgets:   st.Cut,
			Near:      st.CutNear,
			Seconds:   took.Seconds(),
		},
		Raw: r.raw,
	}
}

// raw gives the bytes of a file on disk if they are still those that were scanned.
func (r *run) raw(f *text.File) []byte {
	if raw, ok := r.options.Instead[f.Path]; ok {
		return raw
	}
	raw, err := disk.Read(r.onDisk(f), maxRead)
	if err != nil || !sameBytes(f, raw) {
		return nil
	}
	return raw
}

func (r *run) onDisk(f *text.File) string {
	path := filepath.FromSlash(f.Path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.settings.base, path)
}

// skipped counts what was left out on purpose.
func (r *run) skipped() int {
	sum := 0
	for _, p := range r.found.Problems {
		sum += p.Count
	}
	return sum
}

// ignoreOptions say what ignore comments may do in this run.
func (r *run) ignoreOptions() finding.IgnoreOptions {
	s, pack, sel := r.settings, r.res.Pack, r.selection
	opts := finding.IgnoreOptions{
		Today:        now().Format(time.DateOnly),
		RequireRules: s.requireRule, RequireReason: s.requireReason, RequireUntil: s.requireUntil,
		AllRan: sel.all(), Known: report.Known(pack, sel.ran), Title: report.Titles(pack),
		Similar: func(name string) string { return spell.Nearest(name, ruleNames(pack)) },
	}
	if s.foreignIgnores {
		opts.Foreign = finding.ForeignChecks
	}
	if s.past != nil {
		opts.Before, opts.TrustNew = s.past.fileBefore, s.trustHead
	}
	return opts
}

// ignore takes out the findings that comments silence, and then those that are not selected.
func (r *run) ignore(sel *selection, pack *rule.Pack) {
	kept := r.found.Findings
	if !r.settings.noIgnores {
		opts := r.ignoreOptions()
		var silenced, own []finding.Finding
		kept, silenced, own = finding.Ignore(kept, r.found.Sources, opts)
		kept = slices.Concat(kept, own)
		finding.Sort(kept)
		r.res.Suppressed = sel.apply(silenced)
	}
	r.res.Findings = sel.apply(kept)
}

// knownFindings takes out the findings of the baseline that is named, or found by its name.
func (r *run) knownFindings() error {
	if err := r.settings.findBaseline(); err != nil {
		return err
	}
	return r.known(r.settings.baseline)
}

// known takes out the findings of the baseline file; "" is none.
func (r *run) known(path string) error {
	if path == "" {
		return nil
	}
	at := r.settings.gatePath(path)
	if at != path && !exists(at) && exists(path) {
		return nil // the change makes it; gate.go tells
	}
	b, err := readBaseline(at)
	if err != nil {
		return err
	}
	c := b.Compare(r.res.Findings, now().Format(time.DateOnly))
	r.res.Findings = c.New
	r.res.Suppressed = slices.Concat(r.res.Suppressed, c.Known)
	finding.Sort(r.res.Suppressed)
	r.res.Absent = c.Absent
	return nil
}

// hide takes out what is below --min-level and --min-confidence.
func (r *run) hide(s *settings) {
	all := r.res.Findings
	r.res.Findings = s.shown(all)
	r.res.Hidden = len(all) - len(r.res.Findings)
	r.res.HiddenWhat = s.hiddenWhat(all)
	r.res.Suppressed, _ = atLeast(r.res.Suppressed, s.minLevel.level)
}

// hiddenWhat says which findings are not shown, and what would show them; "" if all are.
func (s *settings) hiddenWhat(all []finding.Finding) string {
	least := len(levels)
	byLevel := make([]int, len(levels))
	unsure, sure := 0, slices.Index(confidences, s.minConfidence)
	for i := range all {
		switch l := all[i].Level; {
		case l < s.minLevel.level:
			byLevel[l]++
			least = min(least, int(l))
		case slices.Index(confidences, all[i].Confidence) < sure:
			unsure++
		}
	}
	var parts, what []string
	for l := len(levels) - 1; l > 0; l-- {
		if n := byLevel[l]; n > 0 {
			what = append(what, count(n, levels[l]))
		}
	}
	if len(what) > 0 {
		show := "shows them"
		if len(what) == 1 && strings.HasPrefix(what[0], "1 ") {
			show = "shows it"
		}
		parts = append(parts, fmt.Sprintf("%s hidden (--min-level %s %s)", strings.Join(what, " and "), levels[least], show))
	}
	if unsure > 0 {
		parts = append(parts, fmt.Sprintf("%s of lower confidence hidden (--min-confidence low shows all)", count(unsure, "finding")))
	}
	return strings.Join(parts, ", ")
}

// shown gives the findings at or above --min-level and --min-confidence.
func (s *settings) shown(all []finding.Finding) []finding.Finding {
	out, _ := atLeast(all, s.minLevel.level)
	least := slices.Index(confidences, s.minConfidence)
	return slices.DeleteFunc(out, func(f finding.Finding) bool { return slices.Index(confidences, f.Confidence) < least })
}

// tellStats prints what was looked at, so that silence is evidence.
func (r *run) tellStats(w io.Writer) {
	st := &r.found.Stats
	line := func(what string, n int) { fmt.Fprintf(w, "%-34s %d\n", what, n) }
	line("files analysed", r.found.Files)
	line("bytes of Python", r.bytes())
	bySeverity := map[string]int{}
	for _, p := range r.found.Problems {
		bySeverity[[]string{"told", "partly analysed", "not analysed"}[p.Severity]]++
	}
	for _, name := range slices.Sorted(maps.Keys(bySeverity)) {
		line("problems: "+name, bySeverity[name])
	}
	line("functions", st.Functions)
	line("functions followed", st.Followed)
	line("files parsed", r.found.Parsed)
	line("interpretations", st.Activations)
	line("dangerous calls", st.Sites)
	line("calls of something unknown", st.UnknownCalls)
	line("calls resolved by name alone", st.NameCalls)
	line("calls not entered: depth", st.DepthCut)
	line("functions analysed only in part", st.Cut)
	line("of these near a dangerous call", st.CutNear)
	line("functions cut: steps", st.StepCut)
	line("functions cut: effects", st.WriteCut)
	line("contexts merged", st.ContextCut)
	line("open sinks dropped", st.PendingCut)
	line("instructions interpreted", st.Instructions)
	for _, c := range st.Cuts() {
		fmt.Fprintf(w, "limit met %d times: more than %d %s\n", c.Times, c.Max, c.What)
	}
	if r.found.Cached {
		line("taken from the cache", r.found.Files)
	}
	line("rules", len(r.res.Pack.Rules))
	fmt.Fprintf(w, "%-34s %s\n", "rule packs", r.res.Pack.Hash())
	fmt.Fprintf(w, "%-34s %.2f\n", "seconds", r.res.Stats.Seconds)
}

// joinLines makes one error of several messages, one per line; nil of none.
func joinLines(msgs []string) error {
	if len(msgs) == 0 {
		return nil
	}
	return errors.New(strings.Join(msgs, "\n"))
}
