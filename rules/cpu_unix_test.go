//go:build unix

package rules_test

import (
	"syscall"
	"testing"
	"time"
)

// processorTime gives how long the processor has worked for this process.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
