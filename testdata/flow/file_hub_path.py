# The path that hf_hub_download gives, through a helper and a Path.
import pickle
from pathlib import Path

from huggingface_hub import hf_hub_download


def fetch(name):
    return Path(hf_hub_download(repo_id="org/model", filename=name))  # source hub


def load():
    path = fetch("scaler.pkl")
    print(path.name, path.stat().st_size)
    return pickle.loads(path.read_bytes())  # want error PKL101 from hub


def config():
    import json

    return json.loads(fetch("config.json").read_text())  # ok: json
