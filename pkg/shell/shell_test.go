package shell

import (
	"fmt"
	"strings"
	"testing"
)

// show writes commands in one line: words with "|" between, what is not known as "?".
func show(cs []Command) string {
	var out []string
	for _, c := range cs {
		s := strings.Join(c.Words, "|")
		if c.In != "" {
			s += " <" + c.In
		}
		for _, o := range c.Out {
			s += " >" + o
		}
		if c.Piped >= 0 {
			s += fmt.Sprintf(" from %d", c.Piped)
		}
		out = append(out, strings.ReplaceAll(s, string(Unknown), "?"))
	}
	return strings.Join(out, "; ")
}

func TestParse(t *testing.T) {
	for script, want := range map[string]string{
		"wget -O a.pkl https://e.com/a.pkl":                "wget|-O|a.pkl|https://e.com/a.pkl",
		"cd x && curl -L 'u' > \"a b\"":                    "cd|x; curl|-L|u >a b",
		"curl u 2> err":                                    "curl|u",
		"curl u | tar xz -C d":                             "curl|u; tar|xz|-C|d from 0",
		"A=m.pt\nwget \\\n -O $A ${B:-u}":                  "wget|-O|m.pt|u",
		"wget $U/$(date).pt":                               "date; wget|?/?.pt",
		"for f in a b; do wget u/$f; done":                 "wget|u/?",
		"sudo -E wget u; env X=1 curl u":                   "wget|u; curl|u",
		"bash -c 'wget u && ls'":                           "wget|u; ls",
		"if [ ! -f m ]; then gdown 1; else ls; fi":         "[|!|-f|m|]; gdown|1; ls",
		"(cd a; ls)":                                       "cd|a; ls",
		"gunzip < a.gz > b":                                "gunzip <a.gz >b",
		"echo $((1+1)) a\\ b":                              "echo|?|a b",
		"# nothing":                                        "",
		"wget 'u":                                          "wget|'u",
		"export D=data; unzip a.zip -d $D":                 "unzip|a.zip|-d|data",
		"wget http://e.com/a?x=1\\&y=2 -O b":               "wget|http://e.com/a?x=1&y=2|-O|b",
		strings.Repeat("(", 5000):                          strings.Repeat("(", 5000),
		"f() { wget u; }; f":                               "wget|u; f",
		"case $1 in a) wget u;; esac":                      "wget|u",
		"while read l; do curl -O $l; done < list":         "read|l <list; curl|-O|?",
		"cat <<'EOF' > x.py\nimport pickle\nEOF\nwget u":   "cat >x.py; wget|u",
		"wget u &> log":                                    "wget|u >log",
		"x=$x$x; x=$x$x; wget $x":                          "wget|????",
		"V=" + strings.Repeat("a", 2000) + "; wget $V":     "wget|?",
		"time wget u":                                      "wget|u",
		"python -c \"import pickle\" && curl -so m.pkl u ": "python|-c|import pickle; curl|-so|m.pkl|u",
	} {
		if got := show(Parse(script)); got != strings.ReplaceAll(want, string(Unknown), "?") {
			t.Errorf("%.60q:\n got  %.200s\n want %.200s", script, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	if got := show(Words([]string{"/usr/bin/sudo", "bash", "-lc", "wget u"})); got != "wget|u" {
		t.Errorf("got %s", got)
	}
	if got := show(Words([]string{"wget", "a b"})); got != "wget|a b" {
		t.Errorf("got %s", got)
	}
	if got := Words(nil); got != nil {
		t.Errorf("got %v", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("cd x && curl u | tar xz > y; $(ls `a`) ${x:-y}")
	f.Fuzz(func(t *testing.T, script string) {
		for i, c := range Parse(script) {
			if len(c.Words) == 0 || c.Piped >= i {
				t.Fatalf("command %d: %v", i, c)
			}
		}
	})
}
