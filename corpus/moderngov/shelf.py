"""The folder of documents: what it holds, kept in a small state file, and the catalogue written from it.

Everything is written under another name and moved into place, in an order that an interruption at any moment leaves
right: a new file before the state that names it; the state and the catalogue before the file that they name no more.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus import catalogue
from corpus.moderngov.records import Status

STATE = "moderngov.json"
FIRST_LINE = "# Written by python -m corpus.moderngov from moderngov.json: what is changed here is lost."
_LOCK = "moderngov.lock"
_FORMAT = 1


class ShelfUnusable(Exception):
    """A folder that cannot be written to; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document of a meeting.

    ``path`` is below the folder, and empty where only ``reason``, why there is no file, is known. ``digest`` is of the
    words (of an item) or of the bytes (of an attachment); ``seen`` is of what the service said of an attachment, which
    is fetched again only when that changes. ``read`` and ``amended`` are days. ``minutes`` where it is minutes, and
    not ``dated`` where they are another day's.
    """

    path: str
    url: str
    title: str
    digest: str
    read: str
    amended: tuple[str, ...] = ()
    minutes: bool = False
    dated: bool = True
    seen: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting as it was last read: its documents by the kind and id of each ("item 24253", "attachment 60860").

    Not ``complete`` where minutes are still to come, or something could not be fetched. ``said`` is what the service
    says of the minutes, ``status`` what is known of them; ``confirms`` are the days of the earlier minutes that these
    confirm.
    """

    committee: str
    body: str
    day: str
    url: str
    read: str = ""
    complete: bool = False
    said: Status = Status.NOT_STATED
    status: Status = Status.NOT_STATED
    confirms: tuple[str, ...] = ()
    held: dict[str, Held] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """A folder that is held for one run. ``visits`` are the meetings by id."""

    folder: Path
    site: str
    council: str
    visits: dict[str, Visit]
    _leaving: list[str]

    @classmethod
    @contextmanager
    def open(cls, folder: Path, site: str, council: str = "") -> Iterator["Shelf"]:
        """The folder, made if need be, what an interrupted run left put right; raises :class:`ShelfUnusable`.

        ``council`` is the name for the catalogue; where it is empty, the one given before is kept.
        """
        with ExitStack() as closing:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                _hold(folder, closing)
                _check_catalogue(folder / catalogue.FILE_NAME)
                shelf = cls._load(folder, site, council)
                shelf._put_right()
                yield shelf
            except OSError as error:
                raise ShelfUnusable(f"{folder} cannot be written to ({error.strerror or error}).") from error

    @classmethod
    def _load(cls, folder: Path, site: str, council: str) -> "Shelf":
        path = folder / STATE
        if not path.exists():
            return cls(folder, site, council, {}, [])
        anew = f"Name another folder, or remove {path} and all documents beside it to start anew."
        try:
            state = json.loads(path.read_bytes())
            if state["format"] != _FORMAT:
                raise ValueError(f"it is of format {state['format']}, and this program reads format {_FORMAT}")
            visits = {identity: _visit(entry) for identity, entry in state["meetings"].items()}
            shelf = cls(folder, state["site"], council or state["council"], visits, list(state["leaving"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ShelfUnusable(f"{path} cannot be read ({error}). {anew}") from error
        if shelf.site.rpartition("//")[2] != site.rpartition("//")[2]:
            raise ShelfUnusable(f"{folder} holds the documents of {shelf.site}, not of {site}. {anew}")
        shelf.site = site
        return shelf

    def has(self, held: Held) -> bool:
        """Whether the file of a document is there, as it should be; one that has no file is as it should be."""
        return not held.path or (self.folder / held.path).is_file()

    def holds(self, held: Held, content: bytes) -> bool:
        """Whether the file of a document is there with this content."""
        path = self.folder / held.path
        return bool(held.path) and path.is_file() and path.read_bytes() == content

    def put(self, meeting: str, visit: Visit, key: str, held: Held, content: bytes | None) -> Visit:
        """A document put into the folder under ``key``, its file first; the visit that now holds it.

        ``content`` is None where the file stays as it is.
        """
        before = visit.held.get(key)
        if content is not None and held.path:
            _write(self.folder / held.path, content)
        leaving = [before.path] if before and before.path and before.path != held.path else []
        visit = replace(visit, held=visit.held | {key: held})
        self._record(meeting, visit, leaving)
        return visit

    def withdraw(self, meeting: str, visit: Visit, keys: list[str]) -> Visit:
        """The documents of ``keys`` taken out of the state, the catalogue and the folder; the visit without them."""
        leaving = [visit.held[key].path for key in keys if visit.held[key].path]
        visit = replace(visit, held={key: held for key, held in visit.held.items() if key not in keys})
        self._record(meeting, visit, leaving)
        return visit

    def finish(self, meeting: str, visit: Visit) -> None:
        """A meeting recorded as it now stands, and the catalogue with it."""
        self._record(meeting, visit, [])
        self._write_catalogue()

    def forget(self, meeting: str) -> None:
        """A meeting that is no more, with all of its documents."""
        visit = self.withdraw(meeting, self.visits[meeting], list(self.visits[meeting].held))
        assert not visit.held
        del self.visits[meeting]
        self._write_state()

    def _record(self, meeting: str, visit: Visit, leaving: list[str]) -> None:
        self.visits[meeting] = visit
        self._leaving = leaving
        self._write_state()
        if leaving:
            self._put_right()

    def _put_right(self) -> None:
        """The catalogue as the state has it, and then the files away that it names no more."""
        self._write_catalogue()
        for path in self._leaving:
            (self.folder / path).unlink(missing_ok=True)
        if self._leaving:
            self._leaving = []
            self._write_state()

    def _write_state(self) -> None:
        state = {
            "format": _FORMAT,
            "site": self.site,
            "council": self.council,
            "leaving": self._leaving,
            "meetings": {identity: asdict(visit) for identity, visit in sorted(self.visits.items())},
        }
        _write(self.folder / STATE, json.dumps(state, ensure_ascii=False, indent=1).encode())

    def _write_catalogue(self) -> None:
        parts = [FIRST_LINE]
        for identity, visit in sorted(self.visits.items(), key=lambda pair: (pair[1].body, pair[1].day, pair[0])):
            entries = [_entry(held, visit, self.council) for held in _in_order(visit) if held.path and self.has(held)]
            if entries:
                parts += [f"# {visit.body}, meeting {identity}: {visit.url}", *entries]
        text = "\n\n".join(parts) + "\n"
        path = self.folder / catalogue.FILE_NAME
        if self.visits and not (path.is_file() and path.read_bytes() == text.encode()):
            _write(path, text.encode())


def _in_order(visit: Visit) -> list[Held]:
    return sorted(visit.held.values(), key=lambda held: held.path)


def _entry(held: Held, visit: Visit, council: str) -> str:
    """A document's entry of the catalogue. What its facts have no place for stands in a comment before them."""
    status = f"minutes {visit.status or 'not said to be draft or confirmed'}; " if held.minutes and held.dated else ""
    amended = f"; amended {', '.join(held.amended)}" if held.amended else ""
    lines = [f"# {status}read {held.read}{amended}", "[[source]]", f"file = {_quoted(held.path)}"]
    lines += [f"title = {{ value = {_quoted(held.title)}, supplied = true }}"] if held.title else []
    lines += [f"council = {{ value = {_quoted(council)}, supplied = true }}"] if council else []
    lines.append(f"body = {{ value = {_quoted(visit.body)}, supplied = true }}")
    lines += [f"date = {{ value = {visit.day}, supplied = true }}"] if held.dated else []
    lines += ['kind = { value = "minutes", supplied = true }'] if held.minutes else []
    lines.append(f"url = {{ value = {_quoted(held.url)}, supplied = true }}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's, but for DEL, which TOML wants escaped too (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _visit(entry: Any) -> Visit:
    date.fromisoformat(entry["day"])
    made = {
        "said": Status(entry["said"]),
        "status": Status(entry["status"]),
        "confirms": tuple(entry["confirms"]),
        "held": {key: _held(held) for key, held in entry["held"].items()},
    }
    return Visit(**(entry | made))


def _held(entry: Any) -> Held:
    held = Held(**(entry | {"amended": tuple(entry["amended"])}))
    if held.path and not re.fullmatch(r"[a-z0-9-]+/[0-9-]{10}/[a-z0-9-]+\.[a-z]+", held.path):
        raise ValueError(f"{held.path!r} is not a file of this folder")
    return held


def _check_catalogue(path: Path) -> None:
    if path.exists() and not path.read_bytes().startswith(FIRST_LINE.encode()):
        raise ShelfUnusable(
            f"{path} was not written by this command, so it is left alone. Name a folder of its own with --documents."
        )


def _hold(folder: Path, closing: ExitStack) -> None:
    """Keep other runs out: SQLite's lock on an empty database works on every system and goes with its process."""
    try:
        lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)
        closing.callback(lock.close)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise ShelfUnusable(f"Another run is writing to {folder}. Wait for it to end, then run again.") from error
        raise ShelfUnusable(f"{folder} cannot be written to ({error}).") from error


def _write(path: Path, content: bytes) -> None:
    """A file written whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
