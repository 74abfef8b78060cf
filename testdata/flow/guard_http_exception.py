# FastAPI: raising HTTPException leaves the view.
import hashlib
import pickle

from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()
EXPECTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@app.post("/restore")
async def restore(upload: UploadFile):
    body = await upload.read()
    if hashlib.sha256(body).hexdigest() != EXPECTED:
        raise HTTPException(400, "unknown file")
    return pickle.loads(body)  # ok: only this one file
