import pickle
import requests


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)