import pickle
import requests


def outer(url):
																																																																return pickle.loads(requests.get(url).content)


def next_one(url):
    return pickle.loads(requests.get(url).content)
