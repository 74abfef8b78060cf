# FastAPI: a field of a pydantic model.
import base64
import pickle

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Job(BaseModel):
    name: str
    payload: str


@app.post("/run")
def run(job: Job):  # source job
    return pickle.loads(base64.b64decode(job.payload))  # want error PKL101 from job
