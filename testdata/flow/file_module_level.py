"""A file that a script writes at module level holds what was written, whatever variable the handle is kept in."""

import os
import pickle

import joblib
import requests

reply = requests.get("https://example.org/a.joblib")
with open("a.joblib", "wb") as out:
    out.write(reply.content)
joblib.load("a.joblib")  # want error PKL103

with requests.get("https://example.org/b.joblib", stream=True) as streamed:
    with open("b.joblib", "wb") as parts:
        for chunk in streamed.iter_content(8192):
            parts.write(chunk)
joblib.load("b.joblib")  # want error PKL103

handle = open("c.pkl", "wb")
handle.write(pickle.dumps({}))
handle.close()
with open("c.pkl", "rb") as own:
    pickle.load(own)  # ok: what the script itself wrote

CACHE = os.path.expanduser("~/.cache/acme/d.pkl")
if not os.path.exists(CACHE):
    with open(CACHE, "wb") as cached:
        cached.write(requests.get("https://example.org/d.pkl").content)
with open(CACHE, "rb") as again:
    pickle.load(again)  # want error PKL101
