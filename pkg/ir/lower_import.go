package ir

import (
	"strings"

	"github.com/pickletrace/pickletrace/pkg/syntax"
)

// importStmt lowers an import: one Import and one store for each name.
func (l *lowerer) importStmt(i int32) {
	for c := range l.kids(i) {
		if l.nodes[c].Field != syntax.FieldName && l.kind(c) != syntax.KindWildcardImport {
			if l.kind(c) == syntax.KindError {
				l.opaqueTree(c)
			}
			continue
		}
		imp, bound := l.importItem(i, c)
		imp.Func, imp.Bind, imp.Span = l.cur.f.Index, bound, l.span(c)
		l.mentionDotted(imp.Module)
		n := int32(len(l.m.Imports))
		l.m.Imports = append(l.m.Imports, imp)
		if imp.Name == "*" {
			l.effect(ImportStar, l.span(i), n, 0, 0)
			continue
		}
		op := ImportMod
		if imp.Name != "" {
			op = ImportFrom
			l.mention(l.intern(imp.Name))
		}
		v := l.value(op, imp.Span, n, 0, 0)
		if bound != "" {
			l.mention(l.intern(bound))
			l.store(l.intern(bound), v, imp.Span)
		}
	}
}

// importItem gives what item c of import statement i imports and the name it binds.
func (l *lowerer) importItem(i, c int32) (Import, string) {
	item, alias := c, int32(-1)
	if l.kind(c) == syntax.KindAliasedImport {
		item, alias = l.field(c, syntax.FieldName), l.field(c, syntax.FieldAlias)
	}
	name := ""
	if item >= 0 {
		name = l.dotted(item)
	}
	if l.kind(i) == syntax.KindImportStatement {
		if alias >= 0 {
			return Import{Module: name, Whole: true}, l.identText(alias)
		}
		head, _, _ := strings.Cut(name, ".")
		return Import{Module: name}, head
	}
	imp := Import{Name: name}
	if l.kind(i) == syntax.KindFutureImportStatement {
		imp.Module = "__future__"
	} else {
		imp.Module, imp.Level = l.fromModule(l.field(i, syntax.FieldModuleName))
	}
	if l.kind(c) == syntax.KindWildcardImport {
		imp.Name = "*"
		return imp, ""
	}
	if alias >= 0 {
		return imp, l.identText(alias)
	}
	return imp, name
}

// fromModule gives the module and leading dots of `from ..a.b import`.
func (l *lowerer) fromModule(i int32) (module string, level int) {
	if i < 0 {
		return "", 0
	}
	if l.kind(i) != syntax.KindRelativeImport {
		return l.dotted(i), 0
	}
	for c := range l.kids(i) {
		if l.kind(c) == syntax.KindImportPrefix {
			level = strings.Count(l.text(c), ".")
		} else {
			module = l.dotted(c)
		}
	}
	return module, level
}

// allList follows __all__ through the module body.
type allList struct {
	names []string
	known bool
}

func (a *allList) result() ([]string, bool) {
	if !a.known {
		return nil, false
	}
	return a.names, true
}

// add appends names that are known if ok; otherwise __all__ is unknown from here on.
func (a *allList) add(names []string, ok bool) {
	if !ok {
		*a = allList{}
	}
	if a.known {
		a.names = append(a.names, names...)
	}
}

func (l *lowerer) isAll(i int32) bool {
	return l.kind(i) == syntax.KindIdentifier && l.identText(i) == "__all__"
}

func (l *lowerer) allAssign(left, right int32) {
	if right < 0 || !l.isAll(left) {
		return
	}
	names, ok := l.allNames(right, 0)
	if ok && l.all.known && l.depth > 1 {
		l.all.add(names, true) // in a branch: any of the lists may be the one
		return
	}
	l.all = allList{names: append([]string{}, names...), known: ok}
}

func (l *lowerer) allAugment(left, right int32) {
	if l.isAll(left) {
		l.all.add(l.allNames(right, 0))
	}
}

// allCall follows __all__.extend(…), .append(…) and .remove(…).
func (l *lowerer) allCall(i int32) {
	f, args := l.field(i, syntax.FieldFunction), l.field(i, syntax.FieldArguments)
	if f < 0 || args < 0 || l.kind(f) != syntax.KindAttribute {
		return
	}
	obj, attr := l.field(f, syntax.FieldObject), l.field(f, syntax.FieldAttribute)
	if obj < 0 || attr < 0 || !l.isAll(obj) {
		return
	}
	arg := l.child(args)
	if arg < 0 {
		return
	}
	switch l.identText(attr) {
	case "extend":
		l.all.add(l.allNames(arg, 0))
	case "append":
		c, ok := l.literal(arg)
		l.all.add([]string{c.S}, ok && c.Kind == Str)
	case "remove":
		c, ok := l.literal(arg)
		l.all.add(nil, ok)
		for n := len(l.all.names) - 1; n >= 0; n-- {
			if l.all.names[n] == c.S {
				l.all.names = append(l.all.names[:n], l.all.names[n+1:]...)
				break
			}
		}
	default:
		l.all.add(nil, false)
	}
}

// allNames gives the strings in a literal list, or a sum of such lists and __all__ itself.
func (l *lowerer) allNames(i int32, depth int) ([]string, bool) {
	if depth > 50 {
		return nil, false
	}
	switch l.kind(i) {
	case syntax.KindIdentifier:
		return append([]string(nil), l.all.names...), l.isAll(i) && l.all.known
	case syntax.KindList, syntax.KindTuple, syntax.KindExpressionList, syntax.KindPatternList,
		syntax.KindParenthesizedExpression:
		var names []string
		for c := range l.kids(i) {
			if k, ok := l.literal(c); ok && k.Kind == Str {
				names = append(names, k.S)
				continue
			}
			if l.kind(c) != syntax.KindListSplat && l.kind(i) != syntax.KindParenthesizedExpression {
				return nil, false
			}
			more, ok := l.allNames(c, depth+1)
			if !ok {
				return nil, false
			}
			names = append(names, more...)
		}
		return names, true
	case syntax.KindListSplat:
		if c := l.child(i); c >= 0 {
			return l.allNames(c, depth+1)
		}
	case syntax.KindBinaryOperator:
		return l.allSum(i, depth)
	}
	return nil, false
}

func (l *lowerer) allSum(i int32, depth int) ([]string, bool) {
	if l.binOp(i) != Add {
		return nil, false
	}
	var names []string
	for c := range l.kids(i) {
		more, ok := l.allNames(c, depth+1)
		if !ok {
			return nil, false
		}
		names = append(names, more...)
	}
	return names, true
}
