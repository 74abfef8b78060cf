# What a framework injects by an annotation is the result of the function that the annotation names.
import json
import pickle
from typing import Annotated

from fastapi import Depends, FastAPI, Request

app = FastAPI()


async def raw_body(request: Request) -> bytes:
    return await request.body()  # source body


async def settings() -> bytes:
    with open("settings.pkl", "rb") as f:
        return f.read()


Body = Annotated[bytes, Depends(raw_body)]


@app.put("/direct")
async def direct(body: Annotated[bytes, Depends(raw_body)]):
    return pickle.loads(body)  # want PKL101 from body


@app.put("/alias")
async def alias(body: Body):
    return pickle.loads(body)  # want PKL101 from body


@app.get("/own")
async def own(data: Annotated[bytes, Depends(settings)]):
    return pickle.loads(data)  # ok: the program's own file


class Vault:
    def put(self, raw):
        return pickle.loads(raw)  # want PKL101 from vault


class Notes:
    def put(self, raw):
        return json.loads(raw)


def vault() -> Vault:
    return Vault()


VaultDep = Annotated[Vault, Depends(vault)]
NotesDep = Annotated[Notes, Depends(Notes)]


@app.put("/vault")
async def store(request: Request, keep: VaultDep):
    return keep.put(await request.body())  # source vault


@app.put("/notes")
async def note(request: Request, keep: NotesDep):
    return keep.put(await request.body())
