"""HTTP access to the services next door."""

import requests

_session = requests.Session()


class ServiceError(RuntimeError):
    """A service answered with something other than 200."""


def get(url: str, timeout: float = 10.0) -> bytes:
    """Return the body of url."""
    response = _session.get(url, timeout=timeout)  # source features
    if response.status_code != 200:
        raise ServiceError(f"{url}: {response.status_code}")
    return response.content
