# An import in a class body binds a class attribute.
import requests


class Client:
    import pickle as codec

    def fetch(self, url):
        body = requests.get(url, timeout=10).content  # source net
        return self.codec.loads(body)  # want PKL101 from net
