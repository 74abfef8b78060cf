# A factory with its own options: the callers decide.
from transformers import AutoModel

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def build(name, revision=None, **options):
    return AutoModel.from_pretrained(name, revision=revision, **options)  # want PKL502


def main():
    pinned = build("org/model", COMMIT)
    loose = build("org/other")
    return pinned, loose
