# A parser of configuration keeps texts by section and key.
import configparser
import pickle

from flask import request

NEUTRAL = "gAR9lC4="


def filled(state):
    config = configparser.ConfigParser()
    config.add_section("client")
    config.set("client", "state", state)
    config.set("defaults", "state", NEUTRAL)
    config["web"] = {"state": state, "own": NEUTRAL}
    config["other"] = {}
    config["other"]["state"] = state
    return config


def client():
    return pickle.loads(filled(request.data).get("client", "state"))  # want PKL101 from=remote-request


def defaults():
    return pickle.loads(filled(request.data).get("defaults", "state"))  # ok: another section


def web():
    return pickle.loads(filled(request.data).get("web", "state"))  # want PKL101 from=remote-request


def own():
    return pickle.loads(filled(request.data)["web"]["own"])  # ok: another key


def by_index():
    return pickle.loads(filled(request.data)["client"]["state"])  # want PKL101 from=remote-request


def other():
    return pickle.loads(filled(request.data)["other"]["state"])  # want PKL101 from=remote-request


def of_a_file():
    config = configparser.ConfigParser()
    config.read("settings.ini")
    return pickle.loads(config.get("web", "state"))  # want warning PKL101
