# asyncio.create_task and asyncio.run give the coroutine's result.
import asyncio
import pickle

import httpx


async def download(url):
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).content  # source net


async def main(url):
    task = asyncio.create_task(download(url))
    return pickle.loads(await task)  # want PKL101 from net


if __name__ == "__main__":
    asyncio.run(main("https://example.com/state"))
