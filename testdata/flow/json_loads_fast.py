# Other JSON and msgpack readers give what was in the text, too.
import pickle

import msgspec
import orjson
import requests


def restore(url):
    reply = orjson.loads(requests.get(url).content)  # source json
    return pickle.loads(bytes.fromhex(reply["state"]))  # want error PKL101 from json


def restore_packed(url):
    reply = msgspec.msgpack.decode(requests.get(url).content)  # source packed
    return pickle.loads(reply["state"])  # want error PKL101 from packed
