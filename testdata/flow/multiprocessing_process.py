# multiprocessing.Process calls its target in another process.
import multiprocessing
import pickle

import requests


def _decode(body):
    print(pickle.loads(body))  # want PKL101 from net


def restore(url):
    worker = multiprocessing.Process(target=_decode, args=(requests.get(url, timeout=10).content,))  # source net
    worker.start()
    worker.join()
