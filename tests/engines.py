"""The engines that an index is kept in. A test that asks for ``open_index`` is run on each: another is added here."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from fakes import FakeEncoder

from corpus.model import Document
from index.build import build
from index.encoder import Encoder
from index.index import Index
from index.local import LocalIndex


class OpenIndex(Protocol):
    """Builds an index of documents and opens it, as a program that searches does."""

    def __call__(
        self, documents: Iterable[Document], encoder: Encoder | None = ..., *, model: bool = ..., place: str = ...
    ) -> Index:
        """The index of ``documents``, built with ``encoder`` (the fake one unless given), with or without its model.

        What is built at one ``place`` follows what was built there before; without a name a place is new.
        """


class Local:
    """On this machine's disk, each place in a folder of ``home``."""

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


ENGINES: dict[str, Callable[[Path], OpenIndex]] = {"local": Local}
