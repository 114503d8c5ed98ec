"""A collection: every document of some folders, found, catalogued and read."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import catalogue
from corpus.model import Block, Document, Fact, Kind, Span
from corpus.outline import Outline, outline
from corpus.passages import passages
from corpus.reading import formats
from corpus.reading.reading import Reading, UnreadableFile
from corpus.reading.text import blocks
from corpus.stating import stated

_KINDS = f"{', '.join(sorted(formats.READERS))} files"


class EmptyCollection(Exception):
    """Folders that hold nothing to read; the text says what was looked for."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class _File:
    identity: str
    path: Path
    name: str
    entry: catalogue.Entry | None


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of one or more folders, ready to be read. ``len()`` counts them."""

    _files: tuple[_File, ...] = field(repr=False)

    @classmethod
    def open(cls, folders: Sequence[Path]) -> "Collection":
        """Find every document below ``folders``, with what their catalogues say.

        Where folders overlap, a file is read once, as one of the first of them.
        Raises :class:`EmptyCollection` where there is nothing to read, and
        :class:`corpus.catalogue.CatalogueError` with every mistake of a catalogue at once.
        """
        found: dict[str, _File] = {}
        places: set[Path] = set()
        problems: list[str] = []
        for folder in folders:
            if not folder.is_dir():
                raise EmptyCollection(f"{folder} is not a folder. Name a folder of documents with --documents.")
            entries, mistakes = catalogue.load(folder)
            problems += mistakes
            for path in sorted(filter(_is_document, folder.rglob("*"))):
                name = path.relative_to(folder).as_posix()
                entry = entries.pop(name, None)
                if path.absolute() in places:  # the folders overlap
                    continue
                places.add(path.absolute())
                identity = _unused(_identity(name), found)
                found[identity] = _File(identity, path, name, entry)
            problems += [f"{entry.key}.file: not a kind of file that is read ({_KINDS})" for entry in entries.values()]
        if not found and not problems:
            where = ", ".join(str(folder) for folder in folders)
            raise EmptyCollection(f"There are no documents ({_KINDS}) in {where}.")
        problems += [problem for file in found.values() for problem in _wrongly_stated(file)]
        if problems:
            raise catalogue.CatalogueError(problems)
        return cls(tuple(found.values()))

    def __len__(self) -> int:
        return len(self._files)

    def read(self) -> Iterator[Document | Unreadable]:
        """Each document in turn, or what could not be read and why."""
        for file in self._files:
            try:
                yield read_document(file.identity, file.name, formats.read(file.path), file.entry)
            except UnreadableFile as problem:
                yield Unreadable(file.name, str(problem))


def read_document(identity: str, name: str, reading: Reading | str, entry: catalogue.Entry | None = None) -> Document:
    """A document from a file as it was read: outlined, catalogued and cut into passages, each with its page.

    A plain string is a reading of text alone. What a catalogue does not say, the document itself may, or its file.
    """
    if isinstance(reading, str):
        reading = Reading(reading)
    text = reading.text
    marked = _marked(blocks(text), reading)
    placed = outline(text, marked)
    known, _ = catalogue.source(identity, name, text, Fact(), entry)
    known = stated(known, text, _title(placed), placed.kind, reading.about, suggesting=entry is None)
    if placed.items and known.kind.value in (Kind.REPORT, Kind.INSPECTION):
        placed = outline(text, marked, several=False)
    return Document(known, text, passages(known, text, placed))


def _marked(blocks: Sequence[Block], reading: Reading) -> list[Block]:
    """The blocks, each with the page that it begins on, and those that the file marks as headings with their level."""
    starts = [page.start for page in reading.pages]
    levels = {heading.start: heading.level for heading in reading.headings}
    return [
        replace(
            block,
            page=reading.pages[bisect_right(starts, block.start) - 1].number if starts else None,
            level=levels.get(block.start, 0),
        )
        for block in blocks
    ]


def _is_document(path: Path) -> bool:
    """A file by its name's ending; a link that leads nowhere is one too, so that it is reported and not passed over."""
    if path.suffix.lower() not in formats.READERS:
        return False
    return path.is_file() or (path.is_symlink() and not path.exists())


def _wrongly_stated(file: _File) -> list[str]:
    """What a catalogue calls stated, and the document does not say. A file that cannot be read says nothing here."""
    if file.entry is None:
        return []
    try:
        text = formats.read(file.path).text
    except UnreadableFile:
        return []
    return catalogue.source(file.identity, file.name, text, Fact(), file.entry)[1]


def _title(placed: Outline) -> Span | None:
    """Where the heading stands that the outline takes for the title."""
    if placed.title is None:
        return None
    block = placed.entries[placed.title].block
    return Span(block.start, block.end)


def _identity(name: str) -> str:
    """The id of a document: its file name without the ending, in letters, digits and hyphens."""
    stem = name.rsplit(".", 1)[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "document"


def _unused(identity: str, found: Mapping[str, _File]) -> str:
    number = 2
    unused = identity
    while unused in found:
        unused, number = f"{identity}-{number}", number + 1
    return unused
