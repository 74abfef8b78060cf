# Operations that move the elements of a list say where each of them is afterwards; where they do not, it may be anywhere.
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.post("/framed")
def framed():
    body = request.get_data()  # source body
    frames = [body, b"{}"]
    frames.insert(0, b"v1")
    pickle.loads(frames[0])  # ok: the mark that was put before it
    pickle.loads(frames[2])  # ok: moved by one
    return pickle.loads(frames[1])  # want PKL101 from body


@app.post("/stripped")
def stripped():
    body = request.get_data()  # source second
    parts = [b"head", body, b"tail"]
    del parts[0]
    pickle.loads(parts[1])  # ok: the tail
    pickle.loads(parts[-1])  # ok: the tail
    return pickle.loads(parts[-2])  # want PKL101 from second


@app.post("/popped")
def popped():
    body = request.get_data()  # source third
    parts = [b"head", b"mark", body]
    parts.pop(0)
    parts.remove(b"mark")
    last = parts[0]
    rest = {"own": b"x", "theirs": body}
    del rest["theirs"]
    for part in rest.values():
        pickle.loads(part)  # ok: theirs is gone
    return pickle.loads(last)  # want PKL101 from third


@app.post("/turned")
def turned():
    parts = [b"own", request.get_data()]  # source fourth
    parts.reverse()
    pickle.loads(parts[1])  # ok: the first is the last
    return pickle.loads(parts[0])  # want PKL101 from fourth


@app.post("/sorted")
def in_order():
    parts = [b"own", request.get_data()]  # source fifth
    parts.sort()
    return pickle.loads(parts[0])  # want PKL101 from fifth


@app.post("/somewhere")
def somewhere():
    parts = [b"own", request.get_data()]  # source sixth
    parts.insert(int(request.args["at"]), b"more")
    del parts[: len(parts) - 1]
    return pickle.loads(parts[0])  # want PKL101 from sixth


@app.post("/drained")
def drained():
    parts = [b"own", request.get_data()]  # source seventh
    while parts:
        pickle.loads(parts.pop())  # want PKL101 from seventh
    return ""
