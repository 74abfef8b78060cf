# `import a.b` binds `a`; the sink and the source are attribute chains below it.
import urllib.request
import pickle


def fetch(url):
    body = urllib.request.urlopen(url).read()  # source net
    return pickle.loads(body)  # want error PKL101 from net
