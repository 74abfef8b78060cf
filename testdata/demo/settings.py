"""Settings of the service, read once when it starts."""

from pathlib import Path

DATA = Path("var")
UPLOADS = DATA / "uploads"
FEATURE_SERVICE = "https://features.example.com"

MODEL = "acme/sentiment"
MODEL_COMMIT = "5f1b8e0c9d6a4b7e8f2c3d4a5b6c7d8e9f0a1b2c"

BASELINE_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def job_key() -> bytes:
    """The key that signs jobs; installed with the service, never sent anywhere."""
    return Path("/etc/acme/job.key").read_bytes()
