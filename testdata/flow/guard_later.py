# A check counts where somebody waits for it: a coroutine that nobody awaits, a thread, a forgotten task is none.
import asyncio
import hashlib
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def compare(blob):
    if hashlib.sha256(blob).hexdigest() != EXPECTED:
        raise ValueError("not the release")


async def verify(blob):
    compare(blob)


async def forgotten(url):
    blob = requests.get(url).content  # source forgotten
    verify(blob)
    return pickle.loads(blob)  # want error PKL101 from forgotten


async def awaited(url):
    blob = requests.get(url).content
    await verify(blob)
    return pickle.loads(blob)  # ok: checked


async def task(url):
    blob = requests.get(url).content  # source task
    asyncio.create_task(verify(blob))
    return pickle.loads(blob)  # want error PKL101 from task


async def task_kept(url, tasks: set):
    blob = requests.get(url).content  # source task_kept
    job = asyncio.create_task(verify(blob))
    tasks.add(job)
    job.add_done_callback(tasks.discard)
    return pickle.loads(blob)  # want error PKL101 from task_kept


async def tasks_gathered(url):
    blob = requests.get(url).content
    jobs = []
    jobs.append(asyncio.create_task(verify(blob)))
    await asyncio.gather(*jobs)
    return pickle.loads(blob)  # ok: those that were kept were waited for


async def task_awaited(url):
    blob = requests.get(url).content
    job = asyncio.create_task(verify(blob))
    await job
    return pickle.loads(blob)  # ok: the task was waited for


async def gathered(url):
    blob = requests.get(url).content
    await asyncio.gather(verify(blob), asyncio.sleep(0))
    return pickle.loads(blob)  # ok: all were waited for


def run(url):
    blob = requests.get(url).content
    asyncio.run(verify(blob))
    return pickle.loads(blob)  # ok: run waits


def thread(url):
    blob = requests.get(url).content  # source thread
    worker = threading.Thread(target=compare, args=(blob,))
    worker.start()
    worker.join()
    return pickle.loads(blob)  # want error PKL101 from thread


def submitted(url):
    blob = requests.get(url).content  # source submitted
    with ThreadPoolExecutor() as pool:
        pool.submit(compare, blob)
    return pickle.loads(blob)  # want error PKL101 from submitted


def asked(url):
    blob = requests.get(url).content
    with ThreadPoolExecutor() as pool:
        pool.submit(compare, blob).result()
    return pickle.loads(blob)  # ok: the result was asked for


async def in_thread(url):
    blob = requests.get(url).content
    await asyncio.to_thread(compare, blob)
    return pickle.loads(blob)  # ok: awaited


async def in_group(url):
    blob = requests.get(url).content
    async with asyncio.TaskGroup() as group:
        group.create_task(verify(blob))
    return pickle.loads(blob)  # ok: the group has waited


async def inside_group(url):
    blob = requests.get(url).content  # source inside
    async with asyncio.TaskGroup() as group:
        group.create_task(verify(blob))
        return pickle.loads(blob)  # want error PKL101 from inside


async def errors_kept(url):
    blob = requests.get(url).content  # source kept
    await asyncio.gather(verify(blob), return_exceptions=True)
    return pickle.loads(blob)  # want error PKL101 from kept
