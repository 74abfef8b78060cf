package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// activeEnvironment stands for the virtual environment that is active.
const activeEnvironment = "auto"

// followed gives the absolute folder of installed libraries that --follow means; "" if it is not given. Only whoever starts
// the scan says where libraries are: a configuration file of the tree cannot.
func (s *settings) followed() (string, error) {
	dir := s.follow
	switch dir {
	case "":
		return "", nil
	case activeEnvironment:
		if dir = os.Getenv("VIRTUAL_ENV"); dir == "" {
			return "", errors.New("--follow auto: no virtual environment is active (VIRTUAL_ENV is not set); name its folder")
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", fmt.Errorf("--follow: %s is not a folder", s.follow)
	}
	if packages := sitePackages(dir); packages != "" {
		dir = packages
	} else if exists(filepath.Join(dir, "pyvenv.cfg")) {
		return "", fmt.Errorf("--follow: there is no site-packages in the virtual environment %s", s.follow)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", fmt.Errorf("--follow: %s cannot be read", s.follow)
	}
	return filepath.ToSlash(dir), nil
}

// sitePackages gives the folder of libraries in a virtual environment, "" if the folder is none; of several, that of the
// last in order.
func sitePackages(dir string) string {
	var found []string
	for _, form := range []string{"lib/python3*/site-packages", "Lib/site-packages"} {
		met, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(form)))
		found = append(found, met...)
	}
	if len(found) == 0 {
		return ""
	}
	slices.Sort(found)
	return found[len(found)-1]
}
