# `{**a, **b}` and `a | b` merge.
import pickle

import requests


def restore(url):
    parts = {"body": requests.get(url, timeout=10).content}  # source net
    merged = {"name": "model", **parts}
    return pickle.loads(merged["body"])  # want PKL101 from net


def restore_pipe(url):
    parts = {"name": "model"} | {"body": requests.get(url, timeout=10).content}  # source net2
    return pickle.loads(parts["body"])  # want PKL101 from net2
