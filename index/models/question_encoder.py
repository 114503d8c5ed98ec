"""Questions to vectors, with nothing imported but torch: what a server reads questions with."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from index.models import adaptation
from index.models.encoder import SentenceEncoder, default_network, in_order, readable

if TYPE_CHECKING:
    from index.models.network import Network

# The word pieces that sentence-transformers reads of a text with this model: "max_seq_length" of its settings.
LONGEST = 256


class QuestionEncoder:
    """The default model, for one text at a time; safe to use from several threads.

    Its vectors are those of :class:`index.models.encoder.SentenceEncoder` but for the last digits (1e-6), so the two
    have one name and one fingerprint. It is ready in a second where the other takes four; for many texts the other is
    faster.
    """

    def __init__(self, name: str, fingerprint: str, network: "Network") -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._network = network

    @classmethod
    def load(cls) -> Self:
        """The model ready for use; :class:`index.models.encoder.EncoderUnavailable` where a file of it is missing."""
        found = SentenceEncoder.find()
        return cls(found.name, found.fingerprint, default_network(LONGEST, adaptation.FILE))

    @property
    def dimension(self) -> int:
        """The length of a vector, in numbers."""
        return self._network.dimension

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1, of shape (texts, dimension). ``progress`` is told how many more texts are done."""
        return in_order(self, texts, progress)

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors as they come: the number of each text, and its vector; longest first."""
        for number in sorted(range(len(texts)), key=lambda number: -len(texts[number])):
            mean = self._network.read(readable(texts[number])).mean(0).numpy()
            yield [number], (mean / np.linalg.norm(mean))[np.newaxis]
