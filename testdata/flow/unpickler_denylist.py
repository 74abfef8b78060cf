# A deny-list forgets something: not safe.
import io
import pickle

import requests

FORBIDDEN = {"os", "subprocess", "sys"}


class DenyUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module in FORBIDDEN:
            raise pickle.UnpicklingError(module)
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return DenyUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
