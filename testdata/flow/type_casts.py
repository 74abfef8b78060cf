# typing.cast and deep copies keep the value.
import copy
import pickle
from typing import Any, cast

import requests


def restore(url: str) -> Any:
    body = cast(bytes, requests.get(url, timeout=10).content)  # source net
    return pickle.loads(copy.copy(body))  # want error PKL101 from net
