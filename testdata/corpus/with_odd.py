with a, b as c, (d as e, f as (g, h),): pass
with (a): pass
with (a, b): pass
with (yield): pass
with a as b.c, d as e[0], f as [g, *h]: pass
