# A table first, and the usual search for names that are not in it.
import collections
import io
import pickle

import requests

CLASSES = {("collections", "OrderedDict"): collections.OrderedDict}


class FriendlyUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in CLASSES:
            return CLASSES[(module, name)]
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return FriendlyUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
