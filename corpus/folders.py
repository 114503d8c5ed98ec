"""Folders of documents: which files in them are documents, and what their catalogues say of each."""

import os
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import catalogue, takedowns
from corpus.reading import formats

KINDS = f"{', '.join(sorted(formats.READERS))} files"
# What a browser saves beside a page: its pictures, frames and advertisements.
_PAGES_PARTS = ("_files", "_Dateien", ".files")
_PAGES = frozenset({".html", ".htm"})
# Files that programs keep for themselves: hidden ones, and the locks that word processors leave beside open files.
_PRIVATE = (".", "~$", "._")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


# What files there are, with their sizes and times.
Stamp = frozenset[tuple[str, int, int]]


class EmptyCollection(Exception):
    """Folders that hold nothing to read; the text says what was looked for."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read as a document: the document's id, where it is, its name in its folder, and its entry.

    ``outside`` is a link out of its folder, which is not followed.
    """

    identity: str
    path: Path
    name: str
    entry: catalogue.Entry | None = None
    outside: bool = False


def find(folders: Sequence[Path]) -> tuple[tuple[File, ...], Mapping[str, int]]:
    """Every document below ``folders``, in order, and how many files of other kinds lie beside them, by ending.

    Where folders overlap, a file is found once, as one of the first of them. Raises :class:`EmptyCollection` where
    there is nothing to read, and :class:`corpus.catalogue.CatalogueError` with every mistake of the catalogues at once.
    """
    found: dict[str, File] = {}
    places: set[Path] = set()
    others: Counter[str] = Counter()
    problems: list[str] = []
    for folder in folders:
        if not folder.is_dir():
            raise EmptyCollection(f"{folder} is not a folder. Name a folder of documents with --documents.")
        entries, mistakes = catalogue.load(folder)
        problems += mistakes
        inside = folder.resolve()
        for path in _files(folder):
            if path.suffix.lower() not in formats.READERS:
                others[_ending(path)] += path.name not in (catalogue.FILE_NAME, takedowns.FILE_NAME)
                continue
            name = path.relative_to(folder).as_posix()
            entry = entries.pop(name, None)
            if path.absolute() in places:  # the folders overlap
                continue
            places.add(path.absolute())
            identity = _unused(_identity(name), found)
            found[identity] = File(identity, path, name, entry, _leads_out(path, inside))
        problems += [f"{entry.key}.file: not a kind of file that is read ({KINDS})" for entry in entries.values()]
    if problems:
        raise catalogue.CatalogueError(problems)
    if not found:
        where = ", ".join(str(folder) for folder in folders)
        raise EmptyCollection(f"There are no documents ({KINDS}) in {where}.")
    return tuple(found.values()), {ending: count for ending, count in sorted(others.items()) if count}


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in the order of their names; links to folders are not followed.

    A link that leads nowhere is one of them, so that it is reported and not passed over.
    """
    found = []
    for place, below, names in os.walk(folder):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in _PAGES}
        below[:] = [name for name in below if not name.startswith(_PRIVATE) and not _is_of_page(name, pages)]
        found += [Path(place, name) for name in names if not name.startswith(_PRIVATE)]
    return iter(sorted(path for path in found if path.is_file() or path.is_symlink()))


def _is_of_page(name: str, pages: Container[str]) -> bool:
    return any(name.endswith(part) and name.removesuffix(part) in pages for part in _PAGES_PARTS)


def _leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to a file outside the folder."""
    try:
        return path.is_symlink() and path.exists() and not path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # a link to itself: reading it says so
        return False


def _ending(path: Path) -> str:
    """The ending of a file's name, as far as it can be shown; "" for another."""
    return path.suffix.lower() if _SUFFIX.fullmatch(path.suffix.lower()) else ""


def _identity(name: str) -> str:
    """The id of a document: its file name without the ending, in letters, digits and hyphens."""
    stem = name.rsplit(".", 1)[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "document"


def _unused(identity: str, found: Container[str]) -> str:
    number = 2
    unused = identity
    while unused in found:
        unused, number = f"{identity}-{number}", number + 1
    return unused


def stamp(folders: Sequence[Path]) -> Stamp:
    """What files there are below the folders, to tell whether anything has changed."""
    found: set[tuple[str, int, int]] = set()
    for folder in folders:
        for path in _files(folder):
            try:
                about = path.stat()
            except OSError:  # gone since, or a link that leads nowhere
                found.add((str(path), -1, 0))
            else:
                found.add((str(path), about.st_size, about.st_mtime_ns))
    return frozenset(found)
