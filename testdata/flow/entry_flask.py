# Flask: body, form, args, files, cookies, headers and route parameters.
import base64
import pickle

from flask import Blueprint, Flask, request

app = Flask(__name__)
pages = Blueprint("pages", __name__)


@app.route("/body", methods=["POST"])
def body():
    return str(pickle.loads(request.data))  # want error PKL101 from=remote-request


@app.post("/form")
def form():
    text = request.form["state"]  # source form
    return str(pickle.loads(base64.b64decode(text)))  # want error PKL101 from form


@pages.route("/cookie")
def cookie():
    text = request.cookies.get("session")  # source cookie
    return str(pickle.loads(base64.b64decode(text)))  # want error PKL101 from cookie


@app.route("/json", methods=["POST"])
def json_field():
    message = request.get_json()  # source message
    return str(pickle.loads(bytes.fromhex(message["state"])))  # want error PKL101 from message


@app.route("/restore/<token>")
def restore(token):  # source token
    return str(pickle.loads(base64.urlsafe_b64decode(token)))  # want error PKL101 from token


@app.route("/size", methods=["POST"])
def size():
    return str(len(request.data))  # ok: nothing is loaded
