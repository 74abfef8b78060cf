# match on a mode: one case downloads.
import pickle

import requests


def restore(mode, url):
    match mode:
        case "none":
            body = b"\x80\x04N."
        case "net" | "http":
            body = requests.get(url, timeout=10).content  # source net
        case _:
            raise ValueError(mode)
    return pickle.loads(body)  # want error PKL101 from net
