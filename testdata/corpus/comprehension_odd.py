x = [y for x in x for y in x if y if x]
class A:
    z = 1
    w = [z for _ in range(z)]
    v = {k: u for k, *u in w}
g = (i for i in (j for j in (k for k in ())))
