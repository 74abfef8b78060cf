# Attributes that a pack names whatever they belong to, of objects that nothing is known of.
import pickle
from io import BytesIO


def view(request):
    body = BytesIO(request.raw_post_data)
    body.readline()
    return pickle.loads(body.read())  # want error PKL101 from=remote-request


def upload(request):
    return pickle.load(request.FILES["model"])  # want error PKL101 from=remote-request


class Form:
    FILES = {"model": "own.pkl"}

    def load(self):
        return pickle.load(open(self.FILES["model"], "rb"))  # ok: the class says which file


def other(request):
    return pickle.loads(request.raw)  # want note PKL101 from=library
