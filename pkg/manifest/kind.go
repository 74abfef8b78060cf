package manifest

import (
	"path"
	"slices"
	"strings"
)

// A kind says how a manifest is read and which folder it counts for.
type kind struct {
	read     func(*source) // nil: not a manifest
	folder   string
	strength strength
}

// fixedNames are the manifests with one name.
var fixedNames = map[string]func(*source){
	"pyproject.toml": (*source).readPyproject,
	"setup.cfg":      (*source).readSetupCfg,
	"setup.py":       (*source).readSetupPy,
	"Pipfile":        (*source).readPipfile,
	"pixi.toml":      (*source).readPixi,
	"Pipfile.lock":   (*source).readPipfileLock,
	"uv.lock":        (*source).readPackageLock,
	"poetry.lock":    (*source).readPackageLock,
	"pdm.lock":       (*source).readPackageLock,
	"pylock.toml":    (*source).readPackageLock,
	"PKG-INFO":       (*source).readMetadata,
	".gitlab-ci.yml": (*source).readGitLab,
	".env":           (*source).readDotEnv,
}

// kindOf says what a file is by its path.
func kindOf(p string) kind {
	k := kind{folder: folderOf(p), strength: required}
	name, dir := path.Base(p), path.Base(path.Dir(p))
	if read := fixedNames[name]; read != nil {
		k.read = read
		return k
	}
	lower := strings.ToLower(name)
	ext := path.Ext(lower)
	stem := strings.TrimSuffix(lower, ext)
	isYAML := ext == ".yml" || ext == ".yaml"
	switch {
	case name == "METADATA" && strings.HasSuffix(dir, ".dist-info"):
		k.read = (*source).readMetadata
	case name == "requires.txt" && strings.HasSuffix(dir, ".egg-info"):
		k.read = (*source).readRequires
	case strings.HasPrefix(lower, "pylock.") && ext == ".toml":
		k.read = (*source).readPackageLock
	case isRequirements(stem, ext, dir):
		k.read, k.strength = (*source).readRequirements, namedStrength(stem)
	case isYAML && (strings.Contains(stem, "environment") || strings.HasPrefix(stem, "conda")):
		k.read, k.strength = (*source).readConda, namedStrength(stem)
	case isYAML && (strings.HasPrefix(stem, "docker-compose") || stem == "compose" || strings.HasPrefix(stem, "compose.")):
		k.read = (*source).readCompose
	case isYAML && strings.HasSuffix(path.Dir(p), ".github/workflows"):
		k.read = (*source).readWorkflow
	case lower == "dockerfile" || lower == "containerfile" || strings.HasPrefix(lower, "dockerfile.") || ext == ".dockerfile":
		k.read, k.strength = (*source).readDockerfile, installed
	case ext == ".sh" || ext == ".bash":
		k.read = (*source).readShell
	case strings.HasPrefix(name, ".env.") && !isTemplate(ext):
		k.read = (*source).readDotEnv
	}
	return k
}

// isTemplate says whether the ending marks a file that is copied and filled in, not used.
func isTemplate(ext string) bool {
	return slices.Contains([]string{".example", ".sample", ".template", ".dist"}, ext)
}

// scopeUp are folders whose manifests speak of the folder above.
var scopeUp = map[string]bool{
	"requirements": true, "reqs": true, "requires": true, "docker": true, ".docker": true, "dockerfiles": true,
	".devcontainer": true, "conda": true,
}

// folderOf gives the folder that a manifest counts for.
func folderOf(p string) string {
	dir := path.Dir(p)
	base := path.Base(dir)
	switch {
	case strings.HasSuffix(base, ".egg-info"):
		if dir = path.Dir(dir); path.Base(dir) == "src" {
			dir = path.Dir(dir)
		}
	case strings.HasSuffix(base, ".dist-info"), scopeUp[base]:
		dir = path.Dir(dir)
	}
	return dir
}

// envUp are folders whose variables are those of the program in the folder above, besides scopeUp.
var envUp = map[string]bool{"deploy": true, "deployment": true, "compose": true, "scripts": true, "bin": true, "ci": true, ".ci": true}

// envFolder gives the folder of the program that a file sets variables for.
func envFolder(p string) string {
	if dir, ok := strings.CutSuffix(path.Dir(p), ".github/workflows"); ok {
		return path.Clean(dir)
	}
	dir := folderOf(p)
	if envUp[path.Base(dir)] {
		dir = path.Dir(dir)
	}
	return dir
}

func isRequirements(stem, ext, dir string) bool {
	if ext != ".txt" && ext != ".in" && ext != ".pip" {
		return false
	}
	return strings.Contains(stem, "requirement") || strings.Contains(stem, "constraint") ||
		dir == "requirements" || dir == "reqs" || dir == "requires"
}

// Words in the names of requirements files, extras and groups.
var (
	plainWords = []string{"requirement", "requirements", "reqs", "requires", "environment", "env", "conda", "base", "common",
		"main", "prod", "production", "core", "install", "runtime", "default", "lock", "freeze", "frozen", "app"}
	developmentWords = []string{"dev", "devel", "develop", "development", "developer", "test", "tests", "testing", "doc", "docs",
		"documentation", "lint", "linting", "linter", "ci", "style", "quality", "typing", "types", "mypy", "format", "formatting",
		"bench", "benchmark", "benchmarks", "benchmarking", "example", "examples", "tutorial", "tutorials", "tox", "build",
		"release", "precommit", "coverage", "notebook", "notebooks", "tools"}
)

// namedStrength judges a requirements file by its name.
func namedStrength(stem string) strength {
	words := nameWords(stem)
	if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "constraint") }) {
		return constraint
	}
	if slices.ContainsFunc(words, isDevelopment) {
		return development
	}
	if slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(plainWords, w) }) {
		return optional
	}
	return required
}

// groupStrength judges an extra or a group of dependencies by its name.
func groupStrength(name string) strength {
	if slices.ContainsFunc(nameWords(name), isDevelopment) {
		return development
	}
	return optional
}

func allDevelopment(extras []string) bool {
	return !slices.ContainsFunc(extras, func(e string) bool { return groupStrength(e) != development })
}

func isDevelopment(w string) bool { return slices.Contains(developmentWords, w) }

func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// Known says whether a file of that path may declare versions or set variables.
func Known(p string) bool { return p != "" && kindOf(p).read != nil }
