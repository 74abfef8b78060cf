# Writing a pickle is not loading one.
import io
import pickle

import requests


def save(url):
    body = requests.get(url, timeout=10).content
    with open("reply.pkl", "wb") as handle:
        pickle.dump(body, handle)  # ok: dump
    stream = io.BytesIO()
    pickle.Pickler(stream).dump(body)  # ok: dump
    return stream.getvalue()
