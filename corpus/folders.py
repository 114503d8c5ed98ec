"""Folders of documents: which files in them are documents, and what their catalogues say of each."""

import os
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import catalogue
from corpus.access import Access
from corpus.catalogue import Catalogue
from corpus.reading import formats

# What is taken down of the documents (corpus/takedowns/takedowns.py).
TAKEDOWNS = "takedowns.toml"
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

    ``outside`` is a link out of its folder, which is not followed. ``access`` says who may see it.
    """

    identity: str
    path: Path
    name: str
    entry: catalogue.Entry | None = None
    outside: bool = False
    access: Access = Access.PUBLIC


def find(folders: Sequence[Path]) -> tuple[tuple[File, ...], Mapping[Access, Mapping[str, int]]]:
    """Every document below ``folders``, in order, and how many files of other kinds lie beside them.

    Those are counted by who may see them and by ending. Where folders overlap, a file is found once, as one of the
    first of them. What catalogues say of a file, its folder's and those of the folders around it, the outermost says;
    but of those who may see it, it is the fewest. Raises :class:`EmptyCollection` where a folder has nothing to read,
    and :class:`corpus.catalogue.CatalogueError` with every mistake of the catalogues at once.
    """
    found: dict[Path, File] = {}
    others: dict[Access, Counter[str]] = {access: Counter() for access in Access}
    problems: list[str] = []
    empty: list[Path] = []  # one would take its documents out of the index if it were let pass
    for folder in folders:
        if not folder.is_dir():
            raise EmptyCollection(f"{folder} is not a folder. Name a folder of documents with --documents.")
        files = dict.fromkeys(_files(folder))
        if not any(path.suffix.lower() in formats.READERS for path in files):
            empty.append(folder)
        catalogues = _catalogues(folder, files)
        inside = folder.resolve()
        for path in files:
            speaking = [(one, path.relative_to(place).as_posix()) for place, one in _around(path, catalogues)]
            access = max((one.access_of(name) for one, name in speaking), default=Access.PUBLIC)
            if path.suffix.lower() not in formats.READERS:
                others[access][_ending(path)] += path.name not in (catalogue.FILE_NAME, TAKEDOWNS)
                continue
            entry = next((one.entries[name] for one, name in speaking if name in one.entries), None)
            name = path.relative_to(folder).as_posix()
            first = found.setdefault(path.absolute(), File("", path, name, entry, _leads_out(path, inside), access))
            found[path.absolute()] = replace(first, access=max(first.access, access))
        for place, one in catalogues.items():
            problems += one.problems
            problems += [
                f"{entry.key}.file: not a kind of file that is read ({KINDS})"
                for name, entry in one.entries.items()
                if Path(name).suffix.lower() not in formats.READERS or place / name not in files
            ]
    if problems:
        raise catalogue.CatalogueError(list(dict.fromkeys(problems)))
    if empty:
        where = ", ".join(str(folder) for folder in empty)
        raise EmptyCollection(
            f"There are no documents ({KINDS}) in {where}. "
            "If that is a share, see that it is connected; otherwise name folders that hold documents."
        )
    counted = {
        access: {ending: count for ending, count in sorted(of.items()) if count} for access, of in others.items()
    }
    return _identified(found.values()), counted


def _catalogues(folder: Path, files: Iterable[Path]) -> dict[Path, Catalogue]:
    """The catalogues of a folder and of those below it that hold files, by folder, outermost first."""
    places = {folder, *(path.parent for path in files if path.name == catalogue.FILE_NAME)}
    return {place: catalogue.load(place) for place in sorted(places)}


def _around(path: Path, catalogues: Mapping[Path, Catalogue]) -> Iterator[tuple[Path, Catalogue]]:
    """The catalogues of the folders that a file lies in, outermost first."""
    return ((place, catalogues[place]) for place in reversed(path.parents) if place in catalogues)


def _identified(files: Iterable[File]) -> tuple[File, ...]:
    """The files with their ids. Those that more people may see choose first: no id tells of what is not for them."""
    ordered = list(files)
    ids: dict[str, int] = {}
    for number in sorted(range(len(ordered)), key=lambda number: ordered[number].access):
        ids[_unused(_identity(ordered[number].name), ids)] = number
    identified = {number: replace(ordered[number], identity=identity) for identity, number in ids.items()}
    return tuple(identified[number] for number in range(len(ordered)))


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
