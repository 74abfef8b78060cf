# The body of a request to this service: an error.
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/predict", methods=["POST"])
def predict():
    body = request.get_data()  # source body
    return str(pickle.loads(body))  # want error PKL101 from body
