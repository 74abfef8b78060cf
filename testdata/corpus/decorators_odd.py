@(lambda f: f)
@x[0].y(1)(2)
@a if b else c
@(y := x)
def f(): ...


@\
staticmethod
class C: pass
