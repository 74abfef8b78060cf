package manifest

// Pixi takes packages from conda channels and from the package index, in a file of its own or in pyproject.toml. Parts of
// it that count for some platforms or features alone have the same tables inside.

// readPixi reads pixi.toml.
func (s *source) readPixi() {
	var root table
	if s.toml(&root) {
		s.pixi(root)
	}
}

// pixi declares what a workspace of pixi takes.
func (s *source) pixi(t table) {
	s.pixiPart(t, required, nil)
	for _, name := range t.sub("feature").keys() {
		s.pixiPart(t.sub("feature", name), groupStrength(name), nil)
	}
}

// pixiPart declares the packages of the workspace, of a feature, or of a platform.
func (s *source) pixiPart(t table, st strength, when *marker) {
	conda := t.sub("dependencies")
	for _, name := range conda.keys() {
		s.pixiLine(name)
		s.pixiConda(name, pixiVersion(conda[name]), st, when)
	}
	index := t.sub("pypi-dependencies")
	for _, name := range index.keys() {
		s.pixiLine(name)
		s.poetryDependency(name, index[name], st, when)
	}
	for _, platform := range t.sub("target").keys() {
		s.pixiPart(t.sub("target", platform), st, unknownMarker) // alternatives
	}
}

// pixiConda declares a package of a channel.
func (s *source) pixiConda(name, spec string, st strength, when *marker) {
	set, ok := condaSet(spec)
	if !ok {
		s.oddf("%s: %q is not a version specification; it is taken to allow every version", name, spec)
	}
	if name == condaPython {
		if ok && !full(set) {
			s.python, s.hasPy = set, true
		}
		return
	}
	if index, differs := condaNames()[name]; differs {
		name = index
	}
	s.add(name, set, st, when, name+" "+spec)
}

// pixiVersion gives the version of a package: a text, or one of a table.
func pixiVersion(v any) string {
	if t, ok := v.(map[string]any); ok {
		return table(t).str("version")
	}
	text, _ := v.(string)
	return text
}

func (s *source) pixiLine(name string) {
	if s.line = s.lineOf("\n" + name + " "); s.line > 0 {
		s.line++
	} else {
		s.line = s.lineOf(name)
	}
}
