"""The engines that an index is kept in. A test that asks for ``open_index`` is run on each: another is added here."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import pytest
from fakes import FakeEncoder

from corpus.model import Document
from index.build import build
from index.index import Index
from index.local import LocalIndex
from index.milvus.build import build as build_in_milvus
from index.milvus.connection import Connection
from index.milvus.generations import Place
from index.milvus.milvus_index import MilvusIndex
from index.models.encoder import Encoder

# The small server of the tests takes its time over long vectors; these are as long as is needed to tell words apart.
_DIMENSION = 1024


class OpenIndex(Protocol):
    """Builds an index of documents and opens it, as a program that searches does.

    Of a long list of searches every ``step``-th is enough: an engine may be slow.
    """

    step: int

    def __call__(
        self, documents: Iterable[Document], encoder: Encoder | None = ..., *, model: bool = ..., place: str = ...
    ) -> Index:
        """The index of ``documents``, built with ``encoder`` (the fake one unless given), with or without its model.

        What is built at one ``place`` follows what was built there before; without a name a place is new.
        """


class Local:
    """On this machine's disk, each place in a folder of ``home``."""

    step = 1

    def __init__(self, home: Path) -> None:
        self._home = home
        self._made = 0

    def __call__(
        self, documents: Iterable[Document], encoder: Encoder | None = None, *, model: bool = True, place: str = ""
    ) -> Index:
        """See :class:`OpenIndex`."""
        self._made += 1
        folder = self._home / (place or f"unnamed-{self._made}")
        build(tuple(documents), folder, encoder or FakeEncoder())
        return LocalIndex.open(folder, (encoder or FakeEncoder()) if model else None)


class Milvus:
    """In a Milvus, each place under collections of its own."""

    step = 10

    def __init__(self, home: Path, connection: Connection) -> None:
        self._home = home
        self._connection = connection
        self._made = 0

    def __call__(
        self, documents: Iterable[Document], encoder: Encoder | None = None, *, model: bool = True, place: str = ""
    ) -> Index:
        """See :class:`OpenIndex`."""
        self._made += 1
        name = place or f"unnamed_{self._made}"
        there = Place(self._connection, name.replace("-", "_"))
        encoder = encoder or FakeEncoder(dimension=_DIMENSION)
        build_in_milvus(tuple(documents), there, encoder, self._home / name)
        return MilvusIndex.open(there, encoder if model else None)


def _local(home: Path, _: pytest.FixtureRequest) -> OpenIndex:
    return Local(home)


def _milvus(home: Path, request: pytest.FixtureRequest) -> OpenIndex:
    return Milvus(home, Connection.open(request.getfixturevalue("milvus")))


ENGINES: dict[str, Callable[[Path, pytest.FixtureRequest], OpenIndex]] = {"local": _local, "milvus": _milvus}
