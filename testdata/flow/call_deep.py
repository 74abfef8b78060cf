# Five calls on each side.
import pickle

import requests


def get1(url):
    return requests.get(url, timeout=10).content  # source net


def get2(url):
    return get1(url)


def get3(url):
    data = get2(url)
    return data


def get4(url):
    return get3(url + "?raw=1")


def use1(data):
    return pickle.loads(data)  # want error PKL101 from net


def use2(data):
    return use1(data)


def use3(data):
    result = use2(data)
    return result


def use4(data):
    return [use3(data)]


def main(url):
    return use4(get4(url))
