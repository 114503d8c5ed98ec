"""A stand-in for the model where it is not what is tried: vectors of hashed words, at once and the same every time."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import in_order
from index.words.analysis import terms


class WordsEncoder:
    """Texts that share words have near vectors. It can be asked as the encoder in another process is."""

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self.fingerprint = f"{name}-{dimension}"
        self.dimension = dimension

    @classmethod
    def find(cls, _name_or_folder: str | None = None) -> Self:
        """The same, whatever model was asked for."""
        return cls()

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
        """The same vectors, one text at a time."""
        for number, text in enumerate(texts):
            yield [number], self.vectors([text])

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts, of shape (texts, dimension): each term adds to a place, or takes there."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for term in terms(text) or ("",):
                number = int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "big")
                vector[number % self.dimension] += 1.0 if number >> 63 else -1.0
            vector /= np.linalg.norm(vector) or 1.0
        return vectors
