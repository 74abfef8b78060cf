# asyncio.gather gives the results of the coroutines in order.
import asyncio
import pickle

import httpx


async def download(url):
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).content  # source net


async def restore(first, second):
    bodies = await asyncio.gather(download(first), download(second))
    return [pickle.loads(body) for body in bodies]  # want PKL101 from net
