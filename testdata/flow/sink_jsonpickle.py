# jsonpickle builds any object from text; safe=True does not change that.
import jsonpickle
import requests


def load(url):
    text = requests.get(url, timeout=10).text  # source net
    return jsonpickle.decode(text, safe=True)  # want error PKL106 from net


def clone(value):
    return jsonpickle.decode(jsonpickle.encode(value))  # ok: a round trip
