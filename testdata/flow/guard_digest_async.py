# An asynchronous download with a check.
import hashlib
import pickle

import httpx

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


async def fetch(url):
    async with httpx.AsyncClient() as client:
        response = await client.get(url)
    body = response.content
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        raise ValueError("bad digest")
    return body


async def restore(url):
    return pickle.loads(await fetch(url))  # ok: checked


async def restore_unchecked(url):
    async with httpx.AsyncClient() as client:
        response = await client.get(url)  # source net
    return pickle.loads(response.content)  # want error PKL101 from net
