# cPickle of Python 2 style: find_global is assigned on the instance.
import io
import pickle

import requests

SAFE = {"collections": {"OrderedDict"}}


class SafeUnpickler:
    @classmethod
    def find_class(cls, module, name):
        if module not in SAFE or name not in SAFE[module]:
            raise pickle.UnpicklingError("Attempting to unpickle unsafe class %s" % name)
        return getattr(__import__(module, fromlist=[name]), name)

    @classmethod
    def loads(cls, data):
        unpickler = pickle.Unpickler(io.BytesIO(data))
        unpickler.find_global = cls.find_class
        return unpickler.load()  # want error PKL101 from net


def restore(url):
    # On Python 3 the attribute find_global means nothing: this is not safe.
    return SafeUnpickler.loads(requests.get(url, timeout=10).content)  # source net
