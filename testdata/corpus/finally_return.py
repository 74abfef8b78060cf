def f(x):
    while True:
        try:
            try:
                return x
            finally:
                continue
        except E:
            break
        else:
            raise
        finally:
            return 2
    else:
        return 3
