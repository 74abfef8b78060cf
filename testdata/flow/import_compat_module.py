# six.moves and other compatibility modules lead to the same function.
import requests
from six.moves import cPickle


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return cPickle.loads(body)  # want error PKL101 from net
