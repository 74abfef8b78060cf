"""get of a client that is handed on is the client's, not that of a mapping."""

import pickle

import httpx
import redis
import requests


def fetch(session, url):
    reply = session.get(url, timeout=5)
    reply.raise_for_status()
    return reply.content


def with_session(url):
    with requests.Session() as session:
        return pickle.loads(fetch(session, url))  # want error PKL101


def through_two(client, key):
    return read(client, key)


def read(client, key):
    return client.get(key)


def with_redis(key):
    return pickle.loads(through_two(redis.Redis(), key))  # want error PKL101


def closure(url):
    client = httpx.Client()

    def fetch_it():
        return client.get(url).content

    return pickle.loads(fetch_it())  # want error PKL101


def with_mapping(key):
    table = {"a": b"N.", "b": b"I1\n."}
    return pickle.loads(read(table, key))  # ok: a mapping of literals
