# A class pattern binds attributes.
import pickle
from dataclasses import dataclass

import requests


@dataclass
class Reply:
    status: int
    body: bytes


def restore(url):
    response = requests.get(url, timeout=10)  # source net
    match Reply(response.status_code, response.content):
        case Reply(status=200, body=body):
            return pickle.loads(body)  # want PKL101 from net
        case _:
            return None
