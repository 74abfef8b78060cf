global x
x = 1
def f():
    global x, y
    x = y = 2
    def g():
        nonlocal z
        global x
        x += z
    z = 3
    class C:
        global x
        x = 4
        nonlocal z
        z = 5
    return g
