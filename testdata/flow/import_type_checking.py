# An import under TYPE_CHECKING does not hide the real one.
from __future__ import annotations

from typing import TYPE_CHECKING

import pickle

import requests

if TYPE_CHECKING:
    from requests import Response


def fetch(url: str) -> object:
    response: Response = requests.get(url, timeout=10)  # source net
    return pickle.loads(response.content)  # want error PKL101 from net
