import cPickle


def f(a, (b, c)):
    try:
        exec "x = 1" in {}
    except (ValueError, TypeError), e:
        raise ValueError, "bad", None
    if a <> b:
        return `a` + ur"x" + 0777 + 10L
    return cPickle.loads(a)
