# An environment variable with a literal default is still the user's.
import os

import joblib

MODEL = os.environ.get("MODEL", "model.joblib")  # source env


def load():
    return joblib.load(MODEL)  # want warning PKL103 from env
