while 1:
    for a.b[c], d in e: break
    else: continue
    break
else: pass
for x in *a, *b: pass
for (x) in y, z: pass
break
continue
return 1
yield 2
await 3
