# from_pretrained: name, revision and use_safetensors decide.
from transformers import AutoModel

COMMIT = "6a9dcb7f0e8a5a4e6a9b1bbd2a0c6a3a3f5d8e21"


def load():
    first = AutoModel.from_pretrained("org/model")  # want note PKL502
    second = AutoModel.from_pretrained("org/model", revision="main")  # want note PKL502
    third = AutoModel.from_pretrained("org/model", revision=COMMIT)  # ok: pinned
    fourth = AutoModel.from_pretrained("org/model", use_safetensors=True)  # ok: tensors only
    fifth = AutoModel.from_pretrained("./checkpoints/best")  # ok: a local directory
    sixth = AutoModel.from_pretrained("org/model", local_files_only=True)  # ok: nothing is downloaded
    return first, second, third, fourth, fifth, sixth
