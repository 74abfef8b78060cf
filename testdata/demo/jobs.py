"""Background jobs, signed by the service that queues them."""

import hmac
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import codec
import features
import redis
import settings

_MAC_SIZE = 32
_pool = ThreadPoolExecutor(max_workers=2)


class Queue:
    """A list in redis; every entry starts with its MAC."""

    def __init__(self, name: str, client: redis.Redis | None = None) -> None:
        self.name = name
        self._client = client or redis.Redis(host="queue")
        self._key = settings.job_key()

    def _mac(self, blob: bytes) -> bytes:
        return hmac.digest(self._key, blob, "sha256")

    def put(self, job: Any) -> None:
        blob = codec.encode(job)
        self._client.rpush(self.name, self._mac(blob) + blob)

    def get(self) -> Any:
        entry = self._client.lpop(self.name)
        if entry is None:
            return None
        mac, blob = entry[:_MAC_SIZE], entry[_MAC_SIZE:]
        if not hmac.compare_digest(mac, self._mac(blob)):
            raise ValueError("a job with a wrong signature")
        return codec.decode(blob)  # ok: only we can have made it


def refresh(names: list[str], done: Callable[[str, dict], None]) -> None:
    """Fetch feature tables in the background."""
    for name in names:
        future = _pool.submit(features.fetch, name)
        done(name, future.result())
