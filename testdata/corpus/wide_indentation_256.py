import pickle
import requests


def outer(url):
                                                                                                                                                                                                                                                                body = requests.get(url).content
                                                                                                                                                                                                                                                                return pickle.loads(body)


def next_one(url):
    return pickle.loads(requests.get(url).content)
