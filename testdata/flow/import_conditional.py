# A module chosen by a condition: one of the two is a sink.
import os

import requests

if os.environ.get("USE_CLOUDPICKLE"):
    import cloudpickle as codec
else:
    import json as codec


def fetch(url):
    body = requests.get(url, timeout=10).content  # source net
    return codec.loads(body)  # want PKL102 from net
