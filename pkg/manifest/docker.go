package manifest

import (
	"maps"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/shell"
)

// A dockerfile is read from top to bottom with the variables that are known: arguments before the first FROM are those of FROM
// lines alone, unless a stage asks for them by name, and a stage has the variables of the one it goes on from.
type dockerfile struct {
	*source
	global map[string]string            // arguments before the first FROM
	vars   map[string]string            // of the stage
	env    map[string]string            // those of them that later stages have, too
	stages map[string]map[string]string // env by the stage's name
	stage  string
	begun  bool // there was a FROM
}

// readDockerfile reads what a Dockerfile installs with pip or conda, the variables it sets and the images it starts from.
func (s *source) readDockerfile() {
	d := &dockerfile{source: s, global: map[string]string{}, vars: map[string]string{}, env: map[string]string{},
		stages: map[string]map[string]string{}}
	for _, in := range instructions(string(s.data)) {
		s.line = in.line
		switch in.name {
		case "FROM":
			d.from(d.fields(in.args, d.global))
		case "ARG":
			d.arg(in.args)
		case "ENV":
			d.environment(&in)
		case "RUN":
			d.run(&in)
		case "CMD", "ENTRYPOINT":
			script, first := in.script(d.vars)
			for _, c := range script.Commands {
				s.options(c, first)
			}
		}
	}
}

func (d *dockerfile) fields(args string, vars map[string]string) []string {
	return shell.Fields(strings.ReplaceAll(args, "\\\n", " "), shell.Options{Vars: vars, Written: true})
}

// from begins a stage.
func (d *dockerfile) from(words []string) {
	for len(words) > 0 && strings.HasPrefix(words[0], "--") { // --platform=…
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	if d.begun {
		d.stages[d.stage] = d.env
	}
	d.begun, d.stage = true, ""
	if len(words) == 3 && strings.EqualFold(words[1], "as") {
		d.stage = strings.ToLower(words[2])
	}
	base, ok := d.stages[strings.ToLower(words[0])]
	if ok = ok && words[0] != ""; !ok {
		d.image(words[0], d.line)
	}
	d.vars, d.env = map[string]string{}, map[string]string{}
	maps.Copy(d.vars, base)
	maps.Copy(d.env, base)
}

// arg reads arguments of the build. One that a variable of the environment hides changes nothing.
func (d *dockerfile) arg(args string) {
	vars := d.vars
	if !d.begun {
		vars = d.global
	}
	for _, w := range d.fields(args, vars) {
		name, value, ok := strings.Cut(w, "=")
		if _, hidden := d.env[name]; hidden {
			continue
		}
		if outer, known := d.global[name]; !ok && known {
			value, ok = outer, true
		}
		if ok {
			vars[name] = value
		}
	}
}

// environment reads both forms: ENV A=1 B=2 and ENV A some text.
func (d *dockerfile) environment(in *instruction) {
	words := d.fields(in.args, d.vars)
	if len(words) == 0 {
		return
	}
	if !strings.Contains(words[0], "=") {
		_, value, _ := strings.Cut(in.args, " ")
		d.give(words[0], strings.TrimSpace(value), in.line)
		return
	}
	for _, w := range words { // read before: in A=1 B=$A, B is what A was
		if name, value, ok := strings.Cut(w, "="); ok {
			d.give(name, value, in.line)
		}
	}
}

// give notes a variable of the image.
func (d *dockerfile) give(name, value string, line int) {
	d.env[name], d.vars[name] = value, value
	d.set(name, value, line)
}

// run reads the shell form, the JSON form and here-documents.
func (d *dockerfile) run(in *instruction) {
	script, first := in.script(d.vars)
	d.shell(script, first)
	for _, c := range script.Commands {
		d.line = first + c.Line + 1
		d.installCommand(c.Words)
	}
}
