a, *b = *c, d = 1, *range(3)
[x, *y], z = [1, 2], 3
for i, *j in [(1, 2, 3)]: pass
f(*a, *b, k=1, **c, **d)
print(*b.f(c))
