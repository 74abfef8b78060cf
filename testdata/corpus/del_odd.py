del a, b.c, d[0], (e, f), [g, h]
for x in y: del x
try: pass
except E as e: del e
print(e)
