# A decorator verifies before the view runs.
import functools
import hmac
import pickle

from flask import Flask, abort, request

app = Flask(__name__)
KEY = b"a key of this service"


def signed(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        mac = hmac.new(KEY, request.get_data(), "sha256").hexdigest()
        if not hmac.compare_digest(mac, request.headers.get("X-Signature", "")):
            abort(403)
        return view(*args, **kwargs)

    return wrapper


@app.route("/restore", methods=["POST"])
@signed
def restore():
    return str(pickle.loads(request.get_data()))  # ok: the decorator has checked the body
