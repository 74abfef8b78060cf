import pickle
import requests


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)

x = = 3


def after(url):
    return pickle.loads(requests.get(url).content)
