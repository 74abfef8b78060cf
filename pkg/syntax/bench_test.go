package syntax

import (
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/text"
)

// sample is code of the usual kind.
const sample = `"""A module."""
from __future__ import annotations

import os, pickle
from typing import Any, Optional

import numpy as np


class Store(Base):
    """Keeps what was computed."""

    def __init__(self, path: str, *, size: int = 10, on_miss: Optional[Any] = None) -> None:
        super().__init__(path)
        self.path = os.path.join(path, f"{size:04d}.bin")
        self.items = {k: v for k, v in enumerate(self.load() or []) if v is not None}

    @property
    def name(self):
        return self._name if self._name else "none"

    def load(self, key=None, **kwargs):
        # Nothing is there at first.
        if not os.path.exists(self.path) and kwargs.get("strict", True):
            raise FileNotFoundError(f"no file {self.path!r}: {key}")
        try:
            with open(self.path, "rb") as f, self.lock:
                state = pickle.load(f)
        except (OSError, ValueError) as e:
            log.warning("cannot load %s: %s", self.path, e)
            return None
        for name, value in sorted(state.items(), key=lambda kv: kv[0]):
            self.items[name] = np.asarray(value, dtype="float32")[..., 1:-1]
        return [x * 2 + 1 for x in self.items.values()]
`

func benchFile() *text.File {
	f, _ := text.NewFile("a.py", []byte(strings.Repeat(sample, 20)))
	return f
}

func BenchmarkParse(b *testing.B) {
	f := benchFile()
	b.SetBytes(int64(len(f.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if tree, problems := Parse(f); len(problems) > 0 {
			b.Fatal(problems, len(tree.Nodes))
		}
	}
}

// BenchmarkBuild is what of BenchmarkParse is the parser's own work, without copying out the tree.
func BenchmarkBuild(b *testing.B) {
	f := benchFile()
	w := takeWorker()
	defer w.release()
	b.SetBytes(int64(len(f.Text)))
	for b.Loop() {
		w.build(f.Text)
	}
}
