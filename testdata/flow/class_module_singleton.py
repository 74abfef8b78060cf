# One module-level instance is filled in one function and read in another.
import pickle

import requests


class State:
    def __init__(self):
        self.blob = None


STATE = State()


def refresh(url):
    STATE.blob = requests.get(url, timeout=10).content  # source net


def current():
    return pickle.loads(STATE.blob)  # want PKL101 from net
