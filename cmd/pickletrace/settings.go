package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pickletrace/pickletrace/pkg/config"
	"github.com/pickletrace/pickletrace/pkg/disk"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// settings are what a scan does: flags, and for what no flag says the configuration file.
type settings struct {
	roots []string // as the user named them
	base  string   // the absolute folder that paths in reports are relative to

	include        []string // globs relative to base
	exclude        []string // the same
	forceExclude   bool
	noDefaultSkips bool
	noGitignore    bool
	strict         bool
	maxFileSize    int64
	rules          []string
	noDefaultRules bool
	threatModel    []string
	selected       []string
	disabled       []string
	minLevel       levelFlag
	minConfidence  string
	failOn         levelFlag
	noIgnores      bool
	requireRule    bool
	requireReason  bool
	requireUntil   bool
	foreignIgnores bool
	baseline       string
	noBaseline     bool
	foundBaseline  bool   // by its default name
	follow         string // folder of installed libraries, or auto; "": none
	jobs           int
	eager          bool
	noCache        bool
	quiet          bool
	allowEmpty     bool
	past           *past                               // the state that the scan is compared with; nil without --diff-base
	trustHead      bool                                // the change may decide how it is scanned
	typed          *settings                           // what flags alone say
	instead        func(base string) map[string][]byte // texts in the place of files, by their paths in reports; nil: none
	configFile     string
	isolated       bool
	configFrom     string         // what named the configuration file; "" if it was found
	config         *config.Config // never nil once resolved
	flags          *pflag.FlagSet
	fromConfig     map[string]string // "file:line" of settings that the file gives, by flag
}

func newSettings() *settings {
	return &settings{
		minLevel: levelFlag{level: defaultLevel, allowed: levels[1:]},
		failOn:   levelFlag{level: defaultLevel, allowed: []string{"note", "warning", "error", "never"}},
	}
}

// register adds the flags that every command that scans has.
func (s *settings) register(cmd *cobra.Command) {
	f := cmd.Flags()
	s.flags = f
	f.SetNormalizeFunc(oldNames)
	grouped(cmd)
	f.StringArrayVar(&s.include, "include", nil, "`glob` of the files and folders to scan in the folders that are given; repeatable (default all)")
	f.StringArrayVar(&s.exclude, "exclude", nil, "`glob` of files and folders to leave out; repeatable")
	f.BoolVar(&s.forceExclude, "force-exclude", false, "apply --exclude even to files named on the command line")
	f.BoolVar(&s.noDefaultSkips, "no-default-skips", false, "enter venv, build, node_modules and the like")
	f.BoolVar(&s.noGitignore, "no-gitignore", false, "scan files that git ignores")
	f.BoolVar(&s.allowEmpty, "allow-empty", false, "a folder without Python is no error: exit code 0 instead of 3")
	f.BoolVar(&s.strict, "strict", false, "a file or function that was analysed only in part makes the scan incomplete: exit code 3")
	f.Int64Var(&s.maxFileSize, "max-file-size", 0, "leave out larger files, in `bytes`; -1 is no limit (default 4194304)")
	f.StringArrayVar(&s.rules, "rules", nil, "rule pack, or `folder` of rule packs, to add; repeatable")
	f.BoolVar(&s.noDefaultRules, "no-default-rules", false, "use only the packs of --rules")
	f.StringSliceVar(&s.threatModel, "threat-model", nil, "`kinds` of sources reported at their full level, by commas: "+strings.Join(sourceKinds(), ", ")+" (default all but library)")
	f.StringSliceVar(&s.selected, "select", nil, "report only these `rules`: IDs, names or globs")
	f.StringSliceVar(&s.disabled, "disable", nil, "disable these `rules`: IDs, names or globs")
	f.Var(&s.minLevel, "min-level", "lowest level to report")
	f.StringVar(&s.minConfidence, "min-confidence", "low", "lowest `confidence` to report: high, medium or low")
	f.BoolVar(&s.noIgnores, "no-ignores", false, "ignore no findings: disregard ignore comments")
	f.StringVar(&s.follow, "follow", "", "`folder` of installed libraries (site-packages, or a virtual environment) to follow calls into; auto is the active environment")
	f.IntVarP(&s.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "files to read and parse at a time")
	f.BoolVar(&s.noCache, "no-cache", false, "neither use nor keep results of earlier scans")
	f.StringVar(&s.configFile, "config", "", "configuration `file` (default the nearest .pickletrace.yml or pyproject.toml)")
	f.BoolVar(&s.isolated, "isolated", false, "read no configuration file")
	f.BoolVarP(&s.quiet, "quiet", "q", false, "print nothing when there is nothing to report, and no progress")
	complete(cmd, "min-level", s.minLevel.allowed...)
	complete(cmd, "min-confidence", confidences...)
	completeList(cmd, "threat-model", func() []string { return sourceKinds() })
	for _, flag := range []string{"select", "disable"} {
		completeList(cmd, flag, func() []string { return s.ruleWords() })
	}
}

