"""The local feature store."""

import json
import shelve
import sqlite3
from pathlib import Path
from typing import Any

import settings


def open_store(path: str | Path = settings.DATA / "features") -> shelve.Shelf:
    """Open a feature store."""
    return shelve.open(str(path))  # want error PKL104 from upload


def merge_snapshot(path: Path) -> int:
    """Merge a snapshot into the local store and return how many entries it had."""
    with open_store(path) as snapshot, open_store() as store:
        store.update(snapshot)
        return len(snapshot)


def import_json(path: Path) -> int:
    """Merge a JSON snapshot into the local database."""
    table: dict[str, Any] = json.loads(path.read_text())
    with sqlite3.connect(settings.DATA / "features.db") as database:
        rows = [(key, json.dumps(value)) for key, value in table.items()]
        database.executemany("insert or replace into features values (?, ?)", rows)
    return len(table)
