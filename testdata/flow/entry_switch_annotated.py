# notes: ignored
# A truth value that a request gives is the worst that it can be, however its parameter is declared.
import io
from typing import Annotated, Optional

import torch
from fastapi import APIRouter, File, Form, Query

router = APIRouter()


@router.post("/form")
def form(blob: Annotated[bytes, File()], trusted: Annotated[bool, Form()] = False):  # source form
    return len(torch.load(io.BytesIO(blob), weights_only=not trusted))  # want error PKL201 from form


@router.post("/query")
def query(blob: Annotated[bytes, File()], safe: Optional[bool] = Query(True)):  # source query
    return len(torch.load(io.BytesIO(blob), weights_only=safe))  # want error PKL201 from query


@router.post("/union")
def union(blob: Annotated[bytes, File()], safe: bool | None = None):  # source union
    safe = True if safe is None else safe
    return len(torch.load(io.BytesIO(blob), weights_only=safe))  # want error PKL201 from union


@router.post("/device")
def device(blob: Annotated[bytes, File()], device: Annotated[str, Form()] = "cpu", quiet: Annotated[bool, Form()] = False):
    state = torch.load(io.BytesIO(blob), map_location=device, weights_only=True)  # ok: the program says so
    return {} if quiet else {"n": len(state)}
