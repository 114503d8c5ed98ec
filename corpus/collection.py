"""A collection: every document of some folders, found, catalogued and read, and what became of each file."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import catalogue, folders, kept
from corpus.exempt import mentions_exempt, why_exempt
from corpus.folders import EmptyCollection, File
from corpus.folding import on_one_line
from corpus.kept import Kept
from corpus.model import Block, Document, Fact, Known, Span
from corpus.outline import Outline, outline
from corpus.passages import passages
from corpus.reading import formats, workers
from corpus.reading.reading import Reading, UnreadableFile
from corpus.reading.text import blocks
from corpus.reading.workers import Stopped
from corpus.receipts import Fate, Receipt
from corpus.stating import stated

__all__ = ["Collection", "EmptyCollection", "Intake", "read_document"]

_TO_LOOK_AT = "speaks of what is not for publication: see that it may be public"


@dataclass(frozen=True, slots=True)
class Intake:
    """The documents of a collection, in the order of its files, and a receipt for each file.

    ``others`` counts the files beside them that are of no kind that is read, by the endings of their names.
    """

    documents: tuple[Document, ...] = field(repr=False)
    receipts: tuple[Receipt, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def unreadable(self) -> tuple[Receipt, ...]:
        """The receipts of the files that could not be read."""
        return tuple(receipt for receipt in self.receipts if receipt.fate is Fate.UNREADABLE)


@dataclass(frozen=True, slots=True)
class _Task:
    """A file for a worker to read, unless its reading was kept."""

    file: File
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a worker made of a file: its reading, and a document, or why there is none."""

    reading: Reading | None = None
    document: Document | None = None
    refusal: tuple[Fate, str] | None = None
    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of one or more folders, ready to be read. ``len()`` counts them."""

    _files: tuple[File, ...] = field(repr=False)
    _others: Mapping[str, int] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, places: Sequence[Path]) -> "Collection":
        """Find every document below the folders named, with what their catalogues say.

        Raises :class:`EmptyCollection` where there is nothing to read, and
        :class:`corpus.catalogue.CatalogueError` with every mistake in the form of a catalogue at once.
        """
        return cls(*folders.find(places))

    def __len__(self) -> int:
        return len(self._files)

    def read(
        self,
        known: Kept | None = None,
        progress: Callable[[int], None] | None = None,
        *,
        seconds: float = workers.SECONDS,
        memory: int = workers.MEMORY,
    ) -> Intake:
        """Every document, read on all processors, each file within its limits of time and memory.

        What ``known`` has kept is not read again; what is read is kept there as it comes. ``progress`` is told how many
        more files are done with. The same files give the same intake, however they were read. Raises
        :class:`corpus.catalogue.CatalogueError` with all that catalogues call stated and documents do not say.
        """
        done = progress or _nobody
        receipts: dict[str, Receipt] = {}
        digests: dict[str, str] = {}
        tasks: list[_Task] = []
        for file in self._files:
            refused = _refused(file, digests)
            if refused is None and known is not None:
                held = known.get(kept.key(digests[file.identity], file.path.suffix))
                if isinstance(held, Stopped):
                    refused = Fate.UNREADABLE, f"{held.reason} (last time; build with --full to try again)"
                elif held is not None:
                    tasks.append(_Task(file, held))
                    continue
            if refused is None:
                tasks.append(_Task(file, None))
                continue
            receipts[file.identity] = _receipt(file, digests, *refused)
            done(1)
        duplicates = _same_contents([task.file for task in tasks], digests)
        tasks = [task for task in tasks if task.file.identity not in duplicates]
        done(len(duplicates))
        taken: dict[str, _Taken] = {}
        for number, result in workers.run(_take, tasks, seconds=seconds, memory=memory):
            file = tasks[number].file
            one = _Taken(refusal=(Fate.UNREADABLE, result.reason)) if isinstance(result, Stopped) else result
            taken[file.identity] = one
            fresh = result if isinstance(result, Stopped) else one.reading
            if known is not None and fresh is not None:
                known.put(kept.key(digests[file.identity], file.path.suffix), fresh)
            done(1)
        mistakes = [mistake for task in tasks for mistake in taken[task.file.identity].mistakes]
        if mistakes:
            raise catalogue.CatalogueError(mistakes)
        if known is not None:
            known.forget_others()
        duplicates |= _same_texts([task.file for task in tasks], taken)
        documents = []
        for file in self._files:
            if first := duplicates.get(file.identity):
                receipts[file.identity] = _receipt(file, digests, Fate.DUPLICATE, first[0], first[1])
            elif file.identity in taken:
                one = taken[file.identity]
                receipts[file.identity] = _receipt(file, digests, *(one.refusal or (Fate.READ, "")), taken=one)
                documents += [one.document] if one.document is not None else []
        return Intake(tuple(documents), tuple(receipts[file.identity] for file in self._files), self._others)


def read_document(identity: str, name: str, reading: Reading | str, entry: catalogue.Entry | None = None) -> Document:
    """A document from a file as it was read: outlined, catalogued and cut into passages, each with its page.

    A plain string is a reading of text alone. What a catalogue does not say, an inspection report may.
    """
    return _document(identity, name, Reading(reading) if isinstance(reading, str) else reading, entry)[0]


def _document(
    identity: str, name: str, reading: Reading, entry: catalogue.Entry | None
) -> tuple[Document, tuple[str, ...]]:
    """A document, and what its catalogue entry calls stated that it does not say."""
    text = reading.text
    placed = outline(text, _marked(blocks(text), reading))
    known, mistakes = catalogue.source(identity, name, text, _title(text, placed), entry)
    known = stated(known, text)
    return Document(known, text, passages(known, text, placed)), tuple(mistakes)


def _take(task: _Task) -> _Taken:
    """Read a file, in a worker."""
    file = task.file
    try:
        reading = task.reading or formats.read(file.path)
    except UnreadableFile as problem:
        return _Taken(refusal=(Fate.UNREADABLE, str(problem)))
    fresh = None if task.reading else reading
    if reason := why_exempt(file.name, reading):
        return _Taken(fresh, refusal=(Fate.SET_ASIDE, reason))
    document, mistakes = _document(file.identity, file.name, reading, file.entry)
    notes = (*reading.notes, _TO_LOOK_AT) if mentions_exempt(reading) else reading.notes
    return _Taken(fresh, document, mistakes=mistakes, notes=notes)


def _refused(file: File, digests: dict[str, str]) -> tuple[Fate, str] | None:
    """Why a file is not to be read at all; otherwise its digest is written down."""
    if file.outside:
        return Fate.UNREADABLE, "is a link to a file outside its folder; put the file itself there"
    try:
        with file.path.open("rb") as content:
            digests[file.identity] = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        return Fate.UNREADABLE, f"cannot be opened ({error.strerror or error})"
    return None


def _same_contents(files: Sequence[File], digests: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By their ids, the files whose content another one has: why they are left out, and the other's name."""
    return _repeats(files, lambda file: digests[file.identity], "has the same content as another file")


