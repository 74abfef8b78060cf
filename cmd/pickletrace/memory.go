package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A scan is short, and memory is cheaper than collecting it, up to a point: below roomy bytes the heap grows to five times
// what lives, above by leastGrowth percent, and beyond mostMemory the collector works as hard as it must.
const (
	roomy       = 320 << 20
	mostGrowth  = 400 // percent
	leastGrowth = 100 // percent
	mostMemory  = 950 << 20
)

// limitMemory tells the collector how to go about its work, unless the environment does.
func limitMemory() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(mostGrowth)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mostMemory)
	}
	runtime.SetFinalizer(new(collection), (*collection).done)
}

// A collection is an object that nothing refers to: done is called whenever the collector has been round. It has a pointer,
// for small objects without one may live on.
type collection struct{ _ *collection }

// done sets how far the heap may grow until the next collection.
func (c *collection) done() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetGCPercent(growth(int64(live[0].Value.Uint64())))
	}
	runtime.SetFinalizer(c, (*collection).done)
}

// growth gives the percent by which a heap may grow of which so many bytes live.
func growth(live int64) int {
	return int(min(mostGrowth, max(leastGrowth, 100*(roomy-live)/max(live, 1))))
}
