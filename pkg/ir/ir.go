// Package ir holds one Python module as functions of simple instructions in structured control flow.
//
// Lower takes a syntax tree and always succeeds: what it does not model becomes an Opaque instruction that evaluates
// its operands and yields an unknown value. A Module depends on the bytes of its file alone and holds no pointer into
// another module, so modules are lowered in parallel and can be cached.
//
// Python scoping is resolved here: a name is a slot of its function (Local), a slot of an enclosing function (Free),
// or a name of the module or of builtins (Global). Registers hold the values of expressions and are written once;
// slots hold the values of variables. Private names (self.__x) stay as written, not mangled. Control flow is not a graph but nested blocks (If, Loop, Try), because the
// analysis interprets a function from top to bottom, joining states where branches meet.
package ir

import "github.com/pickletrace/pickletrace/pkg/text"

// LoweringVersion changes whenever the same bytes would lower differently.
const LoweringVersion = 2

// A Module is one lowered file. Everything in it is read-only after Lower; after LowerSkeleton, Complete adds to it.
type Module struct {
	File    *text.File
	Strings []string // interned identifiers; instructions refer to them by index
	Consts  []Const
	Imports []Import
	Funcs   []*Func // Funcs[0] is the module body
	Classes []*Class
	// All is the literal value of __all__, with literal += and extend; nil when the module has none or when it is
	// not literal.
	All      []string
	AllKnown bool
	// Opaque counts the instructions that stand for syntax we do not model: 0 for nearly every file that parses.
	Opaque int
	// Partial holds the places that are not, or not fully, lowered: what did not parse, then what nests too deep; at
	// most 100.
	Partial []text.Span

	rest *unfinished // what adding postponed bodies needs; nil if there are none
}

// A Const is a literal.
type Const struct {
	Kind ConstKind
	S    string // decoded text of a string or bytes (escapes resolved), or the source text of a number
}

// ConstKind is the type of a literal.
type ConstKind uint8

const (
	None ConstKind = iota
	True
	False
	Int
	Float
	Str
	Bytes
	Ellipsis
)

// An Import is one imported name. `import a.b` is {Module: "a.b", Bind: "a"}; `import a.b as c` is
// {Module: "a.b", Bind: "c", Whole: true}; `from .m import n as k` is {Module: "m", Level: 1, Name: "n", Bind: "k"};
// `from m import *` is {Module: "m", Name: "*"}.
type Import struct {
	Module string
	Name   string // "" for `import m`
	Bind   string // the local name bound; "" for star imports
	Level  int    // leading dots
	Whole  bool   // `import a.b as c`: c is a.b, not a
	Func   int    // index of the function whose body holds the statement (0: module level)
	Span   text.Span
}

// FuncKind says what a Func is the body of.
type FuncKind uint8

const (
	ModuleBody FuncKind = iota
	ClassBody
	Plain  // def
	Lambda // lambda
)

// A Func is the body of a module, class, def or lambda. (Comprehensions are lowered in place.)
type Func struct {
	Index  int // in Module.Funcs
	Kind   FuncKind
	Name   string // "<module>", "<lambda>" or the identifier; a ClassBody has its class's name
	Qual   string // dotted path inside the module: "C.m", "f.<locals>.g"; "" for the module body
	Parent int    // index of the lexically enclosing Func, -1 for the module body
	Class  int    // index in Module.Classes of the class this is a method of (directly in its body), or of which it is the body; -1
	Params []Param

	Decorators []Decorator // outermost first
	Returns    *Expr       // annotation of the result; nil if none
	IsAsync    bool
	Span       text.Span // the whole definition
	NameSpan   text.Span // the identifier (for a lambda: the keyword)

	Body  *Body      // nil as long as it is postponed, see LowerSkeleton
	later *postponed // nil for most functions
}

