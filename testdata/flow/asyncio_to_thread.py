# asyncio.to_thread calls the function with the other arguments.
import asyncio
import pickle

import httpx


async def restore(url):
    async with httpx.AsyncClient() as client:
        body = (await client.get(url)).content  # source net
    return await asyncio.to_thread(pickle.loads, body)  # want PKL101 from net
