"""A stand-in for the model, so that builds take a second: vectors of hashed words."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import in_order
from index.words.analysis import terms

_DIMENSION = 64


class WordsEncoder:
    """Texts that share words have near vectors. It can be asked as the encoder in another process is."""

    name = "words"
    fingerprint = f"words-{_DIMENSION}"
    dimension = _DIMENSION

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
        """Vectors of length 1, of shape (texts, dimension)."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors, one text at a time."""
        for number, text in enumerate(texts):
            vector = np.zeros((1, _DIMENSION), np.float32)
            for term in terms(text) or ("",):
                digest = hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest()
                vector[0, int.from_bytes(digest, "big") % _DIMENSION] += 1.0
            yield [number], vector / np.linalg.norm(vector)