// A Body is what a Func does.
type Body struct {
	// Slots holds the variable names by slot. Parameters come first, in order (Python 2's tuple parameters are named
	// for their position, ".1"), then the names the body binds; compiler temporaries are named ".0", ".1" … and the
	// variable x of a comprehension ".2.x". At module level only temporaries and comprehension variables are slots.
	Slots  []string
	Regs   int     // number of registers
	Blocks []Block // Blocks[0] is the body
	Tries  []Try
	Args   []Arg // operand lists of Call, MakeTuple …: Instr holds a start and a count
	// Annotations holds the annotated variables and attributes of the body, in order: `x: T`, `self.x: T = v`.
	Annotations []Annotation
	IsGen       bool // contains yield
	// Names holds the interned names this body mentions: globals, attributes, keyword arguments, imports and strings
	// that are identifiers or dotted paths (each part by itself); sorted, unique. It does not include nested functions.
	// It lets the analysis find possible callers.
	Names []int32
	// SelfStores holds the attribute names stored through the first parameter (self.x = …, self.x[k] = …), sorted, unique.
	SelfStores []string
}

// ParamKind says how arguments bind to a parameter.
type ParamKind uint8

const (
	PosOnly ParamKind = iota
	PosOrKw
	VarPos // *args
	KwOnly
	VarKw // **kwargs
)

// A Param is one parameter. Its slot is its index in Func.Params.
type Param struct {
	Name       string
	Kind       ParamKind
	HasDefault bool
	// Default is the constant default value, if it is a literal; nil otherwise. Other defaults are operands of
	// the MakeFunc instruction.
	Default    *Const
	Annotation *Expr // nil if none
	Span       text.Span
}

// An Annotation is an annotated assignment target that is a name or an attribute of the function's first parameter.
type Annotation struct {
	Name   string
	Slot   int32 // slot of a name; -1 for an attribute and for a global name
	OnSelf bool  // self.x: T
	Type   Expr
	Span   text.Span // of the target
}

// An Expr is a static view of a type annotation, decorator or base class.
type Expr struct {
	// Path is the dotted name, "app.post" for @app.post("/x") and for List[int] the "List". "" when it is not a name.
	Path string
	// Args holds the subscript (annotations: List[int] has one, X | Y has Path "|" and two) or call arguments.
	Args   []Expr
	Kwargs []ExprKw
	Const  *Const // the literal it is, if it is one; string annotations are parsed into Path instead
	IsCall bool
	Span   text.Span
}

// An ExprKw is a keyword argument of an Expr.
type ExprKw struct {
	Name  string
	Value Expr
}

// A Decorator is a decorator as written. It is also lowered to a Decorate instruction in the enclosing body.
type Decorator struct{ Expr }

// A Class is a class definition.
type Class struct {
	Index      int
	Name       string
	Qual       string
	Parent     int // Func that encloses the definition
	Bases      []Expr
	Kwargs     []ExprKw       // metaclass=…
	Body       int            // Func of kind ClassBody
	Methods    map[string]int // name → Func index; the last definition wins
	Decorators []Decorator
	Span       text.Span
	NameSpan   text.Span
}

// A Reg is the index of a register, -1 for none.
type Reg = int32

// An Arg is one operand of a list.
type Arg struct {
	Kind ArgKind
	Name int32 // KeywordArg: index in Module.Strings; else -1
	Key  Reg   // DictPair: the key's register; else -1
	Val  Reg
}

// ArgKind says how an operand is passed.
type ArgKind uint8

const (
	PosArg        ArgKind = iota
	KeywordArg            // f(name=v)
	StarArg               // f(*v), [*v]
	DoubleStarArg         // f(**v), {**v}
	DictPair              // {key: v}
)

// A Block is a straight list of instructions. Nothing follows Return, Raise, Break or Continue but dead code. If, Loop, Try refer to further blocks by index in Func.Blocks.
type Block []Instr

// A Try is the operand of a Try instruction. Blocks are indexes in Func.Blocks, -1 for none.
type Try struct {
	Body, Else, Finally int32
	Handlers            []Handler
}

// A Handler is one except clause. `except A, b` binds b as in Python 2 if b begins with a small letter, and catches both
// as in Python 3.14 otherwise.
type Handler struct {
	Types []string // dotted names as written (other expressions: their source text); empty for a bare except
	// Slot is where the exception is bound, -1 if nowhere. If the target is no slot of this function (at module level,
	// or after `global e`) it is a temporary, which the block begins by loading and storing.
	Slot  int32
	Block int32
	Span  text.Span // the except clause's first line
}

