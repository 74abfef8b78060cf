# numpy.load: off by default, on by keyword.
import io

import numpy as np
import requests


def load(url):
    body = requests.get(url, timeout=10).content  # source net
    first = np.load(io.BytesIO(body))  # ok: the default is off
    second = np.load(io.BytesIO(body), allow_pickle=True)  # want error PKL301 from net
    third = np.load(io.BytesIO(body), allow_pickle=False)  # ok: off
    return first, second, third
