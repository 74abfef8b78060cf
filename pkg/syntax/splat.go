package syntax

// restoreSplats puts stars where they belong. In expression lists the parser binds a star closer than the calls,
// attributes and subscripts after it: it reads "a, *b.f(c)" as a call of "(*b).f", which is no Python. The nodes of such
// a chain are rotated: call(attribute(list_splat(b), f), c) becomes list_splat(call(attribute(b, f), c)).
func restoreSplats(r raw) {
	if !r.splats {
		return
	}
	nodes := r.nodes
	for i := range nodes {
		if length := splatChain(nodes, i); length > 0 {
			rotateSplat(nodes, i, length)
			if isPatternList(nodes, i) {
				nodes[i].Kind = KindListSplatPattern
			}
		}
	}
}

// splatChain gives how many nodes from i on are each the first child of the one before, all calls, attributes and
// subscripts, and lead to a list_splat; 0 if they do not.
func splatChain(nodes []Node, i int) int {
	for n := 0; i+n < len(nodes); n++ {
		switch nodes[i+n].Kind {
		case KindCall, KindAttribute, KindSubscript:
		case KindListSplat:
			return n
		default:
			return 0
		}
	}
	return 0
}

// rotateSplat moves the list_splat and its star from behind the chain to before it.
func rotateSplat(nodes []Node, i, length int) {
	top, splat, star := nodes[i], nodes[i+length], nodes[i+length+1]
	copy(nodes[i+2:], nodes[i:i+length])
	inner := &nodes[i+length+2]
	inner.Field = splat.Field
	for j := i + 2; j < i+length+2; j++ {
		nodes[j].Span.Start = inner.Span.Start
	}
	nodes[i+2].Field = NoField
	splat.Field, splat.Span, splat.Next = top.Field, top.Span, top.Next
	star.Next = int32(i + 2)
	nodes[i], nodes[i+1] = splat, star
}

// isPatternList reports whether the parent of node i is a list of assignment targets.
func isPatternList(nodes []Node, i int) bool {
	for j := i - 1; j >= 0; j-- {
		if nodes[j].Next > int32(i) {
			switch nodes[j].Kind {
			case KindPatternList, KindTuplePattern, KindListPattern:
				return true
			}
			return false
		}
	}
	return false
}
