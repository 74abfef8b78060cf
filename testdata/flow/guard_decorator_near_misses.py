# Decorators that do not stop anybody, or check something else.
import functools
import hmac
import logging
import pickle

from flask import Flask, abort, request

app = Flask(__name__)
KEY = b"a key of this service"


def mac_fits():
    mac = hmac.new(KEY, request.get_data(), "sha256").hexdigest()
    return hmac.compare_digest(mac, request.headers.get("X-Signature", ""))


def watched(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if not mac_fits():
            logging.warning("bad signature from %s", request.remote_addr)
        return view(*args, **kwargs)

    return wrapper


def signed_unless_local(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if request.remote_addr != "127.0.0.1" and not mac_fits():
            abort(403)
        return view(*args, **kwargs)

    return wrapper


def signed(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        if not mac_fits():
            abort(403)
        return view(*args, **kwargs)

    return wrapper


@app.post("/watched")
@watched
def put_watched():
    return str(pickle.loads(request.get_data()))  # want error PKL101


@app.post("/local")
@signed_unless_local
def put_local():
    return str(pickle.loads(request.get_data()))  # want error PKL101


@app.post("/signed")
@signed
def put_signed():
    return str(pickle.loads(request.get_data()))  # ok: checked by a helper of the decorator


@app.post("/files")
@signed
def put_file():
    return str(pickle.load(request.files["state"]))  # want error PKL101
