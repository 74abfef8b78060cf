# keras: a downloaded model file, and safe_mode=False on our own.
import keras
import requests


def restore(url):
    with open("model.keras", "wb") as out:
        out.write(requests.get(url, timeout=10).content)  # source net
    return keras.models.load_model("model.keras", safe_mode=False)  # want error PKL601 from net


def own():
    return keras.models.load_model("own.keras")  # ok: a fixed file, and the default


def own_unsafe():
    return keras.models.load_model("own_unsafe.keras", safe_mode=False)  # want note PKL905
