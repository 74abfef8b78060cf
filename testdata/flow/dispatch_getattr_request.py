# Whoever sends the request chooses the word, whatever its default is; a caller of the tree that passes one word does not.
# notes: ignored
import json
import pickle

from fastapi import FastAPI, Request

app = FastAPI()


class Reader:
    def read(self, kind, raw):
        return getattr(self, f"read_{kind}")(raw)

    def read_json(self, raw):
        return json.loads(raw)

    def read_frame(self, raw):
        return pickle.loads(raw)  # want PKL101 from body


class Restorer:
    def read(self, kind, raw):
        return getattr(self, f"load_{kind}")(raw)

    def load_json(self, raw):
        return json.loads(raw)

    def load_frame(self, raw):
        return pickle.loads(raw)  # ok: only the word for JSON is passed


@app.put("/state")
async def put(request: Request, kind: str = "json"):
    return Reader().read(kind, await request.body())  # source body


@app.put("/fixed")
async def fixed(request: Request):
    return Restorer().read("json", await request.body())
