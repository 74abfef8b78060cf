package manifest

import (
	"fmt"
	"strings"
	"testing"
)

// TestDockerfile: what is read of a Dockerfile, in each form that a builder accepts. What is wanted is one line for each thing in
// order: what pip installs as "name specifier" at the line of its command, NAME=value, --option value, and the images.
func TestDockerfile(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"continuation", "FROM x\nRUN pip install \\\n    alpha==1 \\\n    beta>=2 && \\\n  pip install 'gamma<3'\n",
			"2 alpha ==1; 2 beta; 5 gamma <3"},
		{"comments and empty lines between continued ones", "FROM x\nRUN pip install \\\n# why\n    alpha==1 \\\n\n  # more\n    beta==2\n",
			"2 alpha ==1; 2 beta ==2"},
		{"blanks after the mark", "FROM x\nRUN pip install \\  \n  alpha==1\nRUN pip install beta==1\n", "2 alpha ==1; 4 beta ==1"},
		{"not continued: a comment, and two marks", "FROM x\n# RUN pip install \\\nRUN pip install alpha==1\nRUN echo x\\\\\nRUN pip install beta==2\n",
			"3 alpha ==1; 5 beta ==2"},
		{"a substitution at the end goes on to no line", "FROM x\nRUN python -m pip install `cat list`\nRUN pip install beta==2\n", "3 beta ==2"},
		{"escape directive", "# escape=`\nFROM x\nRUN pip install `\n  alpha==1\nRUN echo C:\\\nRUN pip install beta==2\n", "3 alpha ==1; 6 beta ==2"},
		{"no directive after the first instruction", "FROM x\n# escape=`\nRUN pip install \\\n  alpha==1\n", "3 alpha ==1"},
		{"no directive after a comment", "# hello\n# escape=`\nFROM x\nRUN pip install \\\n  alpha==1\n", "4 alpha ==1"},
		{"lower case, tabs, carriage returns", "from x\r\nrun\tpip install \\\r\n  alpha==1\r\nenv A=1\r\n", "2 alpha ==1; 4 A=1"},
		{"here-document is the script", "FROM x\nRUN <<EOF\nset -e\npip install alpha==1\nexport A=1\nEOF\nRUN pip install beta==2\n",
			"4 alpha ==1; 5 A=1; 7 beta ==2"},
		{"here-document with quotes and a dash", "FROM x\nRUN <<-'EOT'\n\tpip install alpha==1\n\tEOT\nRUN pip install beta==2\n", "3 alpha ==1; 5 beta ==2"},
		{"here-document of a shell", "FROM x\nRUN bash <<EOF\npip install alpha==1\nEOF\n", "3 alpha ==1"},
		{"here-document of another program", "FROM x\nRUN python3 <<EOF\npip install alpha==1\nEOF\nRUN <<EOF\n#!/usr/bin/env python\npip install alpha==1\nEOF\n", ""},
		{"here-document into a file", "FROM x\nCOPY <<EOF /run.sh\nRUN pip install alpha==1\nEOF\nRUN cat <<EOF > r\npip install alpha==1\nEOF\n", ""},
		{"two here-documents", "FROM x\nCOPY <<A <<B /etc/\nFROM a:1\nA\nFROM b:1\nB\nRUN pip install alpha==1\n", "7 alpha ==1"},
		{"not a here-document", "FROM x\nRUN cat <<< EOF && pip install alpha==1\nRUN echo $((1<<A))\nRUN pip install beta==2\n", "2 alpha ==1; 4 beta ==2"},
		{"JSON form", "FROM x\nRUN [\"pip\", \"install\", \\\n  \"alpha==1\"]\nRUN [\"bash\", \"-c\", \"A=1 pip install beta==2\"]\nCMD [\"serve\", \"--port\", \"80\"]\n",
			"2 alpha ==1; 4 A=1; 4 beta ==2; 5 --port 80"},
		{"not JSON", "FROM x\nRUN [ -f r ] && pip install alpha==1\nRUN ['pip', 'install', 'beta==2']\n", "2 alpha ==1"},
		{"mounts", "FROM x\nRUN --mount=type=cache,target=/c \\\n  --network=none \\\n  pip install alpha==1\n", "4 alpha ==1"},
		{"argument", "FROM x\nARG V=1.5\nRUN pip install alpha==$V beta==${V} gamma==${W:-2}\n", "3 alpha ==1.5; 3 beta ==1.5; 3 gamma ==2"},
		{"argument of FROM alone", "ARG V=1.5\nFROM base:${V}-gpu\nARG W=2\nRUN pip install alpha==$W\n", "2 image base:1.5-gpu; 4 alpha ==2"},
		{"argument that a stage asks for", "ARG V=1.5\nFROM x\nARG V\nRUN pip install alpha==${V}\n", "4 alpha ==1.5"},
		{"argument of another stage", "FROM x AS a\nARG V=1\nFROM y\nRUN pip install alpha==${V:-2}\n", "4 alpha ==2"},
		{"a variable hides an argument", "FROM x\nENV V=1\nARG V=2\nRUN pip install alpha==$V\n", "2 V=1; 4 alpha ==1"},
		{"variables in one line are those before", "FROM x\nENV A=1\nENV A=2 B=$A\n", "2 A=1; 3 A=2; 3 B=1"},
		{"quotes and the old form", "FROM x\nENV A=\"a b\" B='$A'\nENV C some text\n", "2 A=a b; 2 B=$A; 3 C=some text"},
		{"stages", "FROM base:1 AS one\nENV V=3\nFROM one AS two\nRUN pip install alpha==$V\nFROM other:2\nRUN pip install beta==${V:-4}\n",
			"1 image base:1; 2 V=3; 4 alpha ==3; 5 image other:2; 6 beta ==4"},
		{"a stage is no image", "FROM base:1 as Build\nFROM build\nFROM --platform=linux/amd64 last:3\n", "1 image base:1; 3 image last:3"},
		{"for those that build on it", "FROM x\nONBUILD RUN pip install alpha==1\n", "2 alpha ==1"},
		{"what is printed is not installed", "FROM x\nRUN echo pip install alpha==1\nRUN printf 'pip install beta==1' > r\n", ""},
		{"what is quoted is not installed", "FROM x\nRUN python -c \"print('pip install alpha==1')\"\n", ""},
		{"the end is missing", "FROM x\nRUN pip install alpha==1 \\", "2 alpha ==1"},
		{"here-document without an end", "FROM x\nCOPY <<EOF /f\nRUN pip install alpha==1\n", "3 alpha ==1"},
	} {
		facts, _ := Load([]File{{Path: "Dockerfile", Data: []byte(tt.file)}})
		if got := readOf(facts); got != tt.want {
			t.Errorf("%s:\n got  %s\n want %s", tt.name, got, tt.want)
		}
	}
}

