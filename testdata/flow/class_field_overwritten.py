# The field is overwritten before it is loaded, in the same method.
import pickle

import requests


class Store:
    def value(self, url):
        self.body = requests.get(url, timeout=10).content
        print(len(self.body))
        self.body = b"\x80\x04N."
        return pickle.loads(self.body)  # ok: overwritten with a literal
