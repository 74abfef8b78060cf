f = lambda *a, b=1, **c: (yield)
g = lambda x, /, y, *, z: lambda: (x, y, z)
h = lambda: (lambda: (lambda: 1)())()
