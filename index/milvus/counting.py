"""What has to be known of all documents before the first row can be written, and what is only known after the last."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Self

import numpy as np

from corpus.model import Document
from corpus.receipts import Receipt
from index.files.columns import wording
from index.inputs import Inputs
from index.milvus import schema, tokens
from index.milvus.rows import Said
from index.models.encoder import Encoder
from index.words import analysis


class Survey:
    """What documents have in common, from going through them once: 8 bytes of memory for each passage."""

    def __init__(self, inputs: str, ids: set[str], passages: int, searched: int, several: dict[int, int]) -> None:
        self.inputs = inputs
        self.ids = ids
        self.passages = passages
        self.searched = searched
        self._several = several

    @classmethod
    def of(cls, documents: Iterable[Document], receipts: Iterable[Receipt], encoder: Encoder) -> Self:
        """Go through documents; ``ValueError`` for two of one id."""
        inputs = Inputs(schema.FORMAT, encoder.fingerprint)
        said = array("Q")
        searched = passages = 0
        for document in documents:
            inputs.add(document)
            passages += len(document.passages)
            searched += sum(passage.searched for passage in document.passages)
            said.extend({wording(passage) for passage in document.passages})
        words, counts = np.unique(np.frombuffer(said, np.uint64), return_counts=True)
        several = counts > 1
        found = dict(zip(words[several].tolist(), counts[several].tolist(), strict=True))
        return cls(inputs.digest(receipts), inputs.ids, passages, searched, found)

    def said_in(self, document: Document) -> Sequence[int]:
        """In how many documents each passage of one is said, word for word."""
        return [self._several.get(wording(passage), 1) for passage in document.passages]


class Counted:
    """Of each term, how many searched passages hold it as indexed, and how many documents in words of their own."""

    def __init__(self) -> None:
        self._passages: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._length = 0
        self._searched = 0
        self.overflowing = 0

    def add(self, document: Document, said: Iterable[Said]) -> None:
        """Count the terms of a document."""
        own: set[str] = set()
        for passage, one in zip(document.passages, said, strict=True):
            own.update(map(analysis.term, analysis.words(passage.text)))
            self.overflowing += tokens.own_words(passage.text) == tokens.ANYTHING
            if passage.searched:
                self._searched += 1
                self._length += len(one.terms)
                self._passages.update(set(one.terms))
        self._documents.update(own)

    def terms(self) -> Iterator[tuple[str, int, int]]:
        """Each term as a token, with how many passages and how many documents hold it."""
        for term in chain(self._passages, (term for term in self._documents if term not in self._passages)):
            yield tokens.token(term), self._passages[term], self._documents[term]

    @property
    def mean(self) -> float:
        """The mean number of terms of a searched passage."""
        return self._length / self._searched if self._searched else 0.0
