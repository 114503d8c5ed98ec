"""Receipts: what became of each file of a collection, and how that differs from the time before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from corpus.access import Access


class Fate(StrEnum):
    """What became of a file."""

    READ = "read"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set aside"
    UNREADABLE = "unreadable"
    TAKEN_DOWN = "taken down"


# What is told of these to nobody but whoever looks after the index is how many there are.
UNNAMED = frozenset({Fate.SET_ASIDE, Fate.TAKEN_DOWN})


class Change(StrEnum):
    """How a file stands to the build before."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file.

    ``id`` is that of the document that was made of it, or would have been. ``digest`` is the SHA-256 of its content, ""
    where it could not be opened. ``reason`` says why there is no document; a duplicate names the file it repeats in
    ``same_as``. ``notes`` say what of it was not read, or is doubtful. ``pages`` is 0 for a file that has none.
    ``access`` says who may know of it, and ``taken`` where words have been taken out of its text.
    """

    id: str
    name: str
    fate: Fate
    digest: str = ""
    reason: str = ""
    same_as: str = ""
    notes: tuple[str, ...] = ()
    pages: int = 0
    passages: int = 0
    access: Access = Access.PUBLIC
    taken: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """How the files of a collection differ from those of the build before: each one's by id, and the names gone.

    The names of papers that are set aside as private or have been taken down are not among those.
    """

    files: Mapping[str, Change]
    removed: tuple[str, ...] = ()


def changes(before: Iterable[Receipt], now: Sequence[Receipt]) -> Changes:
    """The changes from one build's receipts to the next's, by the ids and contents of the files."""
    earlier = {receipt.id: receipt for receipt in before}

    def change(receipt: Receipt) -> Change:
        if receipt.id not in earlier:
            return Change.NEW
        return Change.UNCHANGED if earlier[receipt.id].digest == receipt.digest else Change.CHANGED

    present = {receipt.id: change(receipt) for receipt in now}
    gone = (one.name for id, one in earlier.items() if id not in present and one.fate not in UNNAMED)
    return Changes(present, tuple(sorted(gone)))


def as_json(receipt: Receipt) -> dict[str, Any]:
    """A receipt as JSON holds it: without what is empty."""
    return {key: value for key, value in asdict(receipt).items() if value}


def from_json(stored: Mapping[str, Any]) -> Receipt:
    """The receipt that ``as_json`` stored."""
    known: dict[str, Any] = {
        "fate": Fate(stored["fate"]),
        "notes": tuple(stored.get("notes", ())),
        "access": Access(stored.get("access", Access.PUBLIC)),
        "taken": tuple((start, end) for start, end in stored.get("taken", ())),
    }
    return Receipt(**{**stored, **known})
