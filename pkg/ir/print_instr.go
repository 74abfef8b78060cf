package ir

import (
	"fmt"
	"strings"
)

var opNames = [...]string{
	Opaque: "opaque", ConstOp: "const", Local: "local", Free: "free", Global: "global", Attr: "attr", Index: "index",
	Slice: "slice", Call: "call", Bin: "bin", Cmp: "cmp", Not: "not", And: "and", Or: "or", MakeTuple: "tuple",
	MakeList: "list", MakeSet: "set", MakeDict: "dict", Format: "format", Iter: "iter", Unpack: "unpack",
	UnpackStar: "unpack*", Await: "await", Yield: "yield", YieldFrom: "yield from", MakeFunc: "func", MakeClass: "class",
	Decorate: "decorate", Enter: "enter", ImportMod: "import", ImportFrom: "from", ImportStar: "import *",
	StoreLocal: "store local", StoreFree: "store free", StoreGlobal: "store global", StoreAttr: "store attr",
	StoreIndex: "store index", DelLocal: "del", DelIndex: "del index", Append: "append", If: "if", Loop: "loop",
	Break: "break", Continue: "continue", Return: "return", Raise: "raise", Assert: "assert", TryOp: "try", Exit: "exit",
}

// String gives the operation's name in the text form.
func (op Op) String() string {
	if int(op) < len(opNames) {
		return opNames[op]
	}
	return fmt.Sprintf("op(%d)", uint8(op))
}

var binNames = [...]string{Add: "+", Mod: "%", Div: "/", BitOr: "|", Sub: "-", Mul: "*", OtherBin: "?"}

// String gives the operator as Python writes it, "?" for OtherBin.
func (o BinOp) String() string { return binNames[o] }

var cmpNames = [...]string{Eq: "==", NotEq: "!=", Is: "is", IsNot: "is not", In: "in", NotIn: "not in", Less: "<", LessEq: "<=", Greater: ">", GreaterEq: ">=", OtherCmp: "?"}

// String gives the operator as Python writes it, "?" for OtherCmp.
func (o CmpOp) String() string { return cmpNames[o] }

// text gives an instruction without its result.
func (p *printer) text(in *Instr) string {
	name := in.Op.String()
	switch in.Op {
	case ConstOp:
		return name + " " + p.m.Consts[in.A].String()
	case Local, DelLocal:
		return name + " " + p.f.Body.Slots[in.A]
	case Free:
		return fmt.Sprintf("%s %d:%s", name, in.A, p.m.Funcs[in.A].Body.Slots[in.B])
	case Global:
		return name + " " + p.m.Strings[in.A]
	case Attr:
		return fmt.Sprintf("%s r%d.%s", name, in.A, p.m.Strings[in.B])
	case Index, DelIndex:
		return fmt.Sprintf("%s r%d[r%d]", name, in.A, in.B)
	case Slice:
		return fmt.Sprintf("%s r%d[%s]", name, in.A, p.args(in))
	case Call:
		return fmt.Sprintf("%s r%d(%s)", name, in.A, p.args(in))
	case Bin:
		return fmt.Sprintf("r%d %s r%d", in.A, BinOp(in.C), in.B)
	case Cmp:
		return fmt.Sprintf("r%d %s r%d", in.A, CmpOp(in.C), in.B)
	case And, Or:
		return fmt.Sprintf("r%d %s r%d", in.A, name, in.B)
	case Opaque, MakeTuple, MakeList, MakeSet, MakeDict, Format:
		return fmt.Sprintf("%s(%s)", name, p.args(in))
	case Iter, Enter:
		if in.C == 1 {
			name = "async " + name
		}
		return fmt.Sprintf("%s r%d", name, in.A)
	case Unpack, UnpackStar:
		return fmt.Sprintf("%s r%d %d of %d", name, in.A, in.B, in.C)
	case MakeFunc:
		return fmt.Sprintf("%s %d(%s)", name, in.A, p.args(in))
	case MakeClass, ImportMod, ImportFrom, ImportStar:
		return fmt.Sprintf("%s %d", name, in.A)
	case Decorate:
		return fmt.Sprintf("%s r%d(r%d)", name, in.A, in.B)
	case Break, Continue:
		return name
	case StoreLocal, StoreFree, StoreGlobal, StoreAttr, StoreIndex, Append:
		return p.store(in)
	}
	if in.A < 0 {
		return name
	}
	return fmt.Sprintf("%s r%d", name, in.A)
}

func (p *printer) store(in *Instr) string {
	switch in.Op {
	case StoreLocal:
		return fmt.Sprintf("%s = r%d", p.f.Body.Slots[in.A], in.B)
	case StoreFree:
		return fmt.Sprintf("free %d:%s = r%d", in.A, p.m.Funcs[in.A].Body.Slots[in.B], in.C)
	case StoreGlobal:
		return fmt.Sprintf("global %s = r%d", p.m.Strings[in.A], in.B)
	case StoreAttr:
		return fmt.Sprintf("r%d.%s = r%d", in.A, p.m.Strings[in.B], in.C)
	case StoreIndex:
		return fmt.Sprintf("r%d[r%d] = r%d", in.A, in.B, in.C)
	}
	if in.C >= 0 {
		return fmt.Sprintf("append r%d, r%d: r%d", in.A, in.C, in.B)
	}
	return fmt.Sprintf("append r%d, r%d", in.A, in.B)
}

func (p *printer) args(in *Instr) string {
	var parts []string
	for _, a := range p.f.Body.Operands(in) {
		v := fmt.Sprintf("r%d", a.Val)
		switch a.Kind {
		case KeywordArg:
			v = p.m.Strings[a.Name] + "=" + v
		case StarArg:
			v = "*" + v
		case DoubleStarArg:
			v = "**" + v
		case DictPair:
			v = fmt.Sprintf("r%d: %s", a.Key, v)
		}
		parts = append(parts, v)
	}
	return strings.Join(parts, ", ")
}
