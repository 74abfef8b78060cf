import pickle
import requests
if 1:
        x = 1
    y = 2


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
