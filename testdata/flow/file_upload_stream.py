# An uploaded file is loaded from its stream.
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/restore", methods=["POST"])
def restore():
    upload = request.files["state"]  # source upload
    return str(pickle.load(upload.stream))  # want error PKL101 from upload
