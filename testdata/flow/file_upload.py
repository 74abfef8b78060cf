# An uploaded file is saved and loaded.
import os
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/restore", methods=["POST"])
def restore():
    upload = request.files["state"]  # source upload
    path = os.path.join("uploads", "state.pkl")
    upload.save(path)
    with open(path, "rb") as handle:
        return str(pickle.load(handle))  # want error PKL101 from upload
