package scan

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/cache"
	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/manifest"
	"github.com/pickletrace/pickletrace/pkg/rule"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// The result of an unchanged tree is kept. Its key holds everything that analyze reads: the program, the packs, the options,
// and the path and bytes of every file. What comes later (ignore comments, baselines, levels, formats) is done each time.

// analyzeCached gives what analyze gives, from the cache if it holds it.
func analyzeCached(in input, pack *rule.Pack, opts *Options) Result {
	if opts.Cache == nil || opts.Build == "" {
		return analyze(in, pack, opts)
	}
	key := resultKey(in, pack, opts)
	if data, ok := opts.Cache.Get(key); ok {
		if res, ok := thaw(data, in.files, in.beside); ok {
			res.Cached = true
			return res
		}
	}
	res := analyze(in, pack, opts)
	if data := freeze(&res, in.files); data != nil {
		if again, ok := thaw(data, in.files, in.beside); ok && reflect.DeepEqual(again, res) {
			opts.Cache.Put(key, data)
		}
	}
	return res
}

func resultKey(in input, pack *rule.Pack, opts *Options) cache.Key {
	k := cache.NewKey("result")
	k.Add(opts.Build, pack.Hash(), fmt.Sprint(opts.Parse, opts.Least, len(in.files), len(in.beside), len(in.libs)))
	for _, kinds := range []map[string]bool{opts.Taint.Raised, opts.Taint.Lowered} {
		k.Add(fmt.Sprint(len(kinds)))
		k.Add(slices.Sorted(maps.Keys(kinds))...)
	}
	for _, f := range slices.Concat(in.files, in.libs) {
		k.Add(f.Path, f.ModulePath(), string(f.SHA256[:]))
	}
	for _, f := range in.beside {
		sum := sha256.Sum256(f.Data)
		k.Add(f.Path, string(sum[:]))
	}
	return k.Key()
}

// A frozen result has numbers for its files.
type frozen struct {
	Result Result   // without files
	Beside []string // paths of files that are not among the scanned ones
	Files  []int    // in the order of eachFile: index of a scanned file, or below it of one beside; -1 for none
	More   []int    // what Sources has beyond the scanned files, the same way
}

// eachFile calls do with every place in findings that refers to a file, in a fixed order.
func eachFile(fs []finding.Finding, do func(**text.File)) {
	flows := func(fs []finding.Flow) {
		for i := range fs {
			for j := range fs[i].Steps {
				do(&fs[i].Steps[j].File)
			}
		}
	}
	for i := range fs {
		f := &fs[i]
		do(&f.Sink.File)
		flows(f.Flows)
		flows(f.Other)
		for j := range f.Fixes {
			for e := range f.Fixes[j].Edits {
				do(&f.Fixes[j].Edits[e].File)
			}
		}
		if f.Silenced != nil {
			do(&f.Silenced.At.File)
		}
		if f.Wrapper != nil && f.Wrapper.Caller != nil {
			do(&f.Wrapper.Caller.File)
		}
	}
}

// freeze gives a result in bytes, nil if that is not possible. Files are sorted by path.
func freeze(res *Result, files []*text.File) []byte {
	out := frozen{Result: *res}
	number := map[*text.File]int{nil: -1}
	for i, f := range files {
		number[f] = i
	}
	refer := func(f *text.File) int {
		n, ok := number[f]
		if !ok {
			n = len(files) + len(out.Beside)
			number[f] = n
			out.Beside = append(out.Beside, f.Path)
		}
		return n
	}
	var was []*text.File
	eachFile(res.Findings, func(f **text.File) {
		was = append(was, *f)
		out.Files = append(out.Files, refer(*f))
	})
	eachFile(res.Findings, func(f **text.File) { *f = nil }) // findings may share steps: not before all are known
	for _, f := range res.Sources[len(files):] {
		out.More = append(out.More, refer(f))
	}
	out.Result.Sources = nil
	data, err := json.Marshal(&out)
	i := 0
	eachFile(res.Findings, func(f **text.File) {
		*f = was[i]
		i++
	})
	if err != nil {
		return nil
	}
	return data
}

// thaw gives the result that freeze was given, with these files instead; it sorts them as analyze does.
func thaw(data []byte, files []*text.File, beside []manifest.File) (Result, bool) {
	sortFiles(files)
	var in frozen
	if json.Unmarshal(data, &in) != nil {
		return Result{}, false
	}
	all := slices.Clone(files)
	for _, path := range in.Beside {
		all = append(all, fileOf(beside, path))
	}
	ok := true
	file := func(n int) *text.File {
		if n < -1 || n >= len(all) {
			ok = false
		}
		if n < 0 || !ok {
			return nil
		}
		return all[n]
	}
	i := 0
	eachFile(in.Result.Findings, func(f **text.File) {
		if ok = ok && i < len(in.Files); ok {
			*f = file(in.Files[i])
		}
		i++
	})
	res := in.Result
	res.Sources = slices.Clone(files)
	for _, n := range in.More {
		res.Sources = append(res.Sources, file(n))
	}
	return res, ok && i == len(in.Files)
}

// sortFiles puts files in order of their modules' paths.
func sortFiles(files []*text.File) {
	slices.SortStableFunc(files, func(a, b *text.File) int { return strings.Compare(a.ModulePath(), b.ModulePath()) })
}
