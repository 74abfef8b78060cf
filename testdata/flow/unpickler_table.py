# find_class returns classes of a constant table.
import collections
import io
import pickle

import requests

CLASSES = {("collections", "OrderedDict"): collections.OrderedDict, ("builtins", "set"): set}


class TableUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            return CLASSES[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed") from None


def restore(url):
    return TableUnpickler(io.BytesIO(requests.get(url, timeout=10).content)).load()  # ok: only classes of the table
