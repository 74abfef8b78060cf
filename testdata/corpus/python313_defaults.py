class Box[T = int]:
    pass


def f[T = str, *Ts = *tuple[int]](x: T) -> T:
    return x
