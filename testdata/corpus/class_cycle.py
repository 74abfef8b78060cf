class A(B):
    pass


class B(A):
    pass


class C(C):
    x = 1


A().load(1)
