# joblib.load takes a path or a file.
import io

import joblib
import requests


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    return joblib.load(io.BytesIO(body))  # want error PKL103 from net


def own():
    return joblib.load("model.joblib")  # ok: a fixed file
