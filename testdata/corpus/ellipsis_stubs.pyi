import pickle
from typing import overload, Any

@overload
def load(x: bytes) -> Any: ...
@overload
def load(x: str) -> str: ...
class A:
    x: int
    def f(self) -> None: ...
