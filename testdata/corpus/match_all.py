def f(x):
    match x, *y:
        case 0 | -1 | 1.5 | 2+3j | "a" "b" | b"c" | None | True: return 0
        case [a, b, *rest] if a > b: return rest
        case (a, (b, c), *_): return a
        case {"k": v, 1: w, **rest}: return v
        case Point(x=0, y=yy) | Point(0, yy): return yy
        case a.b.c: return 1
        case str() as s: return s
        case [*_]: return 2
        case _: return 3
