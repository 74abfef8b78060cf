package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWithoutNetwork scans where there is no network at all, not even loopback: the outcome is that of the demo.
func TestWithoutNetwork(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	demo, err := filepath.Abs("../../testdata/demo")
	if err != nil {
		t.Fatal(err)
	}
	command := filepath.Join(t.TempDir(), "pickletrace")
	if err := os.Symlink(self, command); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(command, "scan", "--isolated", demo)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}}
	out, err := cmd.Output()
	var e *exec.ExitError
	if err != nil && !errors.As(err, &e) {
		t.Skipf("no namespaces here: %v", err)
	}
	if e == nil || e.ExitCode() != exitFindings || !strings.Contains(string(out), "5 findings") {
		t.Errorf("without a network the scan of the demo ends with %v:\n%.300s", err, out)
	}
}
