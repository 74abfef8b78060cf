def f(a, b):
    return a, *[c for c in b]


def g(a, b):
    return a, *b.items(a)