// An Instr is one instruction. What A, B and C mean depends on Op.
type Instr struct {
	Op      Op
	Dst     Reg // register written, -1 if none
	A, B, C int32
	Span    text.Span // of the expression or statement
}

// Op is the operation of an instruction. r(X) is a register, s(X) an index in Module.Strings.
type Op uint8

const (
	Opaque Op = iota // unknown value of Args[A:A+B] (syntax we do not model)

	// values
	ConstOp    // Consts[A]
	Local      // slot A
	Free       // slot B of enclosing Func A
	Global     // name s(A) of the module or of builtins
	Attr       // r(A).s(B)
	Index      // r(A)[r(B)]
	Slice      // r(A)[Args[B:B+C]]: a part of r(A); absent bounds are left out, x[a:b, c] has all three
	Call       // r(A)(Args[B:B+C])
	Bin        // r(A) op r(B); C is a BinOp; -x, +x and ~x are an OtherBin of the constant 0 and x
	Cmp        // r(A) op r(B); C is a CmpOp
	Not        // not r(A)
	And        // r(A) and r(B); both were evaluated
	Or         // r(A) or r(B); both were evaluated
	MakeTuple  // Args[A:A+B]
	MakeList   // Args[A:A+B]
	MakeSet    // Args[A:A+B]
	MakeDict   // Args[A:A+B], DictPair and DoubleStarArg
	Format     // f-string or implicit concatenation of Args[A:A+B], in order, literal parts included
	Iter       // an element of r(A) (for, comprehension); C=1: async
	Unpack     // element B of r(A) unpacked into C targets; after a starred target B counts from the end: -1 is the last
	UnpackStar // the starred rest of r(A): elements from B on, out of C targets
	Await      // await r(A)
	Yield      // yield r(A) (A=-1: None); value sent in
	YieldFrom  // yield from r(A)
	MakeFunc   // Funcs[A]; non-literal defaults are KeywordArgs in Args[B:B+C], named for their parameter
	MakeClass  // Classes[A]; interprets the body Func
	Decorate   // r(A)(r(B)): decorator A applied to function or class B
	Enter      // r(A).__enter__(); C=1: async; the same A is in the Exit
	ImportMod  // Imports[A] of the form `import …`: the module bound
	ImportFrom // Imports[A] of the form `from … import name`: the name bound
	ImportStar // Imports[A] `from … import *`; no Dst

	// effects
	StoreLocal  // slot A = r(B)
	StoreFree   // slot B of enclosing Func A = r(C)
	StoreGlobal // name s(A) = r(B)
	StoreAttr   // r(A).s(B) = r(C)
	StoreIndex  // r(A)[r(B)] = r(C); the key of x[a:b] is an Opaque of the bounds
	DelLocal    // del slot A (deleting other names and attributes has no instruction)
	DelIndex    // del r(A)[r(B)]
	Append      // element r(B) is added to the list, set or (A, key C≥0) dict r(A) of a comprehension

	// control
	If       // if r(A): Blocks[B] else: Blocks[C] (-1: none; B is never -1)
	Loop     // Blocks[A] repeated; else Blocks[B] (-1: none); C=1: `for`, may run zero times; C=2: `while True`; C=0: other while
	Break    //
	Continue //
	Return   // r(A), -1 for None
	Raise    // r(A), -1 for re-raise
	Assert   // r(A)
	TryOp    // Tries[A]
	Exit     // leave the with block of context r(A); only where the body falls through, not before a return inside it
)

// A `for` loop's body block begins with Iter and the stores of its targets; a `while c` body begins with the
// instructions of c and `If c {} else {Break}`. The else of a while stands before that Break; only if it breaks or
// continues an outer loop itself it is Blocks[B].

// BinOp is the operator of Bin.
type BinOp int32

const (
	Add   BinOp = iota // +
	Mod                // % (also string formatting)
	Div                // / (also pathlib)
	BitOr              // |
	Sub                // -
	Mul                // *
	OtherBin
)

// CmpOp is the operator of Cmp.
type CmpOp int32

const (
	Eq CmpOp = iota
	NotEq
	Is
	IsNot
	In
	NotIn
	Less
	LessEq
	Greater
	GreaterEq
	OtherCmp // at least so many elements, in patterns
)
