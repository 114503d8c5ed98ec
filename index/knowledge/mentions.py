"""What documents mention, gathered one document at a time: days, for those whose own is not known, and acronyms.

Documents are known by their places, from 0 in the order in which they were added.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.dates import find_dates
from corpus.model import Document
from corpus.passages.acronyms import written
from index.files.strings import Strings

_DAYS, _NAMED = "mentions_days.npy", "mentions_named.npy"
_ACRONYMS, _STARTS, _WRITING = "mentions_acronyms", "mentions_starts.npy", "mentions_writing.npy"
_NOT_A_WORD = re.compile(r"[\W_]+")

Flags = NDArray[np.bool_]
Days = NDArray[np.int32]


class Mentions:
    """``days`` has a row for each span of days and document: the first and last day, and the document's place.

    Days count from the first there is (``date.toordinal``), and rows ascend. ``named`` is the same of the single days
    that the names of files say. The documents that write acronym n are ``writing[starts[n]:starts[n + 1]]``.
    """

    def __init__(
        self, size: int, days: Days, named: Days, acronyms: Strings, starts: NDArray[np.int64], writing: Days
    ) -> None:
        self._size = size
        self._days = days
        self._named = named
        self._acronyms = acronyms
        self._starts = starts
        self._writing = writing

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Mentions":
        """What some documents mention, kept in memory."""
        gathering = Gathering()
        for document in documents:
            gathering.add(document)
        return gathering.mentions()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The files that a gathering saved, memory-mapped."""
        days, named, starts, writing = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_DAYS, _NAMED, _STARTS, _WRITING)
        )
        # The last row of the starts is the number of documents, which those that mention nothing are of too.
        return cls(int(starts[-1]), days, named, Strings.open(folder, _ACRONYMS), starts[:-1], writing)

    def save(self, folder: Path) -> None:
        """Write what ``open`` reads."""
        np.save(folder / _DAYS, self._days, allow_pickle=False)
        np.save(folder / _NAMED, self._named, allow_pickle=False)
        np.save(folder / _STARTS, np.append(self._starts, self._size), allow_pickle=False)
        np.save(folder / _WRITING, self._writing, allow_pickle=False)
        self._acronyms.save(folder, _ACRONYMS)

    def __len__(self) -> int:
        """How many documents there are."""
        return self._size

    def mentioning(self, first: date, last: date) -> Flags:
        """One flag a document, by place: whether it mentions a day of the range."""
        days = self._days[: np.searchsorted(self._days[:, 0], last.toordinal(), "right")]
        return self._flags(days[days[:, 1] >= first.toordinal(), 2])

    def named(self, first: date, last: date) -> Flags:
        """One flag a document, by place: whether the name of its file says a day of the range."""
        return self._flags(
            self._named[slice(*np.searchsorted(self._named[:, 0], (first.toordinal(), last.toordinal() + 1))), 2]
        )

    def writing(self, acronym: str) -> Days:
        """The places of the documents that write this acronym, ascending."""
        place = self._acronyms.place(acronym)
        if place is None:
            return np.empty(0, np.int32)
        return np.asarray(self._writing[self._starts[place] : self._starts[place + 1]])

    def _flags(self, places: Days) -> Flags:
        flags = np.zeros(self._size, np.bool_)
        flags[places] = True
        return flags


class Gathering:
    """Mentions as they are gathered: some 12 bytes for every day that a document mentions."""

    def __init__(self) -> None:
        self._size = 0
        self._days: list[Days] = []
        self._named: list[Days] = []
        self._writing: dict[str, list[int]] = {}

    def add(self, document: Document) -> None:
        """Take the next document."""
        name = _NOT_A_WORD.sub(" ", document.source.path.rsplit("/", 1)[-1])
        self._days.append(self._rows({(day.first, day.last) for day in find_dates(document.text)}))
        self._named.append(self._rows({(day.first, day.last) for day in find_dates(name) if day.first == day.last}))
        for acronym in written(document.text):
            self._writing.setdefault(acronym, []).append(self._size)
        self._size += 1

    def mentions(self) -> Mentions:
        """What has been gathered."""
        acronyms = sorted(self._writing)
        starts = np.cumsum([0, *(len(self._writing[acronym]) for acronym in acronyms)], dtype=np.int64)
        writing = np.array([place for acronym in acronyms for place in self._writing[acronym]], np.int32)
        return Mentions(
            self._size, _ascending(self._days), _ascending(self._named), Strings.of(acronyms), starts, writing
        )

    def save(self, folder: Path) -> None:
        """Write what :meth:`Mentions.open` reads."""
        self.mentions().save(folder)

    def _rows(self, spans: set[tuple[date, date]]) -> Days:
        rows = [(first.toordinal(), last.toordinal(), self._size) for first, last in spans]
        return np.array(rows, np.int32).reshape(-1, 3)


def _ascending(rows: list[Days]) -> Days:
    found = np.concatenate([np.empty((0, 3), np.int32), *rows])
    return found[np.lexsort((found[:, 2], found[:, 1], found[:, 0]))]
