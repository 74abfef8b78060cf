package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/cache"
)

// openCache gives the cache that a scan may use: none if the user wants none, and none that lies in what is scanned, for
// whoever wrote that could decide the result.
func (s *settings) openCache() *cache.Cache {
	c := cache.Default()
	if s.noCache || c == nil {
		return nil
	}
	dir := nearestReal(c.Dir())
	for _, root := range append([]string{s.base}, s.roots...) {
		real, err := realPath(root)
		if err != nil || within(real, dir) {
			return nil
		}
	}
	return c
}

// nearestReal resolves the symbolic links of a path, of which the last parts need not be there.
func nearestReal(path string) string {
	real, err := filepath.EvalSymlinks(path)
	if up := filepath.Dir(path); err != nil && up != path {
		return filepath.Join(nearestReal(up), filepath.Base(path))
	}
	if err != nil {
		return path
	}
	return real
}

// buildID says what program this is. Builds of the same revision are the same; what was built of changed files, or of
// nobody knows what, is told by its bytes. "" if even these cannot be read.
var buildID = sync.OnceValue(func() string {
	if b := thisBuild(); b.Version != "devel" || b.Revision != "" && !b.Modified {
		return b.String() + " " + b.Revision
	}
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(self)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
})

var errNoCache = errors.New("this user has no cache folder: neither XDG_CACHE_HOME nor HOME names one")

func (a *app) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show or empty the cache of results",
		Long: "Results of scans are kept below the user's cache folder, so that scanning the same files again with the same\n" +
			"program, rules and settings costs little. Reports are the same with and without. --no-cache does without.",
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "info",
			Short: "Print where the cache is and how large",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				c := cache.Default()
				if c == nil {
					return errNoCache
				}
				n, size := c.Size()
				_, err := fmt.Fprintf(a.out, "folder   %s\nentries  %d\nbytes    %d of at most %d\n", c.Dir(), n, size, int64(cache.MaxBytes))
				return err
			},
		},
		&cobra.Command{
			Use:   "clean",
			Short: "Remove all that is in the cache",
			Args:  cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				c := cache.Default()
				if c == nil {
					return errNoCache
				}
				return c.Clean()
			},
		},
	)
	return cmd
}
