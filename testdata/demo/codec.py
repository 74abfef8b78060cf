"""How values travel between our services."""

import json
import pickle
import zlib
from typing import Any


def encode(value: Any) -> bytes:
    """The compact form: compressed pickle."""
    return zlib.compress(pickle.dumps(value, protocol=5))


def decode(blob: bytes) -> Any:
    """Read what encode made."""
    return pickle.loads(zlib.decompress(blob))  # want error PKL101 from features


def decode_json(blob: bytes) -> Any:
    """Read plain values."""
    return json.loads(blob)
