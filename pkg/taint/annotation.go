package taint

import (
	"slices"
	"strings"

	"github.com/pickletrace/pickletrace/pkg/ir"
)

// What annotations say of the values that a framework accepts for them.

// isBool says whether an annotation is of a truth value.
func isBool(e *ir.Expr) bool {
	if e == nil {
		return false
	}
	switch e.Path {
	case "bool", "StrictBool", "pydantic.StrictBool":
		return true
	case "Annotated", "typing.Annotated":
		return len(e.Args) > 0 && isBool(&e.Args[0])
	case "Optional", "typing.Optional", "|", "Union", "typing.Union":
		return slices.ContainsFunc(e.Args, func(a ir.Expr) bool { return isBool(&a) })
	}
	return false
}

// isScalar says whether an annotation is of values that hold no others: text and numbers.
func isScalar(e *ir.Expr) bool {
	if e.Const != nil { // None
		return true
	}
	switch e.Path {
	case "str", "bytes", "None", "NoneType":
		return true
	case "Annotated", "typing.Annotated":
		return len(e.Args) > 0 && isScalar(&e.Args[0])
	case "Literal", "typing.Literal":
		return true
	case "Optional", "typing.Optional", "|", "Union", "typing.Union":
		return len(e.Args) > 0 && !slices.ContainsFunc(e.Args, func(a ir.Expr) bool { return !isScalar(&a) })
	}
	return isNumber(e)
}

// elementType gives the annotation of the elements of what an annotation is of: T of list[T] and dict[str, T]; nil if it does not say.
func elementType(e *ir.Expr) *ir.Expr {
	switch _, name, _ := strings.Cut("."+e.Path, "."); strings.ToLower(last(name)) {
	case "list", "sequence", "set", "frozenset", "iterable":
		if len(e.Args) == 1 {
			return &e.Args[0]
		}
	case "dict", "mapping":
		if len(e.Args) == 2 {
			return &e.Args[1]
		}
	case "annotated", "optional":
		if len(e.Args) > 0 {
			return elementType(&e.Args[0])
		}
	}
	return nil
}
