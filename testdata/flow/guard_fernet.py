# Authenticated encryption raises when a byte was changed.
import pickle
from pathlib import Path

from cryptography.fernet import Fernet
from flask import request

BOX = Fernet(Path("/etc/app/key").read_bytes())


def restore():
    return pickle.loads(BOX.decrypt(request.get_data()))  # ok: only a holder of the key could encrypt
