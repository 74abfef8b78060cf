package scan

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// Libraries are followed into: of those that the tree imports, and that these import in turn, the files are read beside the
// tree, and parsed as far as calls of the tree reach. Nothing is reported of them by themselves.

// followedFolder is where the files of followed libraries lie, seen from the program. No report shows it.
const followedFolder = "~installed"

// followBounds bound what is read of libraries, in all.
var followBounds = struct{ files, bytes int }{6000, 64 << 20}

func isFollowed(f *text.File) bool { return strings.HasPrefix(f.Path, followedFolder+"/") }

// follow reads the libraries that files import, if the options say where they are. A library of which a built-in pack says
// what matters is not read; of one that would be too much, nothing is, and that is told.
func follow(files []*text.File, pack *rule.Pack, opts *Options) (libs []*text.File, problems []text.Problem) {
	if opts.Follow == "" {
		return nil, nil
	}
	seen := ownPackages(files)
	for _, lib := range pack.Libraries {
		seen[lib.Name] = true
	}
	var skipped []string
	size := 0
	for next := newHeads(files, seen); len(next) > 0; {
		var met []*text.File
		for _, head := range next {
			fs := library(opts, head)
			n := 0
			for _, f := range fs {
				n += len(f.Text)
			}
			if len(libs)+len(fs) > followBounds.files || size+n > followBounds.bytes {
				skipped = append(skipped, head)
				continue
			}
			libs, met, size = append(libs, fs...), append(met, fs...), size+n
		}
		next = newHeads(met, seen)
	}
	if len(skipped) > 0 {
		slices.Sort(skipped)
		problems = append(problems, text.Problem{Severity: text.Info, Kind: "not-followed", Count: len(skipped),
			Msg: fmt.Sprintf("libraries not followed, because more than %d files or %d MiB would be read: %s", followBounds.files, followBounds.bytes>>20, strings.Join(skipped, ", "))})
	}
	return libs, problems
}

// newHeads gives the packages that files import and that were not seen, sorted, and notes them as seen.
func newHeads(files []*text.File, seen map[string]bool) []string {
	var out []string
	for _, f := range files {
		for _, head := range text.ImportedHeads(f.Text) {
			if !seen[head] {
				seen[head] = true
				out = append(out, head)
			}
		}
	}
	slices.Sort(out)
	return out
}

// ownPackages gives the names of the packages and single modules that the tree itself holds.
func ownPackages(files []*text.File) map[string]bool {
	packages := map[string]bool{}
	for _, f := range files {
		if p := f.ModulePath(); path.Base(p) == "__init__.py" {
			packages[path.Dir(p)] = true
		}
	}
	out := map[string]bool{}
	for p := range packages {
		if !packages[path.Dir(p)] {
			out[path.Base(p)] = true
		}
	}
	for _, f := range files {
		if p := f.ModulePath(); path.Dir(p) == "." || path.Dir(p) == "src" {
			out[strings.TrimSuffix(path.Base(p), path.Ext(p))] = true
		}
	}
	return out
}

// library reads the files of one package or module of the folder. Links are not followed out of it, and its own tests are
// left out.
func library(opts *Options, head string) []*text.File {
	root := opts.Follow + "/" + head
	if info, err := os.Lstat(root); err != nil || !info.IsDir() {
		root += ".py"
		if info, err := os.Lstat(root); err != nil || !info.Mode().IsRegular() {
			return nil
		}
	}
	found, _ := text.Find(text.FindOptions{Roots: []string{root}, Base: opts.Follow, Exclude: []string{"tests", "test"}, AllowEmpty: true,
		NoDefaultSkips: true, NoIgnoreFiles: true})
	found = slices.DeleteFunc(found, func(f text.Found) bool { return path.Ext(f.Path) != ".py" || strings.HasPrefix(f.Path, "..") })
	out := make([]*text.File, len(found))
	each(len(found), opts.Jobs, func(i int) {
		found[i].Path = followedFolder + "/" + found[i].Path
		out[i], _ = found[i].Read()
	})
	return slices.DeleteFunc(out, func(f *text.File) bool { return f == nil })
}

// namedBy says whether a pack says something of a dotted name, or if it is that of a class, of something below it. What holds
// for methods of a name on any object does not count.
func namedBy(pack *rule.Pack) func(name string) bool {
	below := map[string]bool{}
	for _, m := range pack.Matchers() {
		name, _, _ := strings.Cut(m.Pattern, "*")
		name, _, _ = strings.Cut(name, "{")
		for i := strings.LastIndexByte(name, '.'); i > 0; i = strings.LastIndexByte(name[:i], '.') {
			below[name[:i]] = true
		}
	}
	said := map[string]bool{}
	return func(name string) bool {
		is, asked := said[name]
		if !asked {
			last := name[strings.LastIndexByte(name, '.')+1:]
			isClass := last != "" && last[0] >= 'A' && last[0] <= 'Z'
			is = isClass && below[pack.Canonical(name)] || pack.Speaks(name)
			said[name] = is
		}
		return is
	}
}
