package taint

import (
	"reflect"
	"testing"
	"unsafe"
)

// What is no part of what a summary tells, by type and field.
var untold = map[string]bool{
	"summary.done": true, "summary.used": true, "summary.level": true, "summary.temp": true, "summary.uses": true, "summary.user": true, // how it was made
	"summary.said": true, // it counts by itself
	"Fact.prov":    true, // one of several ways
}

// TestSameSeesEveryField wants a difference in any field of what summaries are made of to be seen.
func TestSameSeesEveryField(t *testing.T) {
	eachField(t, func(a, b *summary) bool { return sameSummary(a, b) })
	eachField(t, sameValue)
	eachField(t, func(a, b *told) bool { return sameValue(&Value{told: a}, &Value{told: b}) })
	eachField(t, func(a, b *Ref) bool { return sameRef(*a, *b) })
	eachField(t, func(a, b *bound) bool { return sameRef(Ref{with: a}, Ref{with: b}) })
	eachField(t, func(a, b *arg) bool { return sameArg(*a, *b) })
	eachField(t, sameFact)
	eachField(t, sameCond)
	eachField(t, func(a, b *condFact) bool { return sameCondFact(*a, *b) })
	eachField(t, sameDigest)
	eachField(t, sameGuard)
	eachField(t, samePending)
	eachField(t, func(a, b *saying) bool { return sameSaying(*a, *b) })
	eachField(t, func(a, b *lateGuard) bool { return sameLate(*a, *b) })
}

// eachField sets the fields of a T one by one, and wants that to be seen.
func eachField[T any](t *testing.T, same func(a, b *T) bool) {
	typ := reflect.TypeFor[T]()
	if !same(new(T), new(T)) {
		t.Errorf("%s: two empty ones differ", typ.Name())
	}
	for i := range typ.NumField() {
		other := new(T)
		f := reflect.ValueOf(other).Elem().Field(i)
		f = reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem() // it is not exported
		if !fill(f, 0) {
			t.Fatalf("%s.%s: no other value of %s", typ.Name(), typ.Field(i).Name, f.Type())
		}
		if name := typ.Name() + "." + typ.Field(i).Name; same(new(T), other) != untold[name] {
			t.Errorf("%s: same = %v", name, !untold[name])
		}
	}
}

// fill puts something other than zero into a variable.
func fill(v reflect.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.String:
		v.SetString("x")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		switch v.Type().Elem() {
		case reflect.TypeFor[[]*Origin](), reflect.TypeFor[told](), reflect.TypeFor[bound](): // one without anything is as none
			return fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.Zero(v.Type().Key()), reflect.Zero(v.Type().Elem()))
	case reflect.Struct:
		f := v.Field(0)
		return fill(reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem(), depth+1)
	default:
		return false
	}
	return true
}
