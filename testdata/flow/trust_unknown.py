# Where the bytes come from cannot be told: a note.
import pickle

from warehouse import fetch_blob


def load(key):
    blob = fetch_blob(key)
    return pickle.loads(blob)  # want note PKL101
