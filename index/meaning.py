"""What the models make of questions, remembered, for an index wherever it is kept."""

from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage
from index.files.generations import Facts, IndexUnusable
from index.models.encoder import Encoder
from index.models.reader import Reader
from index.texts import read_text

# How many vectors of questions are kept, at 1.5 kB each, and how many readings.
KEPT = 2_000


class WrongEncoder(IndexUnusable):
    """The index was built with another model than the one that is to encode the questions."""


class Texts(Protocol):
    """Whatever can look up what a passage says."""

    def passage(self, id: str) -> Passage | None:
        """The passage of an id."""

    def document(self, id: str) -> Document | None:
        """The document of an id."""


class Meaning:
    """The models an index is asked with, either of which may be missing, and what they made of earlier questions."""

    def __init__(self, encoder: Encoder | None, reader: Reader | None, texts: Texts) -> None:
        self.encoder = encoder
        self.reader = reader
        self._texts = texts
        self._vectors = lru_cache(maxsize=KEPT)(self._encoded)
        self._readings = lru_cache(maxsize=KEPT)(self._read)

    def vector(self, text: str) -> NDArray[np.float32] | None:
        """The vector of a question; None without an encoder, or where the text is blank."""
        return self._vectors(text) if self.encoder is not None and text.strip() else None

    def reading(self, text: str, passage: Passage) -> float | None:
        """How likely a passage answers a question, read together: log-odds. None without a reader."""
        return None if self.reader is None else self._readings(text, passage.id)

    def forget(self) -> None:
        """Let go of what is remembered."""
        self._vectors.cache_clear()
        self._readings.cache_clear()

    def _encoded(self, text: str) -> NDArray[np.float32]:
        assert self.encoder is not None
        vector: NDArray[np.float32] = self.encoder.encode([text])[0]
        return vector

    def _read(self, text: str, id: str) -> float:
        passage = self._texts.passage(id)
        assert self.reader is not None and passage is not None
        document = self._texts.document(passage.document)
        assert document is not None
        return self.reader.read(text, read_text(document, passage))


def check(encoder: Encoder | None, facts: Facts, place: str, command: str) -> None:
    """Raise :class:`WrongEncoder` where an index in ``place`` has the vectors of another model.

    ``command`` is what builds it anew.
    """
    if encoder is not None and encoder.fingerprint != facts.fingerprint:
        raise WrongEncoder(
            f"The index in {place} was built with the model {facts.encoder}, and this is another ({encoder.name}, or "
            f"other weights or settings). Use the model it was built with, or rebuild it with: {command} and the "
            "--encoder that you want."
        )