// TestPipelineExpressions: what a pipeline puts into a script is a part of a word, and hides nothing beside it.
func TestPipelineExpressions(t *testing.T) {
	facts, _ := Load([]File{{Path: ".github/workflows/ci.yml", Data: []byte("jobs:\n  a:\n    steps:\n" +
		"      - run: |\n          if [ \"${{ inputs.gpu }}\" = 'yes' ]; then\n            export A=\"x y\"\n          fi\n" +
		"          B=${{ matrix.b || 'c' }} python x.py --mode ${{ matrix.mode }} --level \"a b\"\n")}})
	want := "6 A=x y; 8 B=%{matrix.bc}; 8 --level a b; 8 --mode %{matrix.mode}"
	if got := readOf(facts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// readOf writes what is known of a tree, by line.
func readOf(f *Facts) string {
	var out []string
	for line := 1; line < 20; line++ {
		for _, im := range f.images {
			if im.line == line {
				out = append(out, fmt.Sprintf("%d image %s", line, im.reference))
			}
		}
		for _, s := range append(append([]Setting{}, f.settings...), f.options...) {
			if s.Line == line && s.Option {
				out = append(out, fmt.Sprintf("%d --%s %s", line, s.Name, s.Value))
			} else if s.Line == line {
				out = append(out, fmt.Sprintf("%d %s=%s", line, s.Name, s.Value))
			}
		}
		for _, name := range []string{"alpha", "beta", "gamma"} {
			for _, d := range f.Declared(name, "a.py") {
				if d.Line == line {
					out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s", line, name, strings.TrimPrefix(d.Text, name))))
				}
			}
		}
	}
	return strings.Join(out, "; ")
}
