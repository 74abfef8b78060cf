package scripts

import (
	"os"
	"os/exec"
	"syscall"
)

// confine makes the command run with another root folder and as another user; false if this process may not do that.
func confine(cmd *exec.Cmd, root string, user uint32) bool {
	if os.Geteuid() != 0 {
		return false
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: user, Gid: user}}
	return true
}
