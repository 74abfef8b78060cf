# The request is read in a helper two calls below the view.
import pickle

from flask import Flask, request

app = Flask(__name__)


def _read():
    return request.get_data(cache=False)  # source body


def _payload():
    raw = _read()
    return raw[4:]


@app.route("/predict", methods=["POST"])
def predict():
    return str(pickle.loads(_payload()))  # want error PKL101 from body
