# loop.run_in_executor(pool, function, arguments…).
import asyncio
import pickle

import requests


def _download(url):
    return requests.get(url, timeout=10).content  # source net


async def restore(url):
    loop = asyncio.get_running_loop()
    body = await loop.run_in_executor(None, _download, url)
    return pickle.loads(body)  # want PKL101 from net
