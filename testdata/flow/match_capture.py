# A pattern binds parts of the subject.
import pickle

import requests


def restore(url):
    message = {"kind": "state", "body": requests.get(url, timeout=10).content}  # source net
    match message:
        case {"kind": "state", "body": body}:
            return pickle.loads(body)  # want PKL101 from net
        case _:
            return None
