package scan_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/scan"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// soak gives how often a test with random programs repeats: PICKLETRACE_SOAK times as often as in a short run.
func soak(n int) int {
	if k, err := strconv.Atoi(os.Getenv("PICKLETRACE_SOAK")); err == nil && k > 0 {
		return n * k
	}
	return n
}

var sinkMark = regexp.MustCompile(`# S\d+`)

// marked gives the level of what is found at each marked sink, notes aside: these also speak of who else may call a
// function.
func marked(t testing.TB, code string) map[string]finding.Level {
	t.Helper()
	pack, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	file, _ := text.NewFile("m.py", []byte(code))
	res := scan.Files([]*text.File{file}, nil, pack, nil)
	worst := map[string]finding.Level{}
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Level < finding.Warning {
			continue
		}
		mark := sinkMark.FindString(file.Line(f.Sink.Place().Line))
		worst[mark] = max(worst[mark], f.Level)
	}
	return worst
}

// differing are the random programs in which a call and the body differ: the call is louder than it has to be. The causes:
var differing = slices.Concat(
	// A branch that a constant decides, in a function with no sink behind the branch: contexts are made where a constant can
	// decide about a sink or a check, for they cost an interpretation each.
	[]uint64{2, 130, 710, 999, 1032, 1173, 1381, 1499},
	// A long function far from sinks, sources and checks is not followed: what goes in may come out.
	[]uint64{209, 215, 459, 689, 1420},
	// Two parameters are one thing only in the caller: a summary tells them apart, and a check of one is none of the other.
	[]uint64{173, 798},
	// A sum of two inputs of which one is checked and the other one is harmless in the caller: a check of a part is not kept.
	[]uint64{1276},
)

// knownPrograms is how many programs differing speaks of; of more, one in 50 may differ.
const knownPrograms = 1500

// TestCallIsBody: a call of a function finds what its body finds in the place of the call. The programs are random, and
// the same in every run.
func TestCallIsBody(t *testing.T) {
	found, more := 0, 0
	n := uint64(soak(250))
	for seed := range n {
		called, inlined := (&generator{Rand: rand.New(rand.NewPCG(seed, 1))}).twins()
		got, want := marked(t, called), marked(t, inlined)
		if len(got) > 0 {
			found++
		}
		switch equal, known := maps.Equal(got, want), slices.Contains(differing, seed); {
		case equal && known:
			t.Errorf("program %d: the call and the body no longer differ", seed)
		case !equal && !known && seed < knownPrograms:
			t.Errorf("program %d: the call gives %v, the body %v\n%s", seed, got, want, called)
		case !equal && seed >= knownPrograms:
			t.Logf("program %d: the call gives %v, the body %v", seed, got, want)
			more++
		}
	}
	if found < int(n)/4 || more*50 > int(n) {
		t.Errorf("of %d programs %d had findings, and %d differ", n, found, more)
	}
}

// mostWork is what a scan of so many bytes may cost; see workOf.
func mostWork(bytes int) int { return 30_000 + 400*bytes }

// FuzzScan scans code of whatever kind: the engine does not stumble, and what it does is bounded by how much code it is.
func FuzzScan(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(testdata, "flow", "*.py"))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for i, p := range paths {
		if code, err := os.ReadFile(p); err == nil && len(code) < 4000 && (!testing.Short() || i%10 == 0) {
			f.Add(code)
		}
	}
	for seed := range uint64(10) {
		code, _ := (&generator{Rand: rand.New(rand.NewPCG(seed, 2))}).twins()
		f.Add([]byte(code))
	}
	pack, err := builtin()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, code []byte) {
		if len(code) > 20_000 {
			t.Skip()
		}
		file, _ := text.NewFile("m.py", code)
		res := scan.Files([]*text.File{file}, nil, pack, nil)
		for _, p := range res.Problems {
			if p.Kind == "internal" {
				t.Errorf("%s", p.Msg)
			}
		}
		for _, p := range res.Stats.Broken {
			t.Errorf("%s", p.Msg)
		}
		if work := res.Stats.Instructions + res.Stats.Joins + res.Stats.Cells; work > mostWork(len(code)) {
			t.Errorf("%d units of work for %d bytes; at most %d", work, len(code), mostWork(len(code)))
		}
	})
}
