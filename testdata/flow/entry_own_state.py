"""What a request object gives of the application is the program's own."""

import pickle

from aiohttp import web
from fastapi import FastAPI, Request

app = FastAPI()


@app.on_event("startup")
def start():
    app.state.folder = "/srv/models"


@app.post("/own")
async def own(request: Request):
    with open(request.app.state.folder + "/m.pkl", "rb") as f:
        return pickle.load(f)  # want note PKL101  # ok: a folder of the application


async def cached(request: Request):
    return pickle.loads(request.state.blob)  # want note PKL101  # ok: kept by the application's own middleware


@app.post("/sent")
async def sent(request: Request):
    return pickle.loads(await request.body())  # want error PKL101


async def header(request: Request):
    return pickle.loads(bytes.fromhex(request.headers["x-state"]))  # want error PKL101


async def table(request):
    with open(request.app["folder"] + "/m.pkl", "rb") as f:
        return web.json_response(pickle.load(f))  # want note PKL101  # ok: a key of the application


async def posted(request):
    return web.json_response(pickle.loads(await request.read()))  # want error PKL101


service = web.Application()
service.router.add_get("/table", table)
service.router.add_post("/posted", posted)
