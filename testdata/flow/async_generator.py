# An async generator and async for.
import pickle

import httpx


async def pages(urls):
    async with httpx.AsyncClient() as client:
        for url in urls:
            response = await client.get(url)  # source net
            yield response.content


async def restore(urls):
    return [pickle.loads(page) async for page in pages(urls)]  # want PKL101 from net
