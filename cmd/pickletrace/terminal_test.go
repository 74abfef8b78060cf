package main

import (
	"bytes"
	"testing"
	"time"
)

// TestSpin: the line is written anew at each tick, and leaves nothing behind; without a tick there was none.
func TestSpin(t *testing.T) {
	for ticks, want := range map[int]string{
		0: "",
		2: "\r\x1b[Kscanning … 1 s\r\x1b[Kscanning … 2 s\r\x1b[K",
	} {
		var out bytes.Buffer
		tick := make(chan time.Time)
		stop := spin(&out, tick)
		for range ticks {
			tick <- time.Time{}
		}
		stop()
		if out.String() != want {
			t.Errorf("%d ticks: %q", ticks, out.String())
		}
	}
}

// TestProgressIsForTerminals: in a pipe nothing is told.
func TestProgressIsForTerminals(t *testing.T) {
	var out bytes.Buffer
	(&app{err: &out, tty: &out}).progress(false)()
	if out.Len() > 0 {
		t.Errorf("told %q", out.String())
	}
}
