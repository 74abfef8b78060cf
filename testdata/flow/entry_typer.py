# typer: parameters of a command.
import pickle
from pathlib import Path

import typer

app = typer.Typer()


@app.command()
def show(path: Path, count: int = 1):  # source path
    print(count, pickle.loads(path.read_bytes()))  # want warning PKL101 from path
