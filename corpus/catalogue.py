"""The catalogue: what is known about each document of a folder, and how it is known.

``catalogue.toml`` lies beside the documents. Each fact is a small table::

    [[source]]
    file = "medway-cabinet-2019-09-03.txt"
    council = { value = "Medway Council", stated = "Medway Council" }   # words that stand in the document
    date    = { value = 2019-09-03, stated = "3 SEPTEMBER 2019" }
    body    = { value = "Cabinet", supplied = true }                     # known from elsewhere
    title   = { not_stated = true }                                      # the same as leaving it out
    access  = "officers"                                                 # who may see it: public, members or officers

``access`` above the first table is that of every file of the folder, and of the folders in it, that states no other.
"""

import datetime
import posixpath
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.access import Access
from corpus.folding import fold
from corpus.model import Fact, Kind, Known, Source, Span

FILE_NAME = "catalogue.toml"
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+")
_FACTS = ("title", "council", "body", "date", "kind", "url")


class CatalogueError(Exception):
    """Catalogues with mistakes; ``problems`` lists every one of them, each with its file and its line or key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(problems)} mistake{'s' if len(problems) != 1 else ''}"
        super().__init__(f"The catalogue has {count} to put right:\n" + "\n".join(f"  - {p}" for p in problems))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one file, before the file itself has been read.

    ``key`` says where it stands, for messages. ``facts`` are (value, how known, the words that state it) by name.
    """

    key: str
    facts: Mapping[str, tuple[str, Known, str]] = field(default_factory=dict)
    access: Access = Access.PUBLIC


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a folder's catalogue says: its entries by the names of files that are there, and everything that is wrong.

    ``access`` is that of the files that have no entry.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    access: Access = Access.PUBLIC
    problems: tuple[str, ...] = ()

    def access_of(self, name: str) -> Access:
        """Who may see a file, by its name in the folder."""
        return self.entries[name].access if name in self.entries else self.access


def load(folder: Path) -> Catalogue:
    """The catalogue of ``folder``; an empty one where there is none."""
    path = folder / FILE_NAME
    if not (path.exists() or path.is_symlink()):
        return Catalogue()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Catalogue(problems=(f"{path}: not a TOML file: {error}",))
    except OSError as error:
        return Catalogue(problems=(f"{path}: cannot be opened ({error.strerror or error})",))
    problems = [
        f"{key}: unknown; only access and [[source]] tables belong here"
        for key in content
        if key not in ("source", "access")
    ]
    usual = _access("access", content.get("access", Access.PUBLIC.word), problems)
    rows = content.get("source", [])
    if not isinstance(rows, list):
        rows = []
        problems.append("source: write [[source]], with double brackets, for each document")
    entries = [_entry(number, row, folder, usual, problems) for number, row in enumerate(rows, 1)]
    repeated = [name for name, count in Counter(name for name, _ in entries if name).items() if count > 1]
    problems += [f"file: {name!r} is listed more than once" for name in repeated]
    return Catalogue(
        {name: entry for name, entry in entries if name}, usual, tuple(f"{path}: {problem}" for problem in problems)
    )


def source(identity: str, path: str, text: str, title: Fact, entry: Entry | None) -> tuple[Source, list[str]]:
    """The Source of a document, and what is wrong with its catalogue entry given the document's text.

    ``title`` is the title that the text itself states, used where the catalogue has none.
    """
    facts: dict[str, Fact] = {"title": title}
    problems = []
    where, facts_given = (entry.key, entry.facts) if entry else (path, {})
    for name, (value, known, words) in facts_given.items():
        span = None
        if known is Known.STATED:
            start = fold(text).find(fold(words))
            if start < 0:
                problems.append(f"{where}.{name}: the document does not say {words!r}")
                continue
            span = Span(start, start + len(words))
        facts[name] = Fact(value, known, span)
    return Source(identity, path, **facts, access=entry.access if entry else Access.PUBLIC), problems


def _access(key: str, word: Any, problems: list[str]) -> Access:
    """The level of a word; that of the fewest people, and a problem, where it is none."""
    try:
        return Access.of(word)
    except ValueError as problem:
        problems.append(f"{key}: {problem}")
        return Access.OFFICERS


def _entry(number: int, row: Any, folder: Path, usual: Access, problems: list[str]) -> tuple[str, Entry]:
    key = f"source {number}"
    if not isinstance(row, dict):
        problems.append(f"{key}: write [[source]], with double brackets")
        return "", Entry(key)
    name = row.get("file")
    if not isinstance(name, str) or not name:
        problems.append(f"{key}.file: missing; name the document's file")
        name = ""
    else:
        key = f"source {number} ({name})"
        name = posixpath.normpath(name)
        if not _is_file_of(folder, name):
            problems.append(f"{key}.file: there is no such file in {folder}")
            name = ""
    known = (*_FACTS, "file", "access")
    problems += [f"{key}.{k}: unknown; the facts are {', '.join(_FACTS)}" for k in row if k not in known]
    access = _access(f"{key}.access", row["access"], problems) if "access" in row else usual
    facts = {}
    for fact in _FACTS:
        if fact in row:
            read = _fact(f"{key}.{fact}", fact, row[fact], problems)
            if read is not None:
                facts[fact] = read
    return name, Entry(f"{folder / FILE_NAME}: {key}", facts, access)


def _is_file_of(folder: Path, name: str) -> bool:
    if "\0" in name or posixpath.isabs(name) or name.split("/")[0] == "..":
        return False
    return (folder / name).is_file()


def _fact(key: str, name: str, table: Any, problems: list[str]) -> tuple[str, Known, str] | None:
    """One fact as (value, how known, the words that state it), or None where it is not stated or wrong."""
    if not isinstance(table, dict):
        problems.append(
            f'{key}: write {{ value = "…", stated = "words of the document" }} or {{ value = "…", supplied = true }}'
        )
        return None
    unknown = [k for k in table if k not in ("value", "stated", "supplied", "not_stated")]
    ways = [k for k in ("stated", "supplied", "not_stated") if table.get(k, False) is not False]
    if unknown or len(ways) != 1:
        problems.append(
            f"{key}: say exactly one of stated, supplied or not_stated"
            + (f", not {', '.join(unknown)}" if unknown else "")
        )
        return None
    if ways == ["not_stated"]:
        if "value" in table:
            problems.append(f"{key}: has a value, so it cannot be not_stated")
        return None
    words = table[ways[0]]
    if ways == ["stated"] and not (isinstance(words, str) and words.strip()):
        problems.append(f"{key}.stated: give the document's own words, in quotation marks")
        return None
    if ways != ["stated"] and words is not True:
        problems.append(f"{key}.{ways[0]}: write true, without quotation marks")
        return None
    value = _value(key, name, table.get("value"), problems)
    if value is None:
        return None
    return (value, Known.STATED, words) if ways == ["stated"] else (value, Known.SUPPLIED, "")


def _value(key: str, name: str, value: Any, problems: list[str]) -> str | None:
    if name == "date":
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        problems.append(f"{key}.value: write the day as 2019-09-03, without quotation marks")
        return None
    if not isinstance(value, str) or not value.strip():
        problems.append(f"{key}.value: missing; give the {name} in quotation marks")
        return None
    if name == "kind" and value not in set(Kind):
        problems.append(f"{key}.value: {value!r} is not one of {', '.join(Kind)}")
        return None
    if name == "url" and not _WEB_ADDRESS.match(value):
        problems.append(f"{key}.value: {value!r} is not a web address that starts with https://")
        return None
    return value