// resolve finds the configuration file for the paths and fills in what no flag says.
func (s *settings) resolve(paths []string) error {
	s.roots = paths
	if len(paths) == 0 {
		s.roots = []string{"."}
	}
	s.base = text.CommonBase(s.roots)
	if abs, err := filepath.Abs(s.base); err == nil {
		s.base = abs
	}
	typed := *s
	s.typed = &typed
	var err error
	if s.config, err = s.findConfig(); err != nil {
		return err
	}
	if c := s.config; c.File != "" && within(c.Dir, s.base) {
		s.base = c.Dir // without a repository the file's folder is the project
	}
	s.merge()
	return s.insideTree()
}

// findBaseline takes the baseline that has its default name beside the configuration file, or at the top of the project, if
// none is named: so it is where pickletrace baseline create writes it.
func (s *settings) findBaseline() error {
	at := filepath.Join(s.base, defaultBaseline)
	if s.baseline != "" || s.isolated || s.noBaseline || !exists(at) {
		return nil
	}
	if err := disk.Inside(s.base, at); err != nil {
		return fmt.Errorf("%s: only a file inside the scanned project is taken for its baseline: %w", shownPath(at), err)
	}
	s.baseline, s.foundBaseline = at, true
	return nil
}

// fileOrFolder says, as an error, that a path is neither a regular file nor a folder.
func fileOrFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = disk.ErrIrregular
	}
	return err
}

// insideTree refuses files that the tree's own configuration names and that are not in the tree, also where links lead
// out of it: whoever wrote it could have others read, and quoted in messages. A file that lies elsewhere is the user's.
func (s *settings) insideTree() error {
	if s.config.File == "" || !within(s.base, s.config.Dir) {
		return nil
	}
	check := func(key, path string, line int) error {
		rel, err := filepath.Rel(s.base, path)
		if err == nil && filepath.IsLocal(rel) {
			if _, err = os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
				return nil // told by whoever reads it
			}
			if err = disk.Inside(s.base, path); err == nil {
				err = fileOrFolder(path)
			}
		} else {
			err = disk.ErrOutside
		}
		if err != nil {
			return fmt.Errorf("%s: %s: only files inside the scanned project can be named here; give others on the command line", s.config.At(line), key)
		}
		return nil
	}
	for i, w := range s.config.Rules {
		if err := check("rules", s.rules[i], w.Line); err != nil {
			return err
		}
	}
	if s.fromConfig["baseline"] != "" {
		return check("baseline", s.baseline, s.config.Line("baseline"))
	}
	return nil
}

// findConfig reads the file that --config, the environment or the place of the scanned files decides on.
func (s *settings) findConfig() (*config.Config, error) {
	if s.past != nil && !s.trustHead {
		return s.pastConfig()
	}
	env := os.Getenv("PICKLETRACE_CONFIG")
	switch {
	case s.configFile != "":
		s.configFrom = "--config"
		return config.Load(s.configFile)
	case s.isolated:
		return config.Default(), nil
	case env != "":
		s.configFrom = "PICKLETRACE_CONFIG"
		return config.Load(env)
	}
	start := deepest(s.roots)
	if start == "" {
		return config.Default(), nil
	}
	return config.Find(start, s.topFor(start))
}

