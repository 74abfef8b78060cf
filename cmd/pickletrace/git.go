package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
)

// safeGit keeps git from running what a repository configures, and from the network, so that its owner does not matter:
// a scanned tree is not trusted. What files are ignored must not depend on the machine.
var safeGit = []string{"-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	"-c", "core.excludesFile=", "-c", "core.quotePath=false", "-c", "protocol.allow=never"}

// gitCommand is a git command in dir.
func gitCommand(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("git", slices.Concat(safeGit, []string{"-C", dir}, args)...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") { // set in hooks, they would lead to another repository
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C", "GIT_TERMINAL_PROMPT=0")
	return cmd
}

// git runs a git command in dir and gives what it prints.
func git(dir string, args ...string) ([]byte, error) {
	cmd := gitCommand(dir, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if msg := strings.TrimSpace(stderr.String()); msg != "" {
			err = errors.New(msg)
		}
		return out, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out, nil
}

// isRepository says whether dir is the top of a git work tree.
func isRepository(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ".git"))
	return err == nil
}

// needsRepository says whether a report is written that tells where the code is from.
func needsRepository(o *scanOptions) bool {
	if o.format == "sarif" {
		return true
	}
	for _, s := range o.outputs {
		if strings.HasPrefix(s, "sarif=") {
			return true
		}
	}
	return false
}

// repositoryOf asks git where the code is from; nil if that is not known.
func repositoryOf(dir string) *report.Repository {
	if !isRepository(dir) {
		return nil
	}
	ask := func(args ...string) string {
		out, err := git(dir, args...)
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	r := &report.Repository{URI: publicURL(ask("config", "--get", "remote.origin.url"))}
	if r.URI == "" {
		return nil
	}
	r.Revision, r.Branch = ask("rev-parse", "HEAD"), ask("branch", "--show-current")
	return r
}

// publicURL turns the URL of a remote into that of its page, without user and password; "" if it is no such URL.
func publicURL(remote string) string {
	if user, rest, ok := strings.Cut(remote, "@"); ok && !strings.Contains(user, "/") && !strings.Contains(remote, "://") {
		host, path, ok := strings.Cut(rest, ":") // git@host:owner/name
		if !ok {
			return ""
		}
		remote = "https://" + host + "/" + path
	}
	u, err := url.Parse(remote)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "ssh" {
		return ""
	}
	scheme, host := u.Scheme, u.Host
	if scheme == "ssh" {
		scheme, host = "https", u.Hostname()
	}
	return (&url.URL{Scheme: scheme, Host: host, Path: strings.TrimSuffix(u.Path, ".git")}).String()
}

// changed takes out the findings that have nothing to do with the changes since the revision; "" is none. The whole
// code was scanned: a change in one file can make a flow through others.
func (r *run) changed(a *app, revision string) error {
	if revision == "" {
		return nil
	}
	changes, base, err := changesSince(r.settings.base, revision)
	if err != nil {
		return err
	}
	kept, rest := changes.Changed(r.res.Findings, r.found.Sources)
	if !changes.Empty() {
		fresh, old, err := r.brought(a, base, rest)
		if err != nil {
			return err
		}
		rest = old
		kept = append(kept, fresh...)
		finding.Sort(kept)
	}
	r.res.Findings = kept
	r.res.Unchanged += len(r.settings.shown(rest))
	return nil
}

// changesSince gives the changes from where the work tree left the revision, files that git does not know included, and
// that commit.
func changesSince(dir, revision string) (changes *finding.Changes, base string, err error) {
	if !isRepository(dir) {
		return nil, "", fmt.Errorf("--diff-base: %s is not in a git repository", shownPath(dir))
	}
	if base, err = mergeBase(dir, revision); err != nil {
		return nil, "", err
	}
	diff, err := git(dir, slices.Concat(withoutFilters(dir), diffArgs, []string{base, "--"})...)
	if err != nil {
		return nil, "", fmt.Errorf("--diff-base: %w", err)
	}
	if changes, err = finding.ParseDiff(diff); err != nil {
		return nil, "", fmt.Errorf("--diff-base: %w", err)
	}
	untracked, err := git(dir, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, "", fmt.Errorf("--diff-base: %w", err)
	}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if name != "" {
			changes.Whole(name)
		}
	}
	return changes, base, nil
}

// diffArgs make the same diff whatever the user and the repository configure.
var diffArgs = []string{"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--unified=3", "--inter-hunk-context=0",
	"--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=all", "--diff-algorithm=default", "-O" + os.DevNull}

// withoutFilters are the options that turn off each filter of the repository: to compare a file of the work tree git
// would run it.
func withoutFilters(dir string) []string {
	out, err := git(dir, "config", "--null", "--name-only", "--get-regexp", `^filter\.`)
	if err != nil {
		return nil // there is none
	}
	var opts []string
	for name := range strings.SplitSeq(string(out), "\x00") {
		if i := strings.LastIndexByte(name, '.'); i > len("filter") {
			driver := name[:i]
			opts = append(opts, "-c", driver+".clean=", "-c", driver+".process=", "-c", driver+".smudge=", "-c", driver+".required=false")
		}
	}
	return opts
}

// mergeBase gives the commit where HEAD and the revision went apart.
func mergeBase(dir, revision string) (string, error) {
	if strings.HasPrefix(revision, "-") {
		return "", fmt.Errorf("--diff-base: %q is no revision", revision)
	}
	if _, err := git(dir, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
		return "", fmt.Errorf("--diff-base: there is no revision %q%s", revision, shallowHint(dir))
	}
	base, err := git(dir, "merge-base", revision, "HEAD")
	if err != nil {
		return "", fmt.Errorf("--diff-base: %q and HEAD have no common ancestor%s", revision, shallowHint(dir))
	}
	return strings.TrimSpace(string(base)), nil
}

func shallowHint(dir string) string {
	if out, err := git(dir, "rev-parse", "--is-shallow-repository"); err == nil && strings.TrimSpace(string(out)) == "true" {
		return "; the clone is shallow: fetch more of it (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
	}
	return ""
}
