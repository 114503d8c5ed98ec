"""Our index, by ``index.build.build`` and ``LocalIndex.search``: nothing but the vectors is given to it.

It holds a vector for each sentence besides, which the others do not. A sentence is given the vector of its passage, so
that all that is stored and searched is, and the ranking is the one that one vector a passage gives.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from benchmarks import prepared
from benchmarks.prepared import Corpus, Only
from index.build import build
from index.local import LocalIndex
from index.model import Filters
from index.models.encoder import in_order

# How many vectors are looked up at a time, as if they had been encoded: 6 MB.
_PORTION = 4_096


class Given:
    """An encoder that has all its vectors: those of a corpus by their text, and that of the question being asked."""

    name = "given"
    fingerprint = "given"

    def __init__(self, corpus: Corpus) -> None:
        self.dimension = corpus.dimension
        self.question = np.zeros(corpus.dimension, np.float32)
        self._corpus = corpus

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """The vector of the question, for one text; those of the corpus for more."""
        return self.question.reshape(1, -1) if len(texts) == 1 else in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The vectors of the corpus, longest text first."""
        keys = np.load(self._corpus.folder / prepared.KEYS, mmap_mode="r")
        rows = np.load(self._corpus.folder / prepared.KEY_ROWS, mmap_mode="r")
        vectors = self._corpus.vectors()
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]), reverse=True)
        for first in range(0, len(order), _PORTION):
            numbers = order[first : first + _PORTION]
            wanted = np.array([prepared.key(texts[number]) for number in numbers], np.uint64)
            places = np.searchsorted(keys, wanted)
            if not np.array_equal(keys[np.minimum(places, len(keys) - 1)], wanted):
                raise ValueError("The build asks for the vector of a text that was not prepared: prepare it anew.")
            yield numbers, vectors[rows[places]]


class Ours:
    """The index, opened with the vectors of questions given. A narrowed search names its documents, as scopes do.

    As of the others, the numbers of passages are asked for, and no passage is looked up.
    """

    def __init__(self, index: LocalIndex, encoder: Given, folder: Path) -> None:
        self._index = index
        self._encoder = encoder
        self._asked = 0
        self._rows = np.load(folder / prepared.ROWS, allow_pickle=False)  # by the number of a passage in the index
        self._documents: dict[Only, frozenset[str]] = {}

    @classmethod
    def build(cls, folder: Path, corpus: Corpus) -> None:
        """Build a generation of the corpus's documents."""
        build(corpus.documents(), folder, Given(corpus))

    @classmethod
    def open(cls, folder: Path, corpus: Corpus) -> Self:
        """The generation that serves."""
        encoder = Given(corpus)
        return cls(LocalIndex.open(folder, encoder), encoder, corpus.folder)

    def search(
        self, terms: Sequence[str], vector: NDArray[np.float32], top: int, only: Only | None = None
    ) -> list[int]:
        """The rows of the best passages; a narrowed search names the documents that it keeps."""
        self._encoder.question = vector
        self._asked += 1  # no question is one asked before, so no vector is remembered
        filters = Filters() if only is None else Filters(documents=self._kept(only))
        found = self._index.ranking(f"question {self._asked}", terms, filters, top)
        return [int(row) for row in self._rows[found]]

    def _kept(self, only: Only) -> frozenset[str]:
        if only not in self._documents:
            self._documents[only] = frozenset(
                source.id
                for source in self._index.sources
                if source.council.value == only.council and int((source.date.value or "0")[:4]) >= only.since
            )
        return self._documents[only]
