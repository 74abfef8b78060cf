package main

import (
	"net/url"
	"testing"
)

// TestLinePages: how the pages of the usual services address a line.
func TestLinePages(t *testing.T) {
	t.Setenv("GITHUB_SERVER_URL", "https://code.example.com")
	t.Setenv("GITHUB_REPOSITORY", "o/r")
	t.Setenv("CI_PROJECT_URL", "https://git.example.com/o/r")
	for remote, want := range map[string]string{
		"git@github.com:o/r.git":                "https://github.com/o/r/blob/abc/{path}#L{line}",
		"https://user:pw@gitlab.com/g/o/r.git":  "https://gitlab.com/g/o/r/-/blob/abc/{path}#L{line}",
		"ssh://git@gitlab.acme.test:22/o/r.git": "https://gitlab.acme.test/o/r/-/blob/abc/{path}#L{line}",
		"https://code.example.com/o/r":          "https://code.example.com/o/r/blob/abc/{path}#L{line}",
		"https://git.example.com/o/r.git":       "https://git.example.com/o/r/-/blob/abc/{path}#L{line}",
		"https://bitbucket.org/o/r":             "https://bitbucket.org/o/r/src/abc/{path}#lines-{line}",
		"https://dev.azure.com/o/p/_git/r":      "https://dev.azure.com/o/p/_git/r?path=/{path}&version=GCabc&line={line}",
		"https://codeberg.org/o/r":              "https://codeberg.org/o/r/src/commit/abc/{path}#L{line}",
		"https://unknown.test/o/r":              "",
		"https://notgithub.com.evil.test/o/r":   "",
	} {
		u, err := url.Parse(publicURL(remote))
		if err != nil {
			t.Fatal(err)
		}
		if got := linePages(u, "abc"); got != want {
			t.Errorf("%s: %s", remote, got)
		}
	}
}
