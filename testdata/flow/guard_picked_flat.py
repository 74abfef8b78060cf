# Whose class was compared with names of the program's own, and which by its type holds nothing further down, builds no other.
from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Body, HTTPException
from hydra.utils import instantiate

router = APIRouter()
TARGETS = {"torch.nn.Linear", "torch.nn.ReLU"}


@router.post("/many")
def many(layers: list[dict[str, float | str]] = Body(..., max_length=64)):
    built = []
    for layer in layers:
        if layer.get("_target_") not in TARGETS:
            raise HTTPException(422)
        built.append(instantiate(layer))  # ok: text and numbers only
    return len(built)


@router.post("/one")
def one(layer: dict[str, str | int | None]):
    if layer["_target_"] in TARGETS:
        return repr(instantiate(layer))  # ok: text and numbers only
    raise HTTPException(422)


@router.post("/deep")
def deep(layer: dict[str, Any]):  # source deep
    if layer["_target_"] in TARGETS:
        return repr(instantiate(layer))  # want error PKL405 from deep
    raise HTTPException(422)


@router.post("/lists")
def lists(layer: dict[str, str | list[dict[str, str]]]):  # source lists
    if layer["_target_"] in TARGETS:
        return repr(instantiate(layer))  # want error PKL405 from lists
    raise HTTPException(422)


@router.post("/unlisted")
def unlisted(layer: dict[str, float | str]):  # source unlisted
    return repr(instantiate(layer))  # want error PKL405 from unlisted


@router.post("/all")
def all_of(layers: list[dict[str, str]]):  # source all
    if layers[0]["_target_"] not in TARGETS:
        raise HTTPException(422)
    return [repr(instantiate(layer)) for layer in layers]  # want error PKL405 from all
