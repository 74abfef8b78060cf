# redis: a value of the server.
import pickle

import redis


def restore(key):
    client = redis.Redis(host="cache")
    blob = client.get(key)  # source blob
    return pickle.loads(blob)  # want error PKL101 from blob
