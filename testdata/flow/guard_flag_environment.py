# The operator can turn pickle on with an environment variable: the finding stays.
import json
import os
import pickle

import requests

ALLOW_PICKLE = os.environ.get("ALLOW_PICKLE", "0") == "1"


def restore(url):
    body = requests.get(url, timeout=10).content  # source net
    if ALLOW_PICKLE:
        return pickle.loads(body)  # want PKL101 from net
    return json.loads(body)
