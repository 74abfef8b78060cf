"""The models: an encoder from the hub, a head of our own, a scaler."""

from dataclasses import dataclass
from typing import Any

import joblib
import torch
from huggingface_hub import hf_hub_download
from safetensors.torch import load_file
from transformers import AutoModel, AutoTokenizer

import settings


@dataclass
class Classifier:
    """All that is needed to classify a text."""

    tokenizer: Any
    encoder: Any
    head: dict[str, torch.Tensor]
    scaler: Any


def hub_file(name: str, revision: str | None = None) -> str:
    """Fetch a file of our model repository and return its path."""
    # source hub
    return hf_hub_download(settings.MODEL, name, revision=revision)


def latest_scaler() -> Any:
    return joblib.load(hub_file("scaler.joblib"))  # want error PKL103 from hub


def pinned_scaler() -> Any:
    return joblib.load(hub_file("scaler.joblib", settings.MODEL_COMMIT))  # ok: a reviewed commit


def latest_head() -> dict[str, torch.Tensor]:
    return torch.load(hub_file("head.pt"), map_location="cpu")  # want error PKL201 from hub


def pinned_head() -> dict[str, torch.Tensor]:
    path = hub_file("head.pt", settings.MODEL_COMMIT)
    return torch.load(path, map_location="cpu", weights_only=True)  # ok: pinned, and tensors only


def head_as_safetensors() -> dict[str, torch.Tensor]:
    return load_file(hub_file("head.safetensors"))  # ok: the format holds tensors only


def latest_encoder() -> Any:
    return AutoModel.from_pretrained(settings.MODEL)  # want note PKL502


def pinned_encoder() -> Any:
    return AutoModel.from_pretrained(
        settings.MODEL, revision=settings.MODEL_COMMIT, use_safetensors=True
    )  # ok: a commit, and tensors only


def load(pinned: bool = True) -> Classifier:
    """Load the classifier."""
    tokenizer = AutoTokenizer.from_pretrained(settings.MODEL, revision=settings.MODEL_COMMIT)
    if pinned:
        return Classifier(tokenizer, pinned_encoder(), pinned_head(), pinned_scaler())
    return Classifier(tokenizer, latest_encoder(), latest_head(), latest_scaler())
