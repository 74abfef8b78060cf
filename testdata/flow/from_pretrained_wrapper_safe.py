# A factory whose callers all pin.
from transformers import AutoModel

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def _build(name, revision, **options):
    return AutoModel.from_pretrained(name, revision=revision, **options)  # ok: a commit at every call


def main():
    return _build("org/model", COMMIT), _build("org/other", revision=COMMIT, torch_dtype="auto")
