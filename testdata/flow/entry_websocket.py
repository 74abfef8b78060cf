# FastAPI: a message of a websocket.
import pickle

from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/ws")
async def serve(websocket: WebSocket):
    await websocket.accept()
    while True:
        data = await websocket.receive_bytes()  # source data
        await websocket.send_text(str(pickle.loads(data)))  # want error PKL101
