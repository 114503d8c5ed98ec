"""The vectors that benchmarks/dense.py searches, what filters keep of them, and which are truly the nearest."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from corpus.sentences import sentences_of
from index.models.encoder import Encoder

BLOCK = 50_000
# A filter keeps whole documents, of so many passages each.
IN_DOCUMENT = 100
# What filters keep; 1 is no filter.
SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
# So many of the truly nearest are known.
DEEPEST = 1_000


@dataclass(frozen=True, slots=True)
class Vectors:
    """The first ``count`` vectors of a file, each of length 1."""

    file: NDArray[np.floating]
    count: int

    @classmethod
    def open(cls, path: Path, count: int) -> Self:
        """Those of a .npy file, which is not read into memory. Raises :class:`ValueError` where it holds fewer."""
        file = np.load(path, mmap_mode="r", allow_pickle=False)
        if file.ndim != 2 or len(file) < count:
            raise ValueError(f"{path} holds an array of shape {file.shape}: give one of {count:,} vectors or more")
        return cls(file, count)

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return int(self.file.shape[1])

    def sample(self, wanted: int) -> NDArray[np.float32]:
        """So many of the vectors, taken evenly."""
        rows = np.unique(np.linspace(0, self.count - 1, min(wanted, self.count)).astype(np.int64))
        return np.asarray(self.file[rows], np.float32)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """All of them, in order."""
        for first in range(0, self.count, BLOCK):
            yield np.asarray(self.file[first : min(self.count, first + BLOCK)], np.float32)


def encoded(encoder: Encoder, documents: Sequence[Document], count: int, seed: int = 0) -> NDArray[np.float16]:
    """Vectors of so many texts, each of one to three sentences of the documents, some behind one of their headings."""
    searched = [(document, passage) for document in documents for passage in document.passages if passage.searched]
    sentences = sorted({span.of(document.text) for document, passage in searched for span in sentences_of(passage)})
    headings = sorted({passage.headings[-1] for _, passage in searched if passage.headings})
    drawn = random.Random(seed)
    texts = []
    for _ in range(count):
        heading = [drawn.choice(headings)] if headings and drawn.random() < 0.7 else []
        texts.append("\n".join([*heading, " ".join(drawn.choices(sentences, k=drawn.randint(1, 3)))]))
    return encoder.encode(texts).astype(np.float16)


def kept(count: int, share: float, question: int) -> NDArray[np.bool_] | None:
    """A flag for each vector: whether a filter keeps it; None where the share is the whole. Each question has its own.

    What is kept are whole documents, drawn at random, each of them a run of vectors.
    """
    if share == 1.0:
        return None
    documents = -(-count // IN_DOCUMENT)
    chosen = np.zeros(documents, np.bool_)
    drawn = np.random.default_rng([question, round(share * 1e6)])
    chosen[drawn.choice(documents, max(1, round(share * documents)), replace=False)] = True
    return np.repeat(chosen, IN_DOCUMENT)[:count]


def shares(count: int) -> list[float]:
    """Those of the shares that are a document or more."""
    return [share for share in SHARES if share * count >= IN_DOCUMENT]


def nearest(vectors: Vectors, questions: NDArray[np.float32], share: float) -> list[NDArray[np.int64]]:
    """For each question the truly nearest rows of those that a filter keeps, nearest first, a thousand at the most."""
    flags = [kept(vectors.count, share, number) for number in range(len(questions))]
    rows = [np.empty(0, np.int64) for _ in questions]
    cosines = [np.empty(0, np.float32) for _ in questions]
    for number, block in enumerate(vectors.blocks()):
        found = questions @ block.T
        first = number * BLOCK
        for question, flag in enumerate(flags):
            allowed = np.arange(len(block)) if flag is None else np.flatnonzero(flag[first : first + BLOCK])
            both = np.append(cosines[question], found[question, allowed])
            order = np.argsort(-both, kind="stable")[:DEEPEST]
            cosines[question] = both[order]
            rows[question] = np.append(rows[question], allowed + first)[order]
    return rows
