# Libraries that call what they are given: pools, task queues, schedulers, signals, decoders, converters.
import pickle
import sys
import json
import threading
import requests
import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool
import torch.multiprocessing as mp
import blinker
import ray
import sched
import time
import dask
import msgpack
from joblib import Parallel, delayed
from celery import Celery
from fastapi import BackgroundTasks, FastAPI, Request
import schedule
from apscheduler.schedulers.background import BackgroundScheduler
app = Celery("x")
web = FastAPI()


def w1(rank, raw):
    pickle.loads(raw)  # want PKL101


def go1(u):
    mp.spawn(w1, args=(requests.get(u).content,), nprocs=2)


def w1b(rank, raw):
    json.loads(raw)


def go1b(u):
    mp.spawn(w1b, args=(requests.get(u).content,))


saved = blinker.signal("saved")


@saved.connect
def on_saved(sender, blob=None):
    pickle.loads(blob)  # want PKL101


def fire(u):
    saved.send("x", blob=requests.get(u).content)


other = blinker.signal("other")


def on_other(sender, blob=None):
    pickle.loads(blob)  # want PKL101


other.connect(on_other)


def fire2(u):
    other.send("x", blob=requests.get(u).content)


@ray.remote
class Act:
    def __init__(self, raw):
        self.raw = raw

    def go(self):
        return pickle.loads(self.raw)  # want PKL101

    def do(self, raw):
        return pickle.loads(raw)  # want PKL101


def act(u):
    a = Act.remote(requests.get(u).content)
    ray.get(a.go.remote())
    b = Act.options(num_cpus=1).remote(b"x")
    b.do.remote(requests.get(u).content)


def w2(raw):
    pickle.loads(raw)  # want PKL101


def s2(u):
    sched.scheduler(time.time).enter(3, 1, w2, argument=(requests.get(u).content,))


def w3(raw):
    pickle.loads(raw)  # want PKL101


def s3(u):
    schedule.every().day.do(w3, requests.get(u).content)


def w4(raw):
    pickle.loads(raw)  # want PKL101


def s4(u):
    BackgroundScheduler().add_job(w4, "interval", args=[requests.get(u).content])


@app.task
def w5(raw, n=0):
    return pickle.loads(raw)  # want PKL101


def s5(u):
    w5.delay(requests.get(u).content)


@app.task
def w5b(raw):
    return pickle.loads(raw)  # want PKL101


def s5b(u):
    w5b.apply_async(args=(requests.get(u).content,))


def w6(raw):
    pickle.loads(raw)  # want PKL101


@web.post("/x")
async def s6(request: Request, bg: BackgroundTasks):
    bg.add_task(w6, await request.body())


@dask.delayed
def w7(raw):
    return pickle.loads(raw)  # want PKL101


def s7(u):
    return w7(requests.get(u).content).compute()


def w8(raw):
    return pickle.loads(raw)  # want PKL101


def s8(u, client):
    return client.submit(w8, requests.get(u).content).result()


def w9(n, raw):
    return pickle.loads(raw)  # want PKL101


def s9(us, pool):
    return pool.starmap(w9, [(1, requests.get(u).content) for u in us])


def hook(code, data):
    return pickle.loads(data)  # want PKL101


def s10(u):
    return msgpack.unpackb(requests.get(u).content, ext_hook=hook)


def ohook(d):
    return pickle.loads(bytes.fromhex(d["p"]))  # want PKL101


def s11(u):
    return json.loads(requests.get(u).text, object_hook=ohook)


def fetch(u):
    return requests.get(u).content


def s13(u):
    with ProcessPoolExecutor() as ex:
        f = ex.submit(fetch, u)
    f.add_done_callback(done)


def done(fut):
    pickle.loads(fut.result())  # want PKL101


def s14(u):
    loop = asyncio.get_running_loop()
    loop.call_later(3, w14, requests.get(u).content)


def w14(raw):
    pickle.loads(raw)  # want PKL101


def w15(raw):
    return json.loads(raw)


def s15(u, client):
    return client.submit(w15, requests.get(u).content).result()


def s16(us):
    with Pool() as p:
        return list(p.map(pickle.loads, [fetch(u) for u in us]))  # want PKL101


def s17(us):
    return [*map(pickle.loads, (fetch(u) for u in us))]  # want PKL101


def init(raw):
    global M
    M = pickle.loads(raw)  # want PKL101


def s18(u):
    with ProcessPoolExecutor(initializer=init, initargs=(fetch(u),)) as ex:
        ex.submit(print)


import attrs
import attr


@attrs.define
class Msg:
    body = attrs.field(converter=pickle.loads)


def s19(u):
    return Msg(fetch(u))  # want PKL101


class Job(threading.Thread):
    def __init__(self, raw):
        super().__init__()
        self.raw = raw

    def run(self):
        pickle.loads(self.raw)  # want PKL101


def s20(u):
    Job(fetch(u)).start()
