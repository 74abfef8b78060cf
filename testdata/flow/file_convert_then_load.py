# A downloaded JSON is converted; the pickle is our own.
import json
import pickle
import urllib.request


def restore(url):
    urllib.request.urlretrieve(url, "state.json")
    with open("state.json") as handle:
        state = json.load(handle)
    with open("state.pkl", "wb") as out:
        pickle.dump(state, out)
    with open("state.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: pickled here from JSON values
