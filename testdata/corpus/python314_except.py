try:
    f()
except ValueError, TypeError:
    pass

try:
    f()
except* OSError, ValueError:
    pass
