"""Features of users, kept by another team."""

import hashlib
import pickle
from typing import Any

import codec
import net
import settings


def _url(name: str) -> str:
    return f"{settings.FEATURE_SERVICE}/v1/{name}"


def fetch(name: str) -> dict[str, Any]:
    """Fetch a feature table in the compact form."""
    return codec.decode(net.get(_url(name)))


def fetch_json(name: str) -> dict[str, Any]:
    """Fetch a feature table as JSON."""
    return codec.decode_json(net.get(_url(name) + "?format=json"))


def restore_checked() -> dict[str, Any]:
    """Fetch the frozen baseline, whose digest is in our settings."""
    blob = net.get(_url("baseline"))
    if hashlib.sha256(blob).hexdigest() != settings.BASELINE_SHA256:
        raise ValueError("the baseline changed")
    return pickle.loads(blob)  # ok: these bytes were reviewed


def clone(table: dict[str, Any]) -> dict[str, Any]:
    """A deep copy by way of the compact form."""
    return pickle.loads(pickle.dumps(table))  # ok: a round trip
