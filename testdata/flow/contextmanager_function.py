# contextlib.contextmanager: `with f() as x` gives what the generator yields.
import contextlib
import pickle

import requests


@contextlib.contextmanager
def reply(url):
    response = requests.get(url, timeout=10)  # source net
    try:
        yield response
    finally:
        response.close()


def restore(url):
    with reply(url) as response:
        return pickle.loads(response.content)  # want PKL101 from net
