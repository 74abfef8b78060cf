# Unknown names are logged and found anyway.
import io
import logging
import pickle

import requests

ALLOWED = {("collections", "OrderedDict")}


class LoggingUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in ALLOWED:
            logging.warning("unexpected global %s.%s", module, name)
        return super().find_class(module, name)


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    return LoggingUnpickler(io.BytesIO(body)).load()  # want error PKL101 from net
