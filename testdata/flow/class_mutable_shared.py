# An object handed to two helpers: one fills it, the other loads from it.
import pickle

import requests


class Context:
    def __init__(self):
        self.body = None


def fill(context, url):
    context.body = requests.get(url, timeout=10).content  # source net


def use(context):
    return pickle.loads(context.body)  # want PKL101 from net


def restore(url):
    context = Context()
    fill(context, url)
    return use(context)
