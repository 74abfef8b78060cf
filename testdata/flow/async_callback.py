# A callback of the event loop.
import asyncio
import pickle

import requests


def _decode(body):
    print(pickle.loads(body))  # want PKL101 from net


def restore(url):
    loop = asyncio.new_event_loop()
    body = requests.get(url, timeout=10).content  # source net
    loop.call_soon(_decode, body)
    loop.run_forever()
