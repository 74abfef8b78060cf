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

// TestRead: what scripts export, with lines, and with what is not known as it is written.
func TestRead(t *testing.T) {
	for script, want := range map[string]string{
		"export A=1 B='x y'; C=2":                                 "A=1@0 B=x y@0",
		"A=1\nexport A\nexport B":                                 "A=1@1",
		"A=1 python x.py; env B=2 C=$A python y.py":               "A=1@0 B=2@0 C=$A@0",
		"declare -x A=1; declare B=2; typeset -x C=3":             "A=1@0 C=3@0",
		"A= python x.py":                                          "A=@0",
		"export A=$HOME/x B=${Q} C=$(date) D=\"$HOME\"":           "A=$HOME/x@0 B=${Q}@0 C=$(date)@0 D=$HOME@0",
		"if true; then\n  export A=1\nfi":                         "A=1@1",
		"bash <<EOF\nexport A=1\nEOF\ncat <<EOF\nexport B=1\nEOF": "A=1@1",
		"bash -c 'true\nexport A=1'":                              "A=1@1",
		"# export A=1":                                            "",
		"echo export A=1":                                         "",
		"echo 'export A=1'":                                       "",
		"if (broken\nexport A=1 \\\n  B=2\nexport C=3 )":          "A=1@1 B=2@2",
		"export A=${V:-1} B=${V:+2} C=${K:+2} D=${E-3}":           "A=1@0 B=${V:+2}@0 C=2@0 D=@0",
		"export A=$K":                                             "A=known@0",
	} {
		var got []string
		for _, v := range Read(script, Options{Vars: map[string]string{"K": "known", "E": ""}, Written: true}).Exports {
			got = append(got, fmt.Sprintf("%s=%s@%d", v.Name, v.Value, v.Line))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q:\n got  %s\n want %s", script, got, want)
		}
	}
}

// TestReadLines: words know their lines, also in a script that is none as a whole.
func TestReadLines(t *testing.T) {
	for script, want := range map[string]string{
		"a b \\\n  c\nd":            "a b c@0[0 0 1]; d@2[2]",
		"(\na 'b'\nc \\\n d":        "(@0[]; a b@1[1 1]; c d@2[2 3]",
		"bash -c 'x\ny'\nbash -c z": "x@0[0]; y@1[1]; z@2[2]",
	} {
		var got []string
		for _, c := range Parse(script) {
			got = append(got, fmt.Sprintf("%s@%d%v", strings.Join(c.Words, " "), c.Line, c.Lines))
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%q:\n got  %s\n want %s", script, got, want)
		}
	}
}

func TestFields(t *testing.T) {
	for line, want := range map[string]string{
		"A=1 B=\"x y\" C=$V": "A=1|B=x y|C=v",
		"x AS y":             "x|AS|y",
		"'a b'c \\$V":        "a bc|$V",
		"a;b 'c'":            "a;b|c",
		"":                   "",
		"image:${V}-${W:-w}": "image:v-w",
	} {
		if got := strings.Join(Fields(line, Options{Vars: map[string]string{"V": "v"}, Written: true}), "|"); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

// TestGrowth: values that are put into words are bounded together.
func TestGrowth(t *testing.T) {
	script := "V=" + strings.Repeat("a", 500) + "\nwget " + strings.Repeat("$V", 20_000)
	if got := len(Parse(script)[0].Words[1]); got > maxGrown+20_000*len(string(Unknown)) {
		t.Errorf("%d bytes", got)
	}
	deep := "wget u"
	for range 6 {
		deep = "bash -c " + fmt.Sprintf("%q", deep)
	}
	Parse(deep)
	if got := Read(strings.Repeat("export A=1; wget u\n", 10_000), Options{}); len(got.Commands) != maxCommands || len(got.Exports) != maxCommands {
		t.Errorf("%d commands, %d exports", len(got.Commands), len(got.Exports))
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
