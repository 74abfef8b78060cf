//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestInterrupt interrupts a scan that waits for a rule pack, which is a pipe: by then the signals are caught.
func TestInterrupt(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	command, pipe := filepath.Join(dir, "pickletrace"), filepath.Join(dir, "pack.yaml")
	if err := errors.Join(os.Symlink(self, command), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(command, "scan", "--isolated", "--rules", pipe, dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.OpenFile(pipe, os.O_WRONLY, 0); err != nil { // opens when the scan reads
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var e *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &e) || e.ExitCode() != exitInterrupt {
		t.Errorf("the scan ended with %v, want exit code %d", err, exitInterrupt)
	}
}