// pastConfig reads the file as it was before the change, as if it were where it is now. One that was not there before
// counts for nothing.
func (s *settings) pastConfig() (*config.Config, error) {
	named := s.configFile
	s.configFrom = "--config"
	if env := os.Getenv("PICKLETRACE_CONFIG"); named == "" && !s.isolated && env != "" {
		named, s.configFrom = env, "PICKLETRACE_CONFIG"
	}
	var c *config.Config
	var err error
	switch {
	case named != "":
		at := s.past.then(named)
		if !exists(at) && exists(named) {
			return config.Default(), nil
		}
		c, err = config.Load(at)
	case s.isolated:
		s.configFrom = ""
		return config.Default(), nil
	default:
		s.configFrom = ""
		start := deepest(s.roots)
		if start == "" {
			return config.Default(), nil
		}
		start = s.past.then(start)
		for !exists(start) && start != s.past.dir && within(s.past.dir, start) {
			start = filepath.Dir(start)
		}
		c, err = config.Find(start, s.past.dir)
	}
	if err != nil {
		return nil, fmt.Errorf("the state before: %w", err)
	}
	return s.past.moved(c), nil
}

// moved is a configuration of the state before as if it were in the work tree.
func (p *past) moved(c *config.Config) *config.Config {
	if c.File == "" || !within(p.dir, c.Dir) {
		return c
	}
	out := *c
	out.Dir = p.now(c.Dir)
	out.File = shownPath(filepath.Join(out.Dir, filepath.Base(c.File)))
	return &out
}

// gatePath gives where something that decides about the scan is read: as it was before the change, unless that is trusted.
func (s *settings) gatePath(path string) string {
	if s.past == nil || s.trustHead {
		return path
	}
	return s.past.then(path)
}

// packs loads the rule packs that the settings name. What a change adds is none of them.
func (s *settings) packs() (*rule.Pack, error) {
	var named []string
	for _, p := range s.rules {
		if at := s.gatePath(p); at == p || exists(at) || !exists(p) {
			named = append(named, p)
		}
	}
	return loadPacksAt(named, s.noDefaultRules && (len(named) > 0 || len(s.rules) == 0), s.gatePath)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// topFor gives the folder where the search for a configuration file ends: the top of the repository, or without one the
// current folder if the scanned files are in it. Whoever can write further up must not decide about this scan.
func (s *settings) topFor(start string) string {
	top := text.CommonBase([]string{start})
	if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
		return top
	}
	if cwd, err := os.Getwd(); err == nil && within(cwd, start) {
		return cwd
	}
	return start
}

// deepest gives the deepest folder that holds all paths that exist, "" if none does.
func deepest(paths []string) string {
	out := ""
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err == nil {
			abs, err = filepath.EvalSymlinks(abs)
		}
		if err != nil {
			continue
		}
		if info, err := os.Stat(abs); err != nil || !info.IsDir() {
			abs = filepath.Dir(abs)
		}
		if out == "" {
			out = abs
		}
		for !within(out, abs) {
			out = filepath.Dir(out)
		}
	}
	return out
}

