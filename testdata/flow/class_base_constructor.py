# A class without a constructor of its own is made by that of its library base.
from multiprocessing.managers import BaseManager


class Jobs(BaseManager):
    pass


class Named(Jobs):
    """Still made by the library."""


class Local(BaseManager):
    def __init__(self):
        self.started = False


def serve(port):
    return Jobs(address=("0.0.0.0", port), authkey=b"x")  # want warning PKL703


def serve_named(port):
    return Named(address=("0.0.0.0", port), authkey=b"x")  # want warning PKL703


def same_machine():
    return Jobs(authkey=b"x")  # ok: no address


def own():
    return Local()  # ok: its constructor gives the base nothing
