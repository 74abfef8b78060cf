# Files found below a directory of our own.
import pickle
from pathlib import Path


def load():
    return [pickle.loads(path.read_bytes()) for path in sorted(Path("states").glob("*.pkl"))]  # ok: our own folder
