try:
    f()
except* (ValueError, TypeError) as group:
    g(group)
else:
    h()
finally:
    k()
