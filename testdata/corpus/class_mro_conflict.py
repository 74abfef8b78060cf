class X: pass
class Y: pass
class A(X, Y): pass
class B(Y, X): pass
class Z(A, B):
    def f(self):
        return super().g()
