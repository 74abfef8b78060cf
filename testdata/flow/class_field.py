# A field set in one method and loaded in another.
import pickle

import requests


class Store:
    def refresh(self, url):
        self.body = requests.get(url, timeout=10).content  # source net

    def value(self):
        return pickle.loads(self.body)  # want PKL101 from net
