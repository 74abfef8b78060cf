# What a request may name is not the default alone: only a beginning that holds on all ways says which package it is.
import importlib

from flask import Flask, request

app = Flask(__name__)


@app.get("/default")
def default():
    name = request.args.get("kind", "reports.daily")  # source default
    return importlib.import_module(name).build()  # want PKL406 from default


@app.get("/either")
def either():
    name = request.args.get("kind") or "reports.daily"  # source either
    return importlib.import_module(name).build()  # want PKL406 from either


@app.get("/branch")
def branch():
    name = "reports.daily"
    if "kind" in request.args:
        name = request.args["kind"]  # source branch
    return importlib.import_module(name).build()  # want PKL406 from branch


@app.get("/dotted")
def dotted():
    name = request.args["kind"]  # source dotted
    if "." not in name:
        name = "reports." + name
    return importlib.import_module(name).build()  # want PKL406 from dotted


@app.get("/below")
def below():
    name = request.args.get("kind", "daily")
    return importlib.import_module("reports." + name).build()  # ok: below a package of our own


@app.get("/table")
def table():
    name = {"daily": "reports.daily", "weekly": "reports.weekly"}[request.args["kind"]]
    return importlib.import_module(name).build()  # ok: a table says which
