"""The HTTP interface of the service."""

import shutil
from pathlib import Path

import cache
import features
import jobs
import models
import settings
from fastapi import FastAPI, HTTPException, UploadFile
from pydantic import BaseModel

app = FastAPI(title="sentiment")
classifier = models.load(pinned=True)
queue = jobs.Queue("refresh")


class Text(BaseModel):
    text: str
    user: int | None = None


@app.post("/classify")
def classify(request: Text) -> dict[str, float]:
    """Classify one text, with the features of its user if we know them."""
    tokens = classifier.tokenizer(request.text, return_tensors="pt")
    hidden = classifier.encoder(**tokens).last_hidden_state[:, 0]
    extra = features.fetch_json(f"user/{request.user}") if request.user else {}
    scores = hidden @ classifier.head["weight"].T
    return {"positive": float(scores.sigmoid()), "weight": float(extra.get("weight", 1.0))}


@app.post("/refresh")
def refresh(name: str) -> dict[str, str]:
    """Queue the refresh of a feature table."""
    if name not in ("users", "items"):
        raise HTTPException(404, "no such table")
    queue.put({"refresh": name})
    return {"queued": name}


@app.post("/snapshots")
def upload_snapshot(snapshot: UploadFile) -> dict[str, int]:  # source upload
    """Merge an uploaded snapshot into the feature store."""
    path = settings.UPLOADS / "snapshot"
    with path.open("wb") as out:
        shutil.copyfileobj(snapshot.file, out)
    return {"merged": cache.merge_snapshot(path)}


@app.post("/snapshots/json")
def upload_json(snapshot: UploadFile) -> dict[str, int]:
    """Merge an uploaded JSON snapshot into the feature store."""
    path: Path = settings.UPLOADS / "snapshot.json"
    path.write_bytes(snapshot.file.read())
    return {"merged": cache.import_json(path)}
