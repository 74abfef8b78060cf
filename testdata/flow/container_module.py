# What one function puts into a module-level container, another takes out.
import collections
import pickle
import queue

import requests

REPLIES = {}
OWN = {}
JOBS = {}
RECENT = collections.deque(maxlen=16)
OLD = collections.deque(maxlen=16)
TASKS = queue.Queue(10)
DONE = queue.Queue(10)


def fetch(name, url):
    REPLIES[name] = requests.get(url).content  # source reply
    OWN[name] = pickle.dumps(name)


def reply(name):
    return pickle.loads(REPLIES.get(name))  # want error PKL101 from reply


def own(name):
    return pickle.loads(OWN.get(name))  # ok: written by this program


def submit(key, url):
    entry = JOBS.setdefault(key, {})
    entry["body"] = requests.get(url).content  # source job
    entry["state"] = pickle.dumps("new")


def body(key):
    return pickle.loads(JOBS[key]["body"])  # want error PKL101 from job


def state(key):
    return pickle.loads(JOBS[key]["state"])  # ok: another key of the same entry


def remember(blob):
    RECENT.append(blob)


def listen(url):
    remember(requests.get(url).content)  # source recent
    OLD.append(pickle.dumps(url))


def newest():
    return pickle.loads(RECENT[-1])  # want error PKL101 from recent


def oldest():
    return pickle.loads(OLD[0])  # ok: another ring


def produce(url):
    TASKS.put(requests.get(url).content)  # source task
    DONE.put(pickle.dumps("done"))


def consume():
    while True:
        pickle.loads(TASKS.get())  # want error PKL101 from task
        pickle.loads(DONE.get())  # ok: another queue


LAST = {}


def keep(url):
    LAST["reply"] = requests.get(url).content  # source last
    LAST["mine"] = pickle.dumps(url)


def last():
    return pickle.loads(LAST["reply"])  # want error PKL101 from last


def mine():
    return pickle.loads(LAST["mine"])  # ok: another key
