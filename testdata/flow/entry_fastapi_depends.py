# What Depends() calls is a parameter's value.
import base64
import pickle

from fastapi import Depends, FastAPI, Header

app = FastAPI()


def _token(token: str = Header(...)):  # source token
    return base64.b64decode(token)


def _own():
    return b"\x80\x04N."


@app.get("/token")
def by_token(blob: bytes = Depends(_token)):
    return pickle.loads(blob)  # want error PKL101 from token


@app.get("/own")
def by_own(blob: bytes = Depends(_own)):
    return pickle.loads(blob)  # ok: our own bytes
