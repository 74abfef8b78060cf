x: int
y: "list[unknown" = 1
(z): int = 2
a.b: str
c[0]: 1 + 1 = 3
def f(*a: *b, **c: d) -> (yield): ...
