"""What only one branch overwrites keeps what its object gives on the other."""

import argparse
import json
import pickle
import socket

import requests


def field(quick):
    options = argparse.ArgumentParser().parse_args()
    if quick:
        options.model = "models/quick.bin"
    with open(options.model, "rb") as f:
        return pickle.load(f)  # want warning PKL101


def both_ways(quick):
    options = argparse.ArgumentParser().parse_args()
    if quick:
        options.model = "models/quick.bin"
    else:
        options.model = "models/full.bin"
    with open(options.model, "rb") as f:
        return pickle.load(f)  # ok: a file of the program's own on both ways


def key(url):
    reply = requests.get(url).json()
    if "error" in reply:
        reply["body"] = b"N."
    return pickle.loads(reply["body"])  # want error PKL101


def handler(url):
    reply = requests.get(url).json()
    try:
        json.loads(reply["meta"])
    except ValueError:
        reply["body"] = b"N."
    return pickle.loads(reply["body"])  # want error PKL101


def loop(url, names):
    reply = requests.get(url).json()
    for name in names:
        reply["body"] = name.encode()
    return pickle.loads(reply["body"])  # want error PKL101


def fill(message, default):
    if not default:
        return
    message.body = b"N."


def in_a_callee(conn: socket.socket, message, default):
    message.body = conn.recv(4096)
    fill(message, default)
    return pickle.loads(message.body)  # want error PKL101


def replaced(message):
    message.body = b"N."


def in_a_callee_always(conn: socket.socket, message):
    message.body = conn.recv(4096)
    replaced(message)
    return pickle.loads(message.body)  # ok: replaced on every way


def object_of_two(url, reply):
    if reply is None:
        reply = {"body": b"N."}
    else:
        reply = requests.get(url).json()
    return pickle.loads(reply["body"])  # want error PKL101


def arguments(url, safe):
    options = {}
    if safe:
        options["encoding"] = "latin1"
    return pickle.loads(requests.get(url).content, **options)  # want error PKL101
