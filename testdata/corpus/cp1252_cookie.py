#!/usr/bin/env python
# vim: set fileencoding=cp1252 :
import pickle
import requests
price = "5 €"


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
