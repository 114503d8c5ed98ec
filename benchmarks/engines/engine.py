"""What every engine does, and the list of them."""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.prepared import Corpus, Only

# How many of the best by each signal an engine fuses: those that leave the number to their user.
CANDIDATES = 100


class Engine(Protocol):
    """An index with words and vectors, on the disk and opened."""

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Index a corpus into a folder, which is there and empty."""

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """The index ready to be searched. Of the corpus only the small facts may be used: all else is in the folder."""

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The rows of the ``top`` best by words and meaning together, best first, of those that ``only`` keeps."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine in the list: where its class is, what it is called, and the packages it needs."""

    place: str
    title: str
    packages: tuple[str, ...]

    def load(self) -> type[Engine]:
        """The class, and with it whatever it imports."""
        module, name = self.place.split(":")
        found: type[Engine] = getattr(importlib.import_module(f"benchmarks.engines.{module}"), name)
        return found

    def versions(self) -> str | None:
        """Its packages with their versions; None where one is not installed."""
        try:
            return ", ".join(f"{package} {version(package)}" for package in self.packages)
        except PackageNotFoundError:
            return None


OURS = "ours"
ENGINES: Mapping[str, Entry] = {
    OURS: Entry("ours:Ours", "this index", ("faiss-cpu",)),
    "rank_bm25": Entry("rank_bm25_faiss:RankBM25", "rank_bm25 + faiss, exact", ("rank-bm25", "faiss-cpu")),
    "bm25s": Entry("bm25s_faiss:BM25S", "bm25s (numba) + faiss HNSW", ("bm25s", "numba", "faiss-cpu")),
    "bm25s_deeper": Entry(
        "bm25s_faiss:BM25SDeeper", "the same, as many candidates as ours", ("bm25s", "numba", "faiss-cpu")
    ),
    "tantivy": Entry("tantivy_faiss:Tantivy", "tantivy + faiss HNSW", ("tantivy", "faiss-cpu")),
    "txtai": Entry("txtai_hybrid:Txtai", "txtai, hybrid", ("txtai", "faiss-cpu")),
    "haystack": Entry("haystack_memory:Haystack", "Haystack, in memory", ("haystack-ai",)),
    "lancedb": Entry("lancedb_hybrid:LanceDB", "LanceDB, hybrid", ("lancedb",)),
}
