package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/report"
)

// git runs a git command in dir. Nothing that the repository configures is run, so that its owner does not matter.
func git(dir string, args ...string) ([]byte, error) {
	safe := []string{"-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-C", dir}
	cmd := exec.Command("git", append(safe, args...)...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") { // set in hooks, they would lead to another repository
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C", "GIT_TERMINAL_PROMPT=0")
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
func (r *run) changed(revision string) error {
	if revision == "" {
		return nil
	}
	diff, err := diffSince(r.settings.base, revision)
	if err != nil {
		return err
	}
	changes, err := finding.ParseDiff(diff)
	if err != nil {
		return err
	}
	kept, rest := changes.Changed(r.res.Findings, r.found.Sources)
	r.res.Findings = kept
	r.res.Unchanged += len(r.settings.shown(rest))
	return nil
}

// diffSince gives the changes from where the work tree left the revision, files that git does not know included.
func diffSince(dir, revision string) ([]byte, error) {
	if !isRepository(dir) {
		return nil, fmt.Errorf("--diff-base: %s is not in a git repository", shownPath(dir))
	}
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("--diff-base: %q is no revision", revision)
	}
	if _, err := git(dir, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("--diff-base: there is no revision %q%s", revision, shallowHint(dir))
	}
	base, err := git(dir, "merge-base", revision, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("--diff-base: %q and HEAD have no common ancestor%s", revision, shallowHint(dir))
	}
	format := []string{"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--unified=3", "--src-prefix=a/", "--dst-prefix=b/"}
	diff, err := git(dir, append(format, strings.TrimSpace(string(base)), "--")...)
	if err != nil {
		return nil, fmt.Errorf("--diff-base: %w", err)
	}
	untracked, err := git(dir, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, fmt.Errorf("--diff-base: %w", err)
	}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".ipynb") {
			// The exit code only says that the file is not empty.
			added, _ := git(dir, append(append(format[:len(format):len(format)], "--no-index", "--", os.DevNull), name)...)
			diff = append(diff, added...)
		}
	}
	return diff, nil
}

func shallowHint(dir string) string {
	if out, err := git(dir, "rev-parse", "--is-shallow-repository"); err == nil && strings.TrimSpace(string(out)) == "true" {
		return "; the clone is shallow: fetch more of it (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
	}
	return ""
}
