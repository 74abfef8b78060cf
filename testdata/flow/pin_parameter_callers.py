# A helper downloads a file of a model; one caller passes the commit, the other a branch.
import joblib
from huggingface_hub import hf_hub_download

COMMIT = "5f1b8e0c9d6a4b7e8f2c3d4a5b6c7d8e9f0a1b2c"


def _fetch(name, revision):
    return hf_hub_download("acme/sentiment", name, revision=revision)  # source hub


def scaler():
    return joblib.load(_fetch("scaler.joblib", COMMIT))  # ok: a commit


def latest_scaler():
    return joblib.load(_fetch("scaler.joblib", "main"))  # want error PKL103 from hub
