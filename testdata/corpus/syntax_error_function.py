import pickle
import requests
def broken(x:
    return x +


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
