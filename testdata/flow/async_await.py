# await gives the result of the coroutine.
import pickle

import httpx


async def download(url):
    async with httpx.AsyncClient() as client:
        response = await client.get(url)  # source net
        return response.content


async def restore(url):
    return pickle.loads(await download(url))  # want error PKL101 from net
