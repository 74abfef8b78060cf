package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// isTerminal says whether a person reads what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// useColor decides by the flag, then by what the environment asks for, then by where the output goes.
func useColor(flag string, w io.Writer) bool {
	switch {
	case flag == "always":
		return true
	case flag == "never", os.Getenv("NO_COLOR") != "":
		return false
	case isSet("FORCE_COLOR"), isSet("CLICOLOR_FORCE"):
		return true
	}
	return isTerminal(w) && showsEscapes(w) && os.Getenv("CLICOLOR") != "0"
}

// showsEscapes says whether a terminal obeys escape sequences.
func showsEscapes(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && (isatty.IsCygwinTerminal(f.Fd()) || obeysEscapes(f))
}

// columns gives how wide the reader's terminal is: what COLUMNS says, else what the terminal does; 0 for neither.
func columns(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil {
			return n
		}
	}
	return 0
}

func isSet(name string) bool {
	v := os.Getenv(name)
	return v != "" && v != "0" && v != "false"
}

// progress shows on a terminal that the scan goes on and for how long it has; the function it gives ends that.
func (a *app) progress(quiet bool) (stop func()) {
	if quiet || a.tty == nil || !isTerminal(a.tty) || !showsEscapes(a.tty) || isSet("CI") {
		return func() {}
	}
	tick := time.NewTicker(time.Second)
	end := spin(a.tty, tick.C)
	return func() { tick.Stop(); end() }
}

// spin tells at each tick how many there were; the function it gives takes the line away.
func spin(w io.Writer, tick <-chan time.Time) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; {
			select {
			case <-done:
				if n > 0 {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			case <-tick:
				n++
				fmt.Fprintf(w, "\r\x1b[Kscanning … %d s", n)
			}
		}
	})
	return func() { close(done); wg.Wait() }
}
