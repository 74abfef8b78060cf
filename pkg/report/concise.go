package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/finding"
)

// Concise writes one line for each finding, as compilers do and editors read: path:line:column: level[rule] message. The
// summary of the text report is not part of it.
func Concise(w io.Writer, r *Result, o Options) error {
	var b strings.Builder
	write := func(f *finding.Finding) {
		at, place := f.Sink.Place(), "no file"
		if at.Path != "" {
			place = fmt.Sprintf("%s:%d:%d", visible(o.path(at.Path)), at.Line, at.Col)
		}
		silenced := ""
		if f.Silenced != nil {
			silenced = " (ignored)"
		}
		fmt.Fprintf(&b, "%s: %s[%s] %s%s\n", place, levelName(f.Level), f.RuleID, visible(f.Message), silenced)
	}
	for i := range r.Findings {
		write(&r.Findings[i])
	}
	for i := range r.Suppressed {
		if o.ShowSuppressed {
			write(&r.Suppressed[i])
		}
	}
	for _, p := range failed(r) {
		place := visible(o.path(p.Path))
		if p.Line > 0 {
			place += fmt.Sprintf(":%d", p.Line)
		}
		fmt.Fprintf(&b, "%s: not analysed: %s\n", place, visible(p.Msg))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
