def f(x=(y := 1), *, z: (w := int) = 2):
    return [a := 1, b := a], {(c := 2): (d := 3)}, (e := 4)[f := 0 :]
while (n := g()) and (m := n.x): pass
print(k := 3)
