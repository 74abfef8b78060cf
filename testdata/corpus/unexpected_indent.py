import pickle
import requests
    x = 1


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
