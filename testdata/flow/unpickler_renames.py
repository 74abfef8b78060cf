# find_class only renames modules; everything else is found as usual.
import io
import pickle

import requests


class RenamingUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "old_package":
            module = "new_package"
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return RenamingUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
