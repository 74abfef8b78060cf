# A variable of the environment gates with its default: one that refuses by default lowers and is named, one that allows is none.
import os
import pickle

import requests

ALLOWED = os.environ.get("ACME_ALLOW_PICKLE", "false").lower() == "true"
OPEN = os.environ.get("ACME_PICKLE", "on") == "on"


def _fetch(url):
    return requests.get(url, timeout=10).content


def refuses(url):
    if os.environ.get("ACME_ALLOW_PICKLE", "0") != "1":
        raise PermissionError("set ACME_ALLOW_PICKLE=1")
    return pickle.loads(_fetch(url))  # want warning PKL101


def allows(url):
    if os.environ.get("ACME_ALLOW_PICKLE", "1") != "1":
        raise PermissionError("ACME_ALLOW_PICKLE is off")
    return pickle.loads(_fetch(url))  # want error PKL101


def unset(url):
    if os.getenv("ACME_TRUST"):
        return pickle.loads(_fetch(url))  # want warning PKL101
    return None


def one_of(url):
    if os.getenv("ACME_TRUST", "").strip().lower() not in ("1", "true", "yes"):
        raise PermissionError("set ACME_TRUST")
    return pickle.loads(_fetch(url))  # want warning PKL101


def switched_off(url):
    if os.getenv("ACME_NO_PICKLE"):
        raise PermissionError("no pickle here")
    return pickle.loads(_fetch(url))  # want error PKL101


def number(url):
    if not int(os.getenv("ACME_PICKLE_LEVEL", "0")):
        raise PermissionError("set ACME_PICKLE_LEVEL")
    return pickle.loads(_fetch(url))  # want warning PKL101


def there(url):
    if "ACME_TRUST" not in os.environ:
        raise PermissionError("set ACME_TRUST")
    return pickle.loads(_fetch(url))  # want warning PKL101


def of_module(url):
    if not ALLOWED:
        raise PermissionError("set ACME_ALLOW_PICKLE")
    return pickle.loads(_fetch(url))  # want warning PKL101


def of_module_open(url):
    if not OPEN:
        raise PermissionError("ACME_PICKLE is off")
    return pickle.loads(_fetch(url))  # want error PKL101


def _consented():
    return os.environ.get("ACME_ALLOW_PICKLE", "") == "1"


def by_helper(url):
    if not _consented():
        raise PermissionError("set ACME_ALLOW_PICKLE=1")
    return pickle.loads(_fetch(url))  # want warning PKL101


def path(url):
    with open("models/" + os.environ.get("ACME_MODEL", "a.pkl"), "rb") as file:  # source env
        return pickle.load(file)  # want note PKL101 from env
