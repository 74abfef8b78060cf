def f(a, b):
    # type: (bytes, str) -> object
    x = []  # type: list[bytes]
    for y in a:  # type: int
        pass
    return x  # type: ignore[return-value]
