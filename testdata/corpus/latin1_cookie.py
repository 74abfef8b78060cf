# -*- coding: latin-1 -*-
import pickle
import requests
name = "Jürgen"


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
