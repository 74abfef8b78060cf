# `import a.b as c` binds the submodule, `from a import b` does the same.
import pickle
import urllib.request as web
from urllib import request


def fetch(url):
    body = web.urlopen(url).read()  # source net
    return pickle.loads(body)  # want error PKL101 from net


def fetch_again(url):
    body = request.urlopen(url).read()  # source net2
    return pickle.loads(body)  # want error PKL101 from net2