// within says whether path is dir or below it; both are absolute.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// merge takes over from the file what no flag says. Lists of flags add to those of the file, except for the choice of
// rules and of the threat model, where a flag replaces.
func (s *settings) merge() {
	c := s.config
	s.fromConfig = map[string]string{}
	take := func(flag, key string, set func()) {
		if c.Line(key) > 0 && (s.flags.Lookup(flag) == nil || !s.flags.Changed(flag)) {
			s.fromConfig[flag] = c.At(c.Line(key))
			set()
		}
	}
	s.include = slices.Concat(s.globs(c.Dir, texts(c.Include)), s.globs(".", s.include))
	s.exclude = slices.Concat(s.globs(c.Dir, texts(c.Exclude)), s.globs(".", s.exclude))
	s.disabled = slices.Concat(texts(c.Disable), s.disabled)
	s.rules = slices.Concat(s.files(c.Rules), s.rules)
	take("no-default-rules", "default-rules", func() { s.noDefaultRules = !c.DefaultRules })
	take("no-gitignore", "gitignore", func() { s.noGitignore = !c.GitIgnore })
	take("strict", "strict", func() { s.strict = c.Strict })
	take("max-file-size", "max-file-size", func() { s.maxFileSize = c.MaxFileSize })
	take("select", "select", func() { s.selected = texts(c.Select) })
	take("threat-model", "threat-model", func() { s.threatModel = texts(c.ThreatModel) })
	take("min-level", "min-level", func() { _ = s.minLevel.Set(c.MinLevel) }) // config allows only levels
	take("min-confidence", "min-confidence", func() { s.minConfidence = c.MinConfidence })
	take("fail-on", "fail-on", func() { _ = s.failOn.Set(c.FailOn) })
	take("baseline", "baseline", func() { s.baseline = filepath.Join(c.Dir, filepath.FromSlash(c.Baseline)) })
	s.requireRule, s.requireReason, s.requireUntil, s.foreignIgnores = c.RequireRule, c.RequireReason, c.RequireUntil, c.ForeignIgnore
}

func texts(ws []config.Word) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.Text
	}
	return out
}

// files makes paths of the configuration file absolute.
func (s *settings) files(ws []config.Word) []string {
	out := texts(ws)
	for i, p := range out {
		if !filepath.IsAbs(p) {
			out[i] = filepath.Join(s.config.Dir, filepath.FromSlash(p))
		}
	}
	return out
}

// globs makes globs that are relative to a folder relative to the base. A folder outside of the base counts as the base.
func (s *settings) globs(dir string, globs []string) []string {
	rel := "."
	if abs, err := filepath.Abs(dir); err == nil && within(s.base, abs) {
		rel, _ = filepath.Rel(s.base, abs)
	}
	out := make([]string, len(globs))
	for i, g := range globs {
		out[i] = text.GlobIn(filepath.ToSlash(rel), g)
	}
	return out
}

// namedGlobs gives the globs that are told if they fit nothing, with what to call them. Those of the configuration file
// only where all of its folder is scanned: it speaks of more than one run.
func (s *settings) namedGlobs() map[string]string {
	named := map[string]string{}
	name := func(all []string, fromFile []config.Word, key string) {
		for i, g := range all {
			if i >= len(fromFile) {
				named[g] = fmt.Sprintf("--%s %q", key, strings.TrimPrefix(g, "/"))
			} else if s.whole() {
				named[g] = fmt.Sprintf("%s: %s %q", s.config.At(fromFile[i].Line), key, fromFile[i].Text)
			}
		}
	}
	name(s.include, s.config.Include, "include")
	name(s.exclude, s.config.Exclude, "exclude")
	return named
}

// whole says whether all of the configuration file's folder is scanned.
func (s *settings) whole() bool {
	return slices.ContainsFunc(s.roots, func(r string) bool {
		real, err := realPath(r)
		return err == nil && within(real, s.config.Dir)
	})
}

func (s *settings) find() text.FindOptions {
	return text.FindOptions{
		Roots: s.roots, Base: s.base, Include: s.include, Exclude: s.exclude, ForceExclude: s.forceExclude, Named: s.namedGlobs(), AllowEmpty: s.allowEmpty,
		MaxSize: s.maxFileSize, MaxSizeOfTree: s.fromConfig["max-file-size"] != "" && s.configFrom == "", NoDefaultSkips: s.noDefaultSkips, NoIgnoreFiles: s.noGitignore,
	}
}

// check tells of flags whose values cannot be.
func (s *settings) check() error {
	if !slices.Contains(confidences, s.minConfidence) {
		return fmt.Errorf("--min-confidence: %w", oneOf(s.minConfidence, confidences))
	}
	if s.flags.Changed("jobs") && s.jobs < 1 {
		return fmt.Errorf("--jobs: must be at least 1 (got %d)", s.jobs)
	}
	if s.flags.Changed("max-file-size") && (s.maxFileSize == 0 || s.maxFileSize < -1) {
		return fmt.Errorf("--max-file-size: want a number of bytes above 0, or -1 for no limit (got %d)", s.maxFileSize)
	}
	return nil
}
