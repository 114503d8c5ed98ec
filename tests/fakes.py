"""Stand-ins for what is slow to load: deterministic, and meaningful enough for rankings to be asserted."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import in_order
from index.words.analysis import terms


class FakeEncoder:
    """A hashed bag of analysed words: texts that share words have near vectors.

    ``encoded`` keeps the texts whose vectors were made, and ``portion`` is how many are made at a time.
    """

    portion = 1

    def __init__(self, name: str = "fake", dimension: int = 4096) -> None:
        self.name = name
        self.fingerprint = f"{name}-{dimension}"
        self.dimension = dimension
        self.encoded: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing has to be closed."""

    def prepare(self) -> None:
        """Nothing has to be loaded."""

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1; of a text without words, one that is near to nothing."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they are made, longest text first."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]), reverse=True)
        for first in range(0, len(order), self.portion):
            numbers = order[first : first + self.portion]
            yield numbers, self._vectors([texts[number] for number in numbers])

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for term in terms(text) or ("",):
                number = int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "big")
                vector[number % self.dimension] += 1.0 if number >> 63 else -1.0
            vector /= np.linalg.norm(vector) or 1.0
        return vectors
