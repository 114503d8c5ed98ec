"""What has to be known of all documents before the first row can be written, and what is only known after the last."""

import hashlib
import json
import pickle
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from typing import IO, Any, Self

import numpy as np

from corpus.model import Document, Passage
from corpus.receipts import Receipt
from index import analysis
from index.encoder import Encoder
from index.milvus import schema, tokens
from index.milvus.rows import Said, said
from index.records import passage_facts, source_facts
from index.store import _words as words_of


class Waiting:
    """Documents that wait on this machine's disk while what they have in common is counted. Made by ``reading``.

    A passage's row says in how many documents the same is said, so all are read before the first is written: 8 bytes
    of memory for each passage that is not said twice in one document.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._said = array("Q")
        self._digest = hashlib.sha256()
        self._twice: dict[int, int] = {}
        self.ids: set[str] = set()
        self.passages = 0
        self.searched = 0
        self.texts = 0

    @classmethod
    def reading(cls, documents: Iterable[Document], receipts: Iterable[Receipt], encoder: Encoder) -> Self:
        """Read all documents, one at a time; ``ValueError`` for two of one id."""
        waiting = cls(tempfile.TemporaryFile())  # noqa: SIM115 (it is closed with the object, or the program)
        waiting._add((schema.FORMAT, encoder.fingerprint))
        for document in documents:
            waiting._read(document, encoder)
        for receipt in receipts:
            waiting._add(asdict(receipt))
        values, counts = np.unique(np.frombuffer(waiting._said, np.uint64), return_counts=True)
        several = counts > 1
        waiting._twice = dict(zip(values[several].tolist(), counts[several].tolist(), strict=True))
        waiting._said = array("Q")
        return waiting

    @property
    def inputs(self) -> str:
        """A hash of all that a generation depends on, how text is read and analysed included."""
        return self._digest.hexdigest()

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[tuple[Document, list[Said]]]:
        """The documents in order, each with what is indexed of its passages."""
        self._file.seek(0)
        for _ in range(len(self)):
            yield pickle.load(self._file)  # a file of this program's own, without a name

    def said_in(self, passage: Passage) -> int:
        """In how many documents the same is said, word for word."""
        return self._twice.get(_hash(words_of(passage)), 1)

    def _read(self, document: Document, encoder: Encoder) -> None:
        if document.id in self.ids:
            raise ValueError(f"Two documents have the id {document.id!r}. Give each its own in the catalogue.")
        self.ids.add(document.id)
        kept = [said(document, passage, encoder) for passage in document.passages]
        self.passages += len(document.passages)
        self.searched += sum(passage.searched for passage in document.passages)
        self.texts += sum(len(one.texts) for one in kept)
        self._said.extend({_hash(words_of(passage)) for passage in document.passages})
        self._add((source_facts(document.source), document.text))
        for passage, one in zip(document.passages, kept, strict=True):
            self._add((passage_facts(passage), passage.text, passage.role, passage.voice, passage.searched))
            self._add((one.terms, one.texts))
        pickle.dump((document, kept), self._file, pickle.HIGHEST_PROTOCOL)

    def _add(self, value: Any) -> None:
        self._digest.update(json.dumps(value).encode("ascii") + b"\n")


class Counted:
    """Of each term, how many searched passages hold it as indexed, and how many documents in words of their own."""

    def __init__(self) -> None:
        self._passages: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self.length = 0
        self.searched = 0
        self.overflowing = 0

    def add(self, document: Document, kept: Iterable[Said]) -> None:
        """Count the terms of a document."""
        own: set[str] = set()
        for passage, one in zip(document.passages, kept, strict=True):
            own.update(map(analysis.term, analysis.words(passage.text)))
            self.overflowing += tokens.own_words(passage.text) == tokens.ANYTHING
            if passage.searched:
                self.searched += 1
                self.length += len(one.terms)
                self._passages.update(set(one.terms))
        self._documents.update(own)

    def terms(self) -> Iterator[tuple[str, int, int]]:
        """Each term as a token, with how many passages and how many documents hold it."""
        for term in chain(self._passages, (term for term in self._documents if term not in self._passages)):
            yield tokens.token(term), self._passages[term], self._documents[term]

    @property
    def mean(self) -> float:
        """The mean number of terms of a searched passage."""
        return self.length / self.searched if self.searched else 0.0


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