def _same_texts(files: Sequence[File], taken: Mapping[str, _Taken]) -> dict[str, tuple[str, str]]:
    """The same, of those whose text another one has, word for word: a page saved twice, a PDF made again."""

    def words(file: File) -> str:
        document = taken[file.identity].document
        return "" if document is None else on_one_line(document.text)

    return _repeats(files, words, "has the same text as another file")


def _repeats(files: Sequence[File], value: Callable[[File], str], reason: str) -> dict[str, tuple[str, str]]:
    """The files of one value, but for one: that with an entry in a catalogue, or the first.

    Two with entries are two documents, if their entries differ: the minutes of two meetings may say the same.
    """
    groups: dict[tuple[str, object], list[File]] = {}
    plain: dict[str, list[File]] = {}
    for file in files:
        of = value(file)
        if of and file.entry is not None:
            groups.setdefault((of, tuple(sorted(file.entry.facts.items()))), []).append(file)
        elif of:
            plain.setdefault(of, []).append(file)
    first = {of: same[0] for (of, _), same in reversed(groups.items())}
    found: dict[str, tuple[str, str]] = {}
    for same in groups.values():
        found |= {file.identity: (reason, same[0].name) for file in same[1:]}
    for of, same in plain.items():
        held = first.get(of, same[0])
        found |= {file.identity: (reason, held.name) for file in same if file is not held}
    return found


def _receipt(
    file: File,
    digests: Mapping[str, str],
    fate: Fate,
    reason: str = "",
    same_as: str = "",
    taken: _Taken | None = None,
) -> Receipt:
    document = taken.document if taken else None
    return Receipt(
        id=file.identity,
        name=file.name,
        fate=fate,
        digest=digests.get(file.identity, ""),
        reason=reason,
        same_as=same_as,
        notes=taken.notes if taken else (),
        pages=max((p.page or 0 for p in document.passages), default=0) if document else 0,
        passages=len(document.passages) if document else 0,
    )


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


def _title(text: str, placed: Outline) -> Fact:
    if placed.title is None:
        return Fact()
    block = placed.entries[placed.title].block
    span = Span(block.start, block.end)
    return Fact(on_one_line(span.of(text)), Known.STATED, span)


def _nobody(more: int) -> None:
    """Tell nobody."""
