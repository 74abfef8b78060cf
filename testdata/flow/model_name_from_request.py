# The request chooses which repository is downloaded and loaded.
from flask import Flask, request
from transformers import AutoModel

app = Flask(__name__)


@app.route("/load")
def load():
    name = request.args["model"]  # source query
    return str(AutoModel.from_pretrained(name))  # want PKL504 from query


MODELS = {"small": "./models/small", "large": "./models/large"}


@app.route("/pick")
def pick():
    path = MODELS[request.args["model"]]
    return str(AutoModel.from_pretrained(path, local_files_only=True))  # ok: one of our directories
