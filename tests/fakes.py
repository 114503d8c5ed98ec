"""Stand-ins for what is slow to load: deterministic, and meaningful enough for rankings to be asserted."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.words import WordsEncoder


class FakeEncoder(WordsEncoder):
    """A hashed bag of analysed words: texts that share words have near vectors.

    ``encoded`` keeps the texts whose vectors were made, and ``portion`` is how many are made at a time.
    """

    portion = 1

    def __init__(self, name: str = "fake", dimension: int = 4096) -> None:
        super().__init__(name, dimension)
        self.encoded: list[str] = []

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they are made, longest text first."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]), reverse=True)
        for first in range(0, len(order), self.portion):
            numbers = order[first : first + self.portion]
            yield numbers, self.vectors([texts[number] for number in numbers])

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts, which are kept in ``encoded``."""
        self.encoded.extend(texts)
        return super().vectors(texts)
