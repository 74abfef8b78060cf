# A dependency that a framework calls first: what it checks of the request holds in the function that depends on it.
import hashlib
import hmac
import logging
import os
import pickle
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request

SECRET = os.environ["CALLBACK_SECRET"].encode()
router = APIRouter()


async def signed(request: Request):
    body = await request.body()
    wanted = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("x-signature", ""), wanted):
        raise HTTPException(403, "bad signature")


async def told(request: Request):
    body = await request.body()
    wanted = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("x-signature", ""), wanted):
        logging.warning("bad signature")


async def signed_header(request: Request):
    header = request.headers.get("x-token", "").encode()
    wanted = hmac.new(SECRET, header, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("x-signature", ""), wanted):
        raise HTTPException(403, "bad signature")


@router.post("/a", dependencies=[Depends(signed)])
async def of_route(request: Request):
    body = await request.body()
    return pickle.loads(body)  # ok: signed


@router.post("/b")
async def by_default(request: Request, _=Depends(signed)):
    return pickle.loads(await request.body())  # ok: signed


@router.post("/c")
async def by_annotation(job: str, request: Request, _: Annotated[None, Depends(signed)]):
    return pickle.loads(await request.body())  # ok: signed


@router.post("/d")
async def unsigned(request: Request):
    return pickle.loads(await request.body())  # want error PKL101 from=remote-request


@router.post("/e", dependencies=[Depends(told)])
async def only_told(request: Request):
    return pickle.loads(await request.body())  # want error PKL101 from=remote-request


@router.post("/f", dependencies=[Depends(signed_header)])
async def other_part(request: Request):
    return pickle.loads(await request.body())  # want error PKL101 from=remote-request


@router.post("/g/{name}", dependencies=[Depends(signed)])
async def other_data(name: str, request: Request):
    await request.body()
    return pickle.loads(name.encode())  # want error PKL101 from=remote-request
