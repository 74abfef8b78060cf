# operator.itemgetter and attrgetter are subscripts and attributes.
import operator
import pickle

import requests


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    first = pickle.loads(operator.attrgetter("content")(response))  # want PKL101 from net
    second = pickle.loads(operator.itemgetter(0)([response.content]))  # want PKL101 from net
    return first, second
