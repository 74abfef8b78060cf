import pickle
import requests
x = "abc de"


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
