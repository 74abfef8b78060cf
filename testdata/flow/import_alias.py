# `import m as n`: the alias stands for the module.
import pickle as pkl

import requests as rq


def fetch(url):
    body = rq.get(url, timeout=10).content  # source net
    return pkl.loads(body)  # want error PKL101 from net
