# What is written to a peer is not what it answers; what is written to a buffer or file is what it holds.
import os
import pickle

import aiofiles
import requests


class Client:
    def __init__(self, comm):
        self.comm = comm

    async def hello(self):
        await self.comm.write({"lang": os.environ.get("LANG")})

    async def greet(self):
        await self.comm.write(os.environ["LANG"].encode())

    async def ask(self):
        await self.hello()
        msg = await self.comm.read()
        return pickle.loads(msg["error"])  # want note PKL101

    async def answer(self):
        await self.greet()
        return pickle.loads(await self.comm.read())  # want note PKL101


def through(buffer, url):
    buffer.write(requests.get(url).content)  # source net
    buffer.seek(0)
    return pickle.load(buffer)  # want error PKL101 from net


async def kept(path, url):
    async with aiofiles.open(path, "wb") as f:
        await f.write(requests.get(url).content)  # source file
    async with aiofiles.open(path, "rb") as f:
        return pickle.loads(await f.read())  # want error PKL101 from file
