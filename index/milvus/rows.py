"""Documents and passages as rows of the collections, and back, exactly as they were."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Passage, Role, Source, Voice
from corpus.passages.outcomes import Badge, outcomes
from index.files.records import as_bytes, as_text, passage_facts, passage_of, source_facts, source_of
from index.files.store import matters
from index.milvus import places, tokens, values
from index.milvus.connection import Row
from index.milvus.where import code
from index.texts import encoded_text, indexed_text, sentence_texts
from index.vectors.keys import key
from index.words import analysis

# A collection of records has an idle vector.
_IDLE = [0.0, 0.0]

# What is asked for to make a passage again.
PASSAGE_FIELDS = ("number", "role", "voice", "searched", "record", "more")


class RecordKind(IntEnum):
    """What the rows of the collection of records are."""

    MANIFEST = 0
    DOCUMENT = 1
    TEXT = 2
    TERM = 3
    MOVED = 4
    PART = 5
    LONG = 6  # what did not fit into a passage's own row


@dataclass(frozen=True, slots=True)
class Said:
    """What is indexed of a passage: its terms in order, and the texts that vectors are of with the keys of those.

    The first text is the passage's in its place, the others are its sentences. One that is not searched has none.
    """

    terms: Sequence[str] = ()
    texts: Sequence[str] = ()
    keys: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document on its way into a generation: its place, the number of its first passage, and what is known of each.

    ``since`` tells when each passage was first indexed, in seconds from 1970.
    """

    place: int
    document: Document
    first: int
    said: Sequence[Said]
    said_in: Sequence[int]
    since: Sequence[int]


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a document beside its text: its source, its passages' numbers, and the number of its values."""

    source: Source
    first: int
    passages: int
    values: int


def said(document: Document, passage: Passage, fingerprint: str) -> Said:
    """What is indexed of a passage, for the encoder of a fingerprint."""
    if not passage.searched:
        return Said()
    texts = (encoded_text(document, passage), *sentence_texts(document, passage))
    return Said(analysis.terms(indexed_text(document, passage)), texts, [key(fingerprint, text) for text in texts])


def passage_rows(one: Prepared, vectors: Mapping[bytes, NDArray[np.float32]], dimension: int) -> Iterator[Row]:
    """The rows of a document's passages. One that is not searched has a vector of zeros, which is never looked at."""
    idle = np.zeros(dimension, np.float32)
    came = outcomes(one.document)
    of_document = places.facts(one.document.source)
    for at, passage in enumerate(one.document.passages):
        kept = one.said[at]
        record = _passage_values(passage)
        yield {
            "number": one.first + at,
            "document": one.place,
            **of_document,
            "role": code(Role, passage.role),
            "voice": code(Voice, passage.voice),
            "outcome": code(Badge, came[passage.item].badge),
            "said_in": one.said_in[at],
            "searched": passage.searched,
            "matters": matters(passage),
            "since": one.since[at],
            "name": tokens.number(passage.id),
            "inside": tokens.references(passage.reference),
            "key": short(kept.keys[0]) if kept.keys else "",
            "terms": tokens.tokens(kept.terms),
            "words": tokens.own_words(passage.text),
            "record": record[0],
            "more": len(record) - 1,
            "vector": vectors[kept.keys[0]] if kept.keys else idle,
        }


def sentence_rows(one: Prepared, vectors: Mapping[bytes, NDArray[np.float32]], numbers: Iterator[int]) -> Iterator[Row]:
    """The rows of the sentences of a document's searched passages, each under the next of ``numbers``."""
    for passage, said in enumerate(one.said, one.first):
        for kept in said.keys[1:]:
            yield {"number": next(numbers), "passage": passage, "key": short(kept), "vector": vectors[kept]}


def document_records(one: Prepared) -> Iterator[Row]:
    """The records of a document: where its passages are, its source, its text, and what did not fit into their rows."""
    text = values.packed(as_bytes(one.document.text))
    about = values.as_values([one.first, len(one.document.passages), len(text), source_facts(one.document.source)])
    if len(about) > 1:
        raise ValueError(f"What is known of the document {one.document.id[:100]!r} is too long. Shorten its title.")
    yield record(f"document/{one.place}", RecordKind.DOCUMENT, one.place, about[0])
    for n, value in enumerate(text):
        yield record(f"text/{one.place}/{n}", RecordKind.TEXT, one.place, value)
    for number, passage in enumerate(one.document.passages, one.first):
        for n, value in enumerate(_passage_values(passage)[1:], 1):
            yield record(f"long/{number}/{n}", RecordKind.LONG, number, value)


def held(value: str) -> Held:
    """What ``document_records`` kept of a document beside its text."""
    first, passages, pieces, source = values.from_values([value])
    return Held(source_of(json.dumps(source)), first, passages, pieces)


def passage_from(row: Row, more: Iterable[str] = ()) -> Passage:
    """The passage of a row of ``PASSAGE_FIELDS``, with what did not fit into it."""
    facts, _, text = values.unpacked([row["record"], *more]).partition(b"\n")
    role, voice = list(Role)[row["role"]].value, list(Voice)[row["voice"]].value
    return passage_of(role, voice, row["searched"], text, facts.decode("ascii"))


def text_from(pieces: Iterable[str]) -> str:
    """The text of a document from its values."""
    return as_text(values.unpacked(pieces))


def short(key: bytes) -> str:
    """The key of a vector as a field holds it: half of its digits, which is enough to tell any two apart."""
    return key.hex()[:32]


def record(name: str, kind: RecordKind, place: int, value: str) -> Row:
    """A row of the collection of records."""
    return {"name": name, "kind": int(kind), "place": place, "value": value, "idle": _IDLE}


def _passage_values(passage: Passage) -> list[str]:
    return values.packed(json.dumps(passage_facts(passage)).encode("ascii") + b"\n" + as_bytes(passage.text))
