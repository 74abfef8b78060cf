package rule

import "strings"

// Escapes is what gives, or runs, whatever a name or text says: whoever may name one of them may run any code. A restricted
// unpickler must not admit it.
type Escapes struct {
	modules, partly, names, calls map[string]bool
}

func (e *Escapes) add(v view) {
	for _, part := range []struct {
		set *map[string]bool
		key string
	}{{&e.modules, "modules"}, {&e.partly, "partly"}, {&e.names, "names"}, {&e.calls, "calls"}} {
		for _, name := range v.strs(part.key) {
			if *part.set == nil {
				*part.set = map[string]bool{}
			}
			(*part.set)[name] = true
		}
	}
}

// Admits says whether an entry of an allow-list lets something out: a module, a name, or a function by its dotted name.
func (e *Escapes) Admits(entry string) bool {
	entry = strings.TrimSuffix(entry, ".")
	i := strings.LastIndexByte(entry, '.')
	if i < 0 {
		return e.modules[entry] || e.partly[entry] || e.names[entry]
	}
	return e.names[entry[i+1:]] || e.modules[entry[:i]]
}

// Calls says whether a call, by its canonical name, gives or runs whatever it is told to.
func (e *Escapes) Calls(name string) bool { return e.calls[name] }
