# The restricted class exists, and the load does not use it.
import pickle

import requests


class Strict(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL101 from net
