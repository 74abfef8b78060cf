lazy import json
lazy from pickle import loads


def f(x):
    return loads(x)
