package report

import (
	"fmt"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

const contextLines = 1 // before and after

// contextRegion is the line of the step with its neighbours; nil in a notebook, where neighbours in the text are not
// neighbours in the file.
func contextRegion(st *finding.Step) *sarif.Region {
	if _, _, notebook := cellOf(st.File, st.Span.Start); notebook {
		return nil
	}
	line := st.Place().Line
	from, to := max(line-contextLines, 1), min(line+contextLines, st.File.Lines())
	if to > line && st.File.Line(to) == "" {
		to-- // what comes after the last line break is no line to a reader
	}
	var code strings.Builder
	for n := from; n <= to; n++ {
		code.WriteString(strings.ToValidUTF8(st.File.Line(n), "\ufffd") + "\n")
	}
	return &sarif.Region{StartLine: &from, EndLine: &to, Snippet: &sarif.ArtifactContent{Text: ptr(code.String())}}
}

// inCell names the cell of a step in a notebook, for people, who do not see lines of JSON; "" for other files.
func inCell(s *finding.Step) string {
	if cell, line, ok := cellOf(s.File, s.Span.Start); ok {
		return fmt.Sprintf(" (cell %d line %d)", cell, line)
	}
	return ""
}

// cellOf gives the cell of a notebook and the line in it, both from 1.
func cellOf(f *text.File, off int32) (cell, line int, ok bool) {
	if f == nil || !f.IsNotebook() {
		return 0, 0, false
	}
	cell, line = f.Cell(off)
	return cell, line, cell > 0
}
