# A session with defaults; the response is read as a stream of lines.
import base64
import pickle

import requests


def restore(url):
    with requests.Session() as session:
        session.headers["Accept"] = "text/plain"
        response = session.get(url, stream=True, timeout=10)  # source net
        return [pickle.loads(base64.b64decode(line)) for line in response.iter_lines()]  # want error PKL101 from net
