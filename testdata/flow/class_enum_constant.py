# An enum member's value is a constant.
import enum
import pickle


class Blob(enum.Enum):
    NONE = b"\x80\x04N."
    TRUE = b"\x80\x04\x88."


def default():
    return pickle.loads(Blob.NONE.value)  # ok: a constant
