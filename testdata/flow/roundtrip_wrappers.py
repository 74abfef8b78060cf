# The round trip through own functions.
import pickle


def _freeze(value):
    return pickle.dumps(value)


def _thaw(blob):
    return pickle.loads(blob)  # ok: only ever gets what _freeze made


def clone(value):
    return _thaw(_freeze(value))
