package git

import (
	"bytes"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing/format/config"

	"github.com/pickletrace/pickletrace/pkg/disk"
)

// readConfig reads the repository's own configuration; what cannot be read is empty. What it says is only ever shown or
// refused, and files that it includes are not read.
func readConfig(common string) (c *config.Config) {
	data, err := disk.ReadOwn(filepath.Join(common, "config"), maxConfig)
	if err != nil {
		return config.New()
	}
	defer func() {
		if recover() != nil {
			c = config.New()
		}
	}()
	c = config.New()
	if err := config.NewDecoder(bytes.NewReader(data)).Decode(c); err != nil {
		return config.New()
	}
	return c
}

// setting gives one value of the configuration, "" if there is none.
func (r *Repository) setting(section, sub, key string) string {
	s := r.config.Section(section)
	if sub != "" {
		return s.Subsection(sub).Options.Get(key)
	}
	return s.Options.Get(key)
}
