# A temporary file is written, rewound and loaded.
import pickle
import tempfile

import requests


def restore(url):
    with tempfile.TemporaryFile() as handle:
        handle.write(requests.get(url, timeout=10).content)  # source net
        handle.seek(0)
        return pickle.load(handle)  # want error PKL101 from net
