# The refusal is swallowed and the usual search follows.
import io
import pickle

import requests

ALLOWED = {("collections", "OrderedDict")}


class SoftUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        try:
            if (module, name) not in ALLOWED:
                raise pickle.UnpicklingError(name)
        except pickle.UnpicklingError:
            pass
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return SoftUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
