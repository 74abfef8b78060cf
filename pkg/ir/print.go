package ir

import (
	"fmt"
	"strconv"
	"strings"
)

// String gives the module in text form, the form of the goldens and of `debug ir`.
func (m *Module) String() string {
	p := printer{m: m}
	p.module()
	return p.b.String()
}

type printer struct {
	m *Module
	f *Func
	b strings.Builder
}

func (p *printer) line(depth int, format string, args ...any) {
	for range depth {
		p.b.WriteString("  ")
	}
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteByte('\n')
}

func (p *printer) module() {
	m := p.m
	for i := range m.Imports {
		p.line(0, "import %d %s", i, importText(&m.Imports[i]))
	}
	if m.AllKnown {
		p.line(0, "all %q", m.All)
	}
	if m.Opaque > 0 || len(m.Partial) > 0 {
		p.line(0, "opaque %d partial %v", m.Opaque, m.Partial)
	}
	for _, c := range m.Classes {
		p.class(c)
	}
	for _, f := range m.Funcs {
		p.f = f
		p.function()
	}
}

func importText(i *Import) string {
	s := strings.Repeat(".", i.Level) + i.Module
	if i.Name != "" {
		s += " name=" + i.Name
	}
	if i.Bind != "" {
		s += " bind=" + i.Bind
	}
	if i.Whole {
		s += " whole"
	}
	if i.Func > 0 {
		s += " func=" + strconv.Itoa(i.Func)
	}
	return s
}

func (p *printer) class(c *Class) {
	var parts []string
	for i := range c.Bases {
		parts = append(parts, c.Bases[i].String())
	}
	parts = append(parts, kwTexts(c.Kwargs)...)
	p.line(0, "class %d %s(%s) body=%d%s", c.Index, c.Qual, strings.Join(parts, ", "), c.Body, decoratorText(c.Decorators))
}

func decoratorText(ds []Decorator) string {
	s := ""
	for i := range ds {
		s += " @" + ds[i].String()
	}
	return s
}

var funcKindNames = [...]string{"module", "class body", "def", "lambda"}

func (p *printer) function() {
	f := p.f
	head := fmt.Sprintf("func %d %s", f.Index, funcKindNames[f.Kind])
	if f.Index > 0 {
		head += " " + f.Qual
	}
	if f.Kind == Plain || f.Kind == Lambda {
		head += "(" + p.params() + ")"
	}
	if f.Returns != nil {
		head += " -> " + f.Returns.String()
	}
	if f.IsAsync {
		head += " async"
	}
	if f.Body.IsGen {
		head += " gen"
	}
	p.line(0, "%s%s", head, decoratorText(f.Decorators))
	if len(f.Body.Slots) > len(f.Params) {
		p.line(1, "slots %s", strings.Join(f.Body.Slots[len(f.Params):], " "))
	}
	for i := range f.Body.Annotations {
		p.line(1, "type %s", annotationText(f, &f.Body.Annotations[i]))
	}
	if len(f.Body.SelfStores) > 0 {
		p.line(1, "self %s", strings.Join(f.Body.SelfStores, " "))
	}
	p.block(0, 1)
}

func annotationText(f *Func, a *Annotation) string {
	if a.OnSelf {
		return f.Params[0].Name + "." + a.Name + ": " + a.Type.String()
	}
	return a.Name + ": " + a.Type.String()
}

var paramMarks = [...]string{"", "", "*", "", "**"}

func (p *printer) params() string {
	var parts []string
	for i := range p.f.Params {
		q := &p.f.Params[i]
		s := paramMarks[q.Kind] + q.Name
		if q.Annotation != nil {
			s += ": " + q.Annotation.String()
		}
		switch {
		case q.Default != nil:
			s += "=" + q.Default.String()
		case q.HasDefault:
			s += "=…"
		}
		switch q.Kind {
		case PosOnly:
			s += " pos"
		case KwOnly:
			s += " kw"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// String gives the constant as Python would write it.
func (c Const) String() string {
	switch c.Kind {
	case None:
		return "None"
	case True:
		return "True"
	case False:
		return "False"
	case Ellipsis:
		return "..."
	case Str:
		return strconv.Quote(c.S)
	case Bytes:
		return "b" + strconv.Quote(c.S)
	}
	return c.S
}

// String gives the expression in a form close to its source: Path[Args] or Path(Args), "?" for what it does not model.
func (e *Expr) String() string {
	if e.Const != nil {
		return e.Const.String()
	}
	var parts []string
	for i := range e.Args {
		parts = append(parts, e.Args[i].String())
	}
	parts = append(parts, kwTexts(e.Kwargs)...)
	list := strings.Join(parts, ", ")
	switch {
	case e.IsCall:
		return e.Path + "(" + list + ")"
	case len(parts) > 0:
		return e.Path + "[" + list + "]"
	case e.Path == "":
		return "?"
	}
	return e.Path
}

func kwTexts(kws []ExprKw) []string {
	var parts []string
	for i := range kws {
		parts = append(parts, kws[i].Name+"="+kws[i].Value.String())
	}
	return parts
}

func (p *printer) block(b int32, depth int) {
	for i := range p.f.Body.Blocks[b] {
		p.instr(&p.f.Body.Blocks[b][i], depth)
	}
}

func (p *printer) instr(in *Instr, depth int) {
	switch in.Op {
	case If:
		p.line(depth, "if r%d", in.A)
		p.block(in.B, depth+1)
		p.branch("else", in.C, depth)
	case Loop:
		p.line(depth, "loop%s", [...]string{"", " for", " forever"}[in.C])
		p.block(in.A, depth+1)
		p.branch("else", in.B, depth)
	case TryOp:
		p.try(&p.f.Body.Tries[in.A], depth)
	default:
		if in.Dst >= 0 {
			p.line(depth, "r%d = %s", in.Dst, p.text(in))
		} else {
			p.line(depth, "%s", p.text(in))
		}
	}
}

func (p *printer) branch(head string, b int32, depth int) {
	if b >= 0 {
		p.line(depth, "%s", head)
		p.block(b, depth+1)
	}
}

func (p *printer) try(t *Try, depth int) {
	p.line(depth, "try")
	p.block(t.Body, depth+1)
	for i := range t.Handlers {
		h := &t.Handlers[i]
		head := strings.TrimSpace("except " + strings.Join(h.Types, ", "))
		if h.Slot >= 0 {
			head += " as " + p.f.Body.Slots[h.Slot]
		}
		p.branch(head, h.Block, depth)
	}
	p.branch("else", t.Else, depth)
	p.branch("finally", t.Finally, depth)
}
