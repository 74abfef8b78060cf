# A defaultdict of lists.
import collections
import pickle

import requests


def restore(urls):
    parts = collections.defaultdict(list)
    for url in urls:
        parts[url].append(requests.get(url, timeout=10).content)  # source net
    return [pickle.loads(b"".join(bodies)) for bodies in parts.values()]  # missing PKL101 from net: what is added to a default value of a defaultdict is found only under the same key
