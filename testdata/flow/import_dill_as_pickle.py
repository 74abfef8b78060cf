# `import dill as pickle`: the rule follows the module, not the name.
import dill as pickle

import requests


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return pickle.loads(body)  # want error PKL102 from net
