import pickle
import requests
x = "abc


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
