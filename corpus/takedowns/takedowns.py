"""The take-down list: documents, passages and words that are not to be shown, searched or kept any more.

``takedowns.toml`` lies beside the documents, so that no build can be run without it, and only its owner may read it::

    [[takedown]]
    document = "cabinet-2019-09-03.pdf"      # its file, or its id; alone, the whole document is taken down
    words    = "020 7946 0000"               # or passage = "…", its permalink; or pattern = "phone" or "e-mail"
    reason   = "Asked for by the person whose number it is"
    date     = 2026-11-22
    by       = "Data protection officer"

Words and patterns without a document are taken out of all documents.
"""

import datetime
import os
import re
import stat
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.blackout import KINDS, Plain, words_of
from corpus.folders import TAKEDOWNS, File
from corpus.receipts import UNNAMED, Fate, Receipt

_WHAT = ("passage", "words", "pattern")
_ABOUT = ("reason", "by")
_KEYS = ("document", *_WHAT, *_ABOUT, "date")
# Fewer letters and digits stand in every line of a document.
_FEWEST_LETTERS = 3
_ADDRESS = re.compile(r".*/passages/")
_NO_LETTERS = re.compile(r"[\W_]+")


class TakedownError(Exception):
    """A take-down list that cannot be followed; ``problems`` lists everything that is wrong with it.

    Nothing may be published then: what should have been taken down might be.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(problems)} mistake{'s' if len(problems) != 1 else ''}"
        super().__init__(
            f"The take-down list has {count} to put right. Nothing was built, and the index is as it was:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
        )


@dataclass(frozen=True, slots=True)
class Takedown:
    """An entry of the list. ``key`` says where it stands; what is "" is not said.

    With no ``passage``, ``words`` or ``pattern``, the whole document is taken down.
    """

    key: str
    document: str = ""
    passage: str = ""
    words: str = ""
    pattern: str = ""

    @property
    def whole(self) -> bool:
        """Whether all of a document is taken down."""
        return not (self.passage or self.words or self.pattern)

    @property
    def may_find_nothing(self) -> bool:
        """Whether it is a rule for all documents, which holds for those to come, too."""
        return bool(self.pattern) and not self.document

    def of(self, file: File) -> bool:
        """Whether it concerns a file."""
        return self.document in ("", file.identity, file.name)


@dataclass(frozen=True, slots=True)
class Takedowns:
    """The entries of the lists, in order."""

    entries: tuple[Takedown, ...] = ()

    @classmethod
    def load(cls, folders: Sequence[Path], files: Sequence[File]) -> "Takedowns":
        """The lists that lie in these folders or below; :class:`TakedownError` with every mistake in them at once."""
        problems: list[str] = []
        entries: list[Takedown] = []
        for path in lists(folders):
            entries += _entries(path, problems)
        known = {name for file in files for name in (file.identity, file.name)}
        for entry in entries:
            if entry.document and entry.document not in known:
                problems.append(f"{entry.key}: there is no document {entry.document!r}. {_MATCHES_NOTHING}")
        problems += [problem for file in files for problem in _named(file, entries)]
        if problems:
            raise TakedownError(problems)
        return cls(tuple(entries))

    def of(self, file: File) -> "Takedowns":
        """Those that concern a file."""
        return Takedowns(tuple(entry for entry in self.entries if entry.of(file)))

    @property
    def rules(self) -> tuple[str, ...]:
        """The patterns that are taken out of all documents."""
        return tuple(sorted({entry.pattern for entry in self.entries if entry.may_find_nothing}))

    @property
    def whole(self) -> bool:
        """Whether there is one that takes all of a document down."""
        return any(entry.whole for entry in self.entries)

    @property
    def named(self) -> bool:
        """Whether there is one that names a document."""
        return any(entry.document for entry in self.entries)

    def check(self, files: Sequence[File], receipts: Sequence[Receipt], used: Collection[Takedown]) -> None:
        """:class:`TakedownError` if there is an entry that is not ``used``, though what it names may be published."""
        problems = []
        not_read = {one.id: "" for one in receipts if one.fate in (*UNNAMED, Fate.UNREADABLE)}
        for one in receipts:
            if one.fate is Fate.DUPLICATE:
                not_read[one.id] = f"its document says the same as {one.same_as!r}, so name that one"
        for entry in self.entries:
            if entry in used or entry.may_find_nothing:
                continue
            why = {not_read.get(file.identity) for file in files if entry.document and entry.of(file)}
            if "" not in why:
                reasons = sorted(filter(None, why)) or ["what it takes down is not found"]
                problems.append(f"{entry.key}: {'; '.join(reasons)}. {_MATCHES_NOTHING}")
        if problems:
            raise TakedownError(problems)


_MATCHES_NOTHING = (
    "An entry that finds nothing may mean that what it took down is back under another name or in other words: "
    "look, then mend the entry or remove it."
)


def lists(folders: Sequence[Path]) -> list[Path]:
    """The files of the list that lie in folders or below them, each once."""
    found = {path.resolve(): path for folder in folders for path in sorted(folder.rglob(TAKEDOWNS))}
    return list(found.values())


def none_lost(record: Path, folders: Sequence[Path]) -> None:
    """:class:`TakedownError` if there are fewer lists than the last time; ``record`` is the file that counts them.

    A list that was left behind when documents were copied would bring back all that it took down.
    """
    now = len(lists(folders))
    before = int(record.read_text(encoding="ascii")) if record.exists() else 0
    if now < before:
        raise TakedownError(
            [
                f"this index was built with {before} {TAKEDOWNS} among the documents, and now there are {now}. "
                f"Put what is missing back; if nothing is to be taken down any more, an empty {TAKEDOWNS} says so"
            ]
        )
    if now > before:
        record.write_text(f"{now}\n", encoding="ascii")


def _entries(path: Path, problems: list[str]) -> Iterator[Takedown]:
    """The entries of a list; what is wrong with them is added to ``problems``."""
    try:
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO:
            problems.append(f"{path}: can be read by everybody on this machine; type: chmod 600 {path}")
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path}: not a TOML file: {error}")
        return
    except OSError as error:
        problems.append(f"{path}: cannot be opened ({error.strerror or error})")
        return
    rows = content.pop("takedown", [])
    problems += [f"{path}: {key}: unknown; only [[takedown]] tables belong here" for key in content]
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        problems.append(f"{path}: write [[takedown]], with double brackets, for each thing that is taken down")
        return
    for number, row in enumerate(rows, 1):
        key = f"{path}: takedown {number}"
        wrong = list(_wrong(row))
        problems += [f"{key}{problem}" for problem in wrong]
        if not wrong:
            passage = _ADDRESS.sub("", row.get("passage", ""))
            document = row.get("document") or passage.rpartition("/")[0]
            yield Takedown(key, document, passage, row.get("words", ""), row.get("pattern", ""))


def _wrong(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with an entry, each to stand after its place in the list."""
    yield from (f".{key}: unknown; the keys are {', '.join(_KEYS)}" for key in row if key not in _KEYS)
    for key in ("document", *_WHAT, *_ABOUT):
        if key in row and not (isinstance(row[key], str) and row[key].strip()):
            yield f".{key}: write text in quotation marks"
            return
    what = [key for key in _WHAT if key in row]
    if len(what) > 1:
        yield f": {' and '.join(what)} cannot stand in one entry; write one for each"
    if not what and "document" not in row:
        yield ": says nothing to take down; name a document, a passage, words or a pattern"
    if "words" in row and sum(letter.isalnum() for letter in words_of(row["words"])) < _FEWEST_LETTERS:
        yield f".words: has fewer than {_FEWEST_LETTERS} letters or digits, which stand everywhere"
    if "pattern" in row and row["pattern"] not in KINDS:
        yield f".pattern: write one of {', '.join(KINDS)}"
    if "passage" in row and not all(_ADDRESS.sub("", row["passage"]).rpartition("/")[::2]):
        yield ".passage: write the passage's permalink, or what follows /passages/ in it"
    yield from (f".{key}: missing; whoever reviews the list needs it" for key in _ABOUT if key not in row)
    if type(row.get("date")) is not datetime.date:
        yield ".date: write the day as 2026-11-22, without quotation marks"


def _named(file: File, entries: Sequence[Takedown]) -> Iterator[str]:
    """What is wrong with a file's name: it is shown, and made an address of, and cannot be blacked out."""
    name = Plain(_NO_LETTERS.sub(" ", file.name))
    for entry in entries:
        if entry.words and entry.of(file) and name.find(_NO_LETTERS.sub(" ", entry.words)):
            yield f"{entry.key}: the words stand in the name of the file {file.name}; give it another name"
