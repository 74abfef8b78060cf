# __setstate__ gets what pickle read; the nested load is a second sink.
import pickle

import requests


class Envelope:
    def __setstate__(self, state):
        self.__dict__.update(state)

    def open(self, url):
        body = requests.get(url, timeout=10).content  # source net
        self.value = pickle.loads(body)  # want PKL101 from net
        return self.value
