# FastAPI: parameters, the request object and uploaded files.
import base64
import pickle

from fastapi import APIRouter, Depends, FastAPI, File, Request, UploadFile

app = FastAPI()
router = APIRouter()


def settings():
    return b"\x80\x04N."


@app.post("/raw")
async def raw(request: Request):
    body = await request.body()  # source body
    return pickle.loads(body)  # want error PKL101


@router.post("/upload")
async def upload(file: UploadFile = File(...)):
    data = await file.read()  # source upload
    return pickle.loads(data)  # want error PKL101


@app.get("/token/{token}")
def token(token: str):  # source token
    return pickle.loads(base64.b64decode(token))  # want error PKL101 from token


@app.get("/number/{number}")
def number(number: int):
    with open(f"states/{number}.pkl", "rb") as handle:
        return pickle.load(handle)  # ok: a number


@app.get("/settings")
def show(blob: bytes = Depends(settings)):
    return pickle.loads(blob)  # ok: our own bytes
