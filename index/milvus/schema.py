"""What collections a generation has, and how each is indexed. Changes here are a new ``FORMAT``."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

# What the collections hold and how: a change is a new number, and another must be rebuilt.
FORMAT = 2

# The most bytes of one value, of Milvus: https://milvus.io/docs/limitations.md
LONGEST_VALUE = 65_535

# Up to so many vectors every one is compared, as the index on this machine's disk does; some 150 MB are read for it.
# Beyond, a graph is walked: with vectors of eight bits a number, since what is found is compared again in full.
EXACT_UP_TO = 100_000
# The graph's links for each vector, and how many candidates are weighed to choose them: the values of Milvus's guide.
# A search weighs twice as many as it wants.
_LINKS, _WEIGHED = 32, 200

# BM25 of the engine, the same as ours: index/words/lexical.py.
K1, B = 1.5, 0.75

# How many divisions the rows of a collection fall into, by council. A search of one council reads one of them.
DIVISIONS = 16
# The most references of a passage that it can be found by: its own and those it is inside of.
MOST_REFERENCES = 32


class Kind(Enum):
    """The types of fields, by Milvus's names of them."""

    BOOL = auto()
    INT8 = auto()
    INT32 = auto()
    INT64 = auto()
    VARCHAR = auto()
    ARRAY = auto()
    FLOAT_VECTOR = auto()
    SPARSE_FLOAT_VECTOR = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a collection.

    Rows are divided by ``partition``. ``words`` are read one by one, for BM25; and ``matched``, for conditions too.
    Vectors that are ``searched`` are so by a graph where they are many; others are only fetched.
    """

    name: str
    kind: Kind
    primary: bool = False
    partition: bool = False
    length: int = 0
    dimension: int = 0
    words: bool = False
    matched: bool = False
    searched: bool = False
    element: Kind | None = None
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """How a field is indexed; ``metric`` is that of a vector's."""

    field: str
    kind: str
    metric: str = ""
    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ann:
    """A field of vectors to search, by a graph or by comparing all."""

    field: str
    metric: str
    graph: bool = False

    def searching(self, top: int) -> dict[str, Any]:
        """How hard to look for the nearest ``top``."""
        return {"ef": 2 * top} if self.graph else {}


@dataclass(frozen=True, slots=True)
class Collection:
    """The fields of a collection, those to be looked up by, and of which field each BM25 vector is made."""

    fields: Sequence[Field]
    looked_up: Sequence[str] = ()
    bm25: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def indexes(self, rows: int) -> list[FieldIndex]:
        """How its fields are indexed when it holds so many rows.

        A cluster opens no collection with a vector that has no index. FLAT is one in name: it builds nothing.
        """
        found = [FieldIndex(name, "INVERTED") for name in self.looked_up]
        for one in self.fields:
            if one.kind is Kind.SPARSE_FLOAT_VECTOR:
                found.append(FieldIndex(one.name, "SPARSE_INVERTED_INDEX", "BM25", {"bm25_k1": K1, "bm25_b": B}))
            elif one.kind is Kind.FLOAT_VECTOR and one.searched and rows > EXACT_UP_TO:
                parameters = {"M": _LINKS, "efConstruction": _WEIGHED, "sq_type": "SQ8"}
                found.append(FieldIndex(one.name, "HNSW_SQ", "IP", parameters))
            elif one.kind is Kind.FLOAT_VECTOR:
                found.append(FieldIndex(one.name, "FLAT", "IP"))
        return found


WEIGHT = Ann("bm25", "BM25")


def meaning(rows: int) -> Ann:
    """The vectors of so many passages."""
    return Ann("vector", "IP", graph=rows > EXACT_UP_TO)


def passages(dimension: int) -> Collection:
    """One row a passage, searched or not, by its number."""
    return Collection(
        (
            Field("number", Kind.INT64, primary=True),
            Field("document", Kind.INT64),  # its place among the sources
            Field("council", Kind.INT64, partition=True),  # a hash of its name, as of the body's
            Field("body", Kind.INT64),
            Field("kind", Kind.INT8),
            Field("day", Kind.INT32),  # of the document, from the first there is
            Field("role", Kind.INT8),
            Field("voice", Kind.INT8),
            Field("outcome", Kind.INT8),
            Field("said_in", Kind.INT32),
            Field("searched", Kind.BOOL),
            Field("matters", Kind.BOOL),
            Field("since", Kind.INT64),  # seconds since 1970
            Field("name", Kind.INT64),  # a hash of its id
            Field("inside", Kind.ARRAY, element=Kind.INT64, capacity=MOST_REFERENCES),  # hashes of references
            Field("key", Kind.VARCHAR, length=32),  # what its vector is kept by
            Field("terms", Kind.VARCHAR, length=LONGEST_VALUE, words=True),  # in order, of all that is indexed with it
            Field("words", Kind.VARCHAR, length=LONGEST_VALUE, words=True, matched=True),  # each once, of its own text
            Field("record", Kind.VARCHAR, length=LONGEST_VALUE),
            Field("more", Kind.INT32),  # how many records hold what did not fit
            Field("vector", Kind.FLOAT_VECTOR, dimension=dimension, searched=True),
            Field("bm25", Kind.SPARSE_FLOAT_VECTOR),
        ),
        looked_up=("document", "body", "day", "name", "key", "said_in"),
        bm25={"bm25": "terms"},
    )


def sentences(dimension: int) -> Collection:
    """One row a sentence of a searched passage, numbered in order. They are compared, not searched."""
    return Collection(
        (
            Field("number", Kind.INT64, primary=True),
            Field("passage", Kind.INT64),
            Field("key", Kind.VARCHAR, length=32),
            Field("vector", Kind.FLOAT_VECTOR, dimension=dimension),
        ),
        looked_up=("passage", "key"),
    )


def records() -> Collection:
    """All else, as values under keys: sources, texts, terms, the files a build gathers, and the manifest.

    ``kind`` and ``place`` list those of a kind in order. Milvus takes no collection without a vector: it has an idle
    one.
    """
    return Collection(
        (
            Field("name", Kind.VARCHAR, primary=True, length=128),
            Field("kind", Kind.INT8),
            Field("place", Kind.INT64),
            Field("value", Kind.VARCHAR, length=LONGEST_VALUE),
            Field("idle", Kind.FLOAT_VECTOR, dimension=2),
        ),
        looked_up=("kind", "place"),
    )
