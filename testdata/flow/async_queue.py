# asyncio.Queue between two coroutines of one function.
import asyncio
import pickle

import httpx


async def restore(url):
    inbox = asyncio.Queue()
    async with httpx.AsyncClient() as client:
        await inbox.put((await client.get(url)).content)  # source net
    body = await inbox.get()
    return pickle.loads(body)  # want PKL101 from net
