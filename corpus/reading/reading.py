"""What every reader gives: a file's canonical text, and what the file says beside its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# What stands for an empty cell where white space would be no part of the line: at a row's beginning or end.
EMPTY_CELL = "–"


class UnreadableFile(Exception):
    """A file that cannot be read as a document; the text says why, in words for the person who supplied it."""


class Page(NamedTuple):
    """Where in the text a page begins, and its number, from 1."""

    start: int
    number: int


class Heading(NamedTuple):
    """Where in the text a line begins that the file itself marks as a heading, and its level, from 1, the title's."""

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read.

    ``text`` is canonical: blocks a line each, parted by blank lines, list items behind their bullet ("- ") or number,
    the cells of a table's row parted by tabs, an empty one at its ends written "–"; a plain-text file's is its own.
    ``pages`` and ``headings`` are in order. ``about`` is what the file says of itself outside its text (a web page's
    title and address, a Word file's properties), by the names of a catalogue's facts. ``notes`` say what of it was not
    read, or doubtful, to the person who supplied it: "page 3: scanned, not readable".
    """

    text: str
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
