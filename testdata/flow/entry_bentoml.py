# BentoML: parameters of an API method.
import pickle
from pathlib import Path

import bentoml


@bentoml.service
class Model:
    @bentoml.api
    def restore(self, blob: bytes) -> str:  # source blob
        return str(pickle.loads(blob))  # want error PKL101 from blob

    @bentoml.api
    def from_file(self, path: Path) -> str:  # source path
        return str(pickle.loads(path.read_bytes()))  # want error PKL101 from path
