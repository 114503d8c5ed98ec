"""Screening: which files are not to be read, and which say what another one says."""

import hashlib
from collections.abc import Mapping, Sequence

from corpus.access import Access
from corpus.exempt import is_named_exempt
from corpus.folders import File
from corpus.receipts import Fate

# What becomes of a file that no document is made of, and why.
Refusal = tuple[Fate, str]

_OUTSIDE = "is a link to a file outside its folder; put the file itself there"
_NAMED_EXEMPT = "its name says that it is exempt or restricted"
_AS_EXEMPT = "has the content of a file whose name says that it is exempt or restricted"


def screened(files: Sequence[File]) -> tuple[dict[str, str], dict[str, Refusal]]:
    """The SHA-256 of each file's content, and the files that are not to be read, both by the files' ids."""
    digests: dict[str, str] = {}
    refused: dict[str, Refusal] = {}
    for file in files:
        if file.outside:
            refused[file.identity] = Fate.UNREADABLE, _OUTSIDE
            continue
        if file.path.exists() and not file.path.is_file():  # a link to a pipe, which would be waited for
            refused[file.identity] = Fate.UNREADABLE, "is no ordinary file"
            continue
        try:
            with file.path.open("rb") as content:
                digests[file.identity] = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            refused[file.identity] = Fate.UNREADABLE, f"cannot be opened ({error.strerror or error})"
            continue
        if file.access is Access.PUBLIC and is_named_exempt(file.name):
            refused[file.identity] = Fate.SET_ASIDE, _NAMED_EXEMPT
    private = {digests[id] for id, (fate, _) in refused.items() if fate is Fate.SET_ASIDE}
    as_private = [id for id, digest in digests.items() if digest in private and id not in refused]
    return digests, refused | dict.fromkeys(as_private, (Fate.SET_ASIDE, _AS_EXEMPT))


def repeats(files: Sequence[File], values: Mapping[str, str]) -> dict[str, File]:
    """The files whose value another one has, by id, and that other: one with an entry in a catalogue, or the first.

    ``values`` are contents or texts, by the files' ids. Two files with entries are two documents, if their entries
    differ: the minutes of two meetings may say the same.
    """
    entered: dict[str, dict[object, File]] = {}
    for file in files:
        if file.entry is not None:
            entered.setdefault(values[file.identity], {}).setdefault(_said(file), file)
    found: dict[str, File] = {}
    plain: dict[str, File] = {}
    for file in files:
        value = values[file.identity]
        if file.entry is not None:
            first = entered[value][_said(file)]
        else:
            first = next(iter(entered[value].values())) if value in entered else plain.setdefault(value, file)
        if first is not file:
            found[file.identity] = first
    return found


def _said(file: File) -> object:
    """What the catalogue says of a file, to be compared."""
    return tuple(sorted(file.entry.facts.items())) if file.entry is not None else ()
