"""Stand-ins for what is slow to load: deterministic, and meaningful enough for rankings to be asserted."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms


class FakeEncoder:
    """A hashed bag of analysed words: texts that share words have near vectors. ``encoded`` keeps what it was asked."""

    def __init__(self, name: str = "fake", dimension: int = 4096) -> None:
        self.name = name
        self.fingerprint = f"{name}-{dimension}"
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1; of a text without words, one that is near to nothing."""
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for term in terms(text) or ("",):
                number = int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "big")
                vector[number % self.dimension] += 1.0 if number >> 63 else -1.0
            vector /= np.linalg.norm(vector) or 1.0
            if progress is not None:
                progress(1)
        return vectors
