package syntax

// #include <stdlib.h>
// #include "dump.h"
import "C"

import (
	"sync"
	"unsafe"
)

// tables translate the grammar's numbers into ours. They live in C memory because C reads them.
type tables struct {
	kinds  *C.uint16_t // by grammar symbol
	named  *C.uint8_t  // by grammar symbol
	fields *C.uint8_t  // by grammar field id
	count  int         // of grammar symbols
}

// Values of the library's symbol types.
const (
	symbolRegular   = 0
	symbolAnonymous = 1

	endSymbol = 0 // of the text; no node
)

// language gives the translation tables, built at the first call.
var language = sync.OnceValue(func() *tables {
	l := C.tree_sitter_python()
	n := int(C.ts_language_symbol_count(l))
	t := &tables{count: n}
	t.kinds = (*C.uint16_t)(C.calloc(C.size_t(n), 2))
	t.named = (*C.uint8_t)(C.calloc(C.size_t(n), 1))
	kinds, named := unsafe.Slice(t.kinds, n), unsafe.Slice(t.named, n)
	byName, byText := invert(kindNames), invert(tokenNames)
	for s := range n {
		name := C.GoString(C.ts_language_symbol_name(l, C.uint16_t(s)))
		kinds[s] = C.uint16_t(KindOther)
		switch C.ts_language_symbol_type(l, C.uint16_t(s)) {
		case symbolRegular:
			named[s] = 1
			if k, ok := byName[name]; ok {
				kinds[s] = C.uint16_t(k)
			}
		case symbolAnonymous:
			if k, ok := byText[name]; ok {
				kinds[s] = C.uint16_t(k)
			}
		}
	}
	t.fields = fieldTable(l)
	return t
})

// fieldTable gives our Field for each field id of the grammar, 0 being none.
func fieldTable(l *C.TSLanguage) *C.uint8_t {
	n := int(C.ts_language_field_count(l)) + 1
	table := (*C.uint8_t)(C.calloc(C.size_t(n), 1))
	byName := invert(fieldNames)
	for i := 1; i < n; i++ {
		name := C.GoString(C.ts_language_field_name_for_id(l, C.uint16_t(i)))
		unsafe.Slice(table, n)[i] = C.uint8_t(byName[name])
	}
	return table
}

func invert[K comparable, V comparable](m map[K]V) map[V]K {
	inv := make(map[V]K, len(m))
	for k, v := range m {
		inv[v] = k
	}
	return inv
}

// configure makes a dump use the tables.
func (t *tables) configure(d *C.pt_dump) {
	d.kinds, d.named, d.fields = t.kinds, t.named, t.fields
	d.symbol_count = C.uint32_t(t.count)
	d.error_kind = C.uint16_t(KindError)
	d.splat_kind, d.alias_kind = C.uint16_t(KindListSplat), C.uint16_t(KindTypeAliasStatement)
	d.max_depth = maxDepth
}

// A grammarSymbol is a symbol that nodes can have, for tests.
type grammarSymbol struct {
	name  string
	named bool
	kind  Kind
}

func grammarSymbols() []grammarSymbol {
	l, t := C.tree_sitter_python(), language()
	var out []grammarSymbol
	for s := range t.count {
		switch typ := C.ts_language_symbol_type(l, C.uint16_t(s)); {
		case typ != symbolRegular && typ != symbolAnonymous, s == endSymbol:
		default:
			out = append(out, grammarSymbol{C.GoString(C.ts_language_symbol_name(l, C.uint16_t(s))),
				typ == symbolRegular, Kind(unsafe.Slice(t.kinds, t.count)[s])})
		}
	}
	return out
}

// grammarFields gives the Field of each field of the grammar, for tests.
func grammarFields() []Field {
	n := int(C.ts_language_field_count(C.tree_sitter_python()))
	var out []Field
	for _, f := range unsafe.Slice(language().fields, n+1)[1:] {
		out = append(out, Field(f))
	}
	return out
}

// nodeLayout gives the offsets of kind, field, named, start and next in the C struct, and its size.
func nodeLayout() [6]uintptr {
	var n C.pt_node
	return [...]uintptr{unsafe.Offsetof(n.kind), unsafe.Offsetof(n.field), unsafe.Offsetof(n.named), unsafe.Offsetof(n.start),
		unsafe.Offsetof(n.next), unsafe.Sizeof(n)}
}
