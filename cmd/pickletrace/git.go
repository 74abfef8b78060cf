package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/git"
	"github.com/pickletrace/pickletrace/pkg/report"
)

// isRepository says whether dir is the top of a git work tree.
func isRepository(dir string) bool { return git.IsTop(dir) }

// withRepository are the formats that tell where the code is from.
var withRepository = []string{"github", "gitlab-codequality", "html", "junit", "markdown", "sarif"}

// needsRepository says whether a report is written that tells where the code is from.
func needsRepository(o *scanOptions) bool {
	return slices.Contains(withRepository, o.format) || slices.ContainsFunc(o.outputs, func(s string) bool {
		format, _, _ := strings.Cut(s, "=")
		return slices.Contains(withRepository, format)
	})
}

// repositoryOf gives where the code is from; nil if that is not known.
func repositoryOf(dir string) *report.Repository {
	if !isRepository(dir) {
		return nil
	}
	repo, err := git.Open(dir)
	if err != nil {
		return nil
	}
	defer repo.Close()
	r := &report.Repository{URI: publicURL(repo.Remote("origin")), Name: filepath.Base(dir)}
	r.Revision, r.Branch = repo.Head()
	if u, err := url.Parse(r.URI); err == nil && r.URI != "" {
		r.Name, r.Lines = strings.Trim(u.Path, "/"), linePages(u, r.Revision)
	}
	if at, err := repo.Date("HEAD"); err == nil {
		r.Date = at.UTC().Format(time.DateOnly)
	}
	return r
}

// linePages gives how the repository's page addresses a line of a file; "" where that is not known.
func linePages(u *url.URL, revision string) string {
	base := strings.TrimSuffix(u.String(), "/")
	is := func(host string) bool { // the service itself, or an installation that is called like it
		name := u.Hostname()
		return name == host || strings.HasSuffix(name, "."+host) || !strings.Contains(host, ".") && strings.HasPrefix(name, host+".")
	}
	switch {
	case revision == "":
		return ""
	case is("github.com") || is("github") || base == pageOf("GITHUB_SERVER_URL", "GITHUB_REPOSITORY"):
		return base + "/blob/" + revision + "/{path}#L{line}"
	case is("gitlab.com") || is("gitlab") || base == os.Getenv("CI_PROJECT_URL"):
		return base + "/-/blob/" + revision + "/{path}#L{line}"
	case is("bitbucket.org"):
		return base + "/src/" + revision + "/{path}#lines-{line}"
	case is("dev.azure.com") || is("visualstudio.com"):
		return base + "?path=/{path}&version=GC" + revision + "&line={line}"
	case is("codeberg.org") || is("gitea") || is("forgejo"):
		return base + "/src/commit/" + revision + "/{path}#L{line}"
	}
	return ""
}

func pageOf(server, path string) string { return os.Getenv(server) + "/" + os.Getenv(path) }

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

// changesSince gives the changes from where the work tree left the revision, files that git does not know included, and
// that commit.
func changesSince(dir, revision string) (changes *finding.Changes, base string, err error) {
	if !isRepository(dir) {
		return nil, "", fmt.Errorf("--diff-base: %s is not in a git repository", shownPath(dir))
	}
	repo, err := git.Open(dir)
	if err != nil {
		return nil, "", exit{exitIncomplete, fmt.Errorf("--diff-base: %w", err)}
	}
	defer repo.Close()
	commit, err := mergeBase(repo, revision)
	if err != nil {
		return nil, "", err
	}
	diff, untracked, err := repo.Diff(commit, largestBlob)
	if err != nil {
		return nil, "", exit{exitIncomplete, fmt.Errorf("--diff-base: %w", err)}
	}
	if changes, err = finding.ParseDiff(diff); err != nil {
		return nil, "", exit{exitIncomplete, fmt.Errorf("--diff-base: %w", err)}
	}
	for _, name := range untracked {
		changes.Whole(name)
	}
	return changes, commit.String(), nil
}

// mergeBase gives the commit where HEAD and the revision went apart.
func mergeBase(repo *git.Repository, revision string) (git.Hash, error) {
	if strings.HasPrefix(revision, "-") {
		return git.Hash{}, fmt.Errorf("--diff-base: %q is no revision", revision)
	}
	commit, err := repo.Resolve(revision)
	if err != nil {
		return git.Hash{}, fmt.Errorf("--diff-base: there is no revision %q%s", revision, noRevisionHint(repo, err))
	}
	head, err := repo.Resolve("HEAD")
	if err != nil {
		return git.Hash{}, fmt.Errorf("--diff-base: there is no commit yet: %w", err)
	}
	base, err := repo.MergeBase(commit, head)
	switch {
	case errors.Is(err, git.ErrUnrelated):
		return base, fmt.Errorf("--diff-base: %q and HEAD have no common ancestor%s", revision, noRevisionHint(repo, err))
	case err != nil:
		return base, exit{exitIncomplete, fmt.Errorf("--diff-base: %w", err)}
	}
	return base, nil
}

// noRevisionHint says what may be the reason that a commit is not there.
func noRevisionHint(repo *git.Repository, err error) string {
	var missing *git.MissingError
	switch {
	case errors.As(err, &missing) && repo.Partial():
		return ": " + err.Error()
	case repo.Shallow():
		return "; the clone is shallow: fetch more of it (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
	}
	if rest, ok := strings.CutPrefix(err.Error(), git.ErrNoRevision.Error()+"; "); ok {
		return "; " + rest
	}
	return ""
}
