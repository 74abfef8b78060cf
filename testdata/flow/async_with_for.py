# async with and async for.
import pickle

import aiohttp


async def restore(url):
    data = b""
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:  # source net
            async for chunk in response.content.iter_chunked(4096):
                data += chunk
    return pickle.loads(data)  # want error PKL101 from net
