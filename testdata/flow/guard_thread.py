# Checks that another thread makes: they count where somebody waits for what they give.
import asyncio
import hashlib
import hmac
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import requests

KEY = os.environ["KEY"].encode()
PINNED = {"scout": "ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d"}
pool = ThreadPoolExecutor()


def digest(data):
    return hashlib.sha256(data).hexdigest()


def verified(data, tag):
    return hmac.compare_digest(hmac.new(KEY, data, "sha256").hexdigest(), tag)


async def check(role, data):
    found = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
    if found != PINNED[role]:
        raise ValueError(role)


async def by_lambda(url):
    data = requests.get(url).content
    await check("scout", data)
    return pickle.loads(data)  # ok: checked


async def not_awaited(url):
    data = requests.get(url).content  # source left
    check("scout", data)
    return pickle.loads(data)  # want PKL101 from left


async def by_function(url):
    data = requests.get(url).content
    if await asyncio.to_thread(digest, data) != PINNED["scout"]:
        raise ValueError(url)
    return pickle.loads(data)  # ok: checked


async def verdict(url):
    answer = requests.get(url)
    if not await asyncio.to_thread(verified, answer.content, answer.headers["tag"]):
        raise ValueError(url)
    return pickle.loads(answer.content)  # ok: checked


async def verdict_of_a_task(url):
    answer = requests.get(url)  # source task
    if not asyncio.to_thread(verified, answer.content, answer.headers["tag"]):
        raise ValueError(url)
    return pickle.loads(answer.content)  # want PKL101 from task


def future(url):
    answer = requests.get(url)
    if not pool.submit(verified, answer.content, answer.headers["tag"]).result():
        raise ValueError(url)
    return pickle.loads(answer.content)  # ok: checked


def other_data(url):
    data = requests.get(url).content  # source other
    if pool.submit(digest, b"own").result() != PINNED["scout"]:
        raise ValueError(url)
    return pickle.loads(data)  # want PKL101 from other


async def gathered(url):
    data = requests.get(url).content
    await asyncio.gather(check("scout", data), asyncio.sleep(1))
    return pickle.loads(data)  # ok: checked
