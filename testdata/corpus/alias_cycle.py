a = b
b = c
c = a
c(a, b)
x = x
del x, x
