# A subclass that overrides something else.
import io
import pickle

import requests


class TracingUnpickler(pickle.Unpickler):
    def persistent_load(self, pid):
        print("persistent", pid)
        return None


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return TracingUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
