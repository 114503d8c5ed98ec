"""A collection: every document of some folders, found, catalogued and read, and what became of each file."""

import traceback
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import catalogue, folders, kept
from corpus.access import Access
from corpus.exempt import mentions_exempt, why_exempt
from corpus.folders import EmptyCollection, File
from corpus.intake import Intake
from corpus.kept import Kept
from corpus.model import Block, Document, Fact, Kind, Span
from corpus.passages.outline import Outline, outline
from corpus.passages.passages import passages
from corpus.reading import formats, workers
from corpus.reading.reading import Reading, UnreadableFile
from corpus.reading.text import blocks
from corpus.reading.workers import Stopped
from corpus.receipts import Fate, Receipt
from corpus.screening import Refusal, repeats, screened
from corpus.sources.stating import stated
from corpus.spool import Spool, pack
from corpus.takedowns import taking
from corpus.takedowns.takedowns import Takedowns
from corpus.takedowns.taking import Found

__all__ = ["Collection", "EmptyCollection", "Intake", "read_document"]

_SAME = "says the same, word for word, as another file"
_LAST_TIME = "(last time; build with --full to try again)"
_TAKEN_DOWN = Fate.TAKEN_DOWN, "has been taken down"
_TO_LOOK_AT = "speaks of what is not for publication: see that it may be public"


@dataclass(frozen=True, slots=True)
class _Task:
    """A file for a worker to read, unless its reading was kept."""

    file: File
    reading: Reading | None
    takedowns: Takedowns


@dataclass(frozen=True, slots=True)
class _Tasks(Sequence[_Task]):
    """Tasks by number, each with its kept reading looked up when it is asked for, so that few are in memory."""

    files: Sequence[File]
    known: Kept | None
    keys: Sequence[str]
    takedowns: Takedowns

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, number: int) -> _Task:  # type: ignore[override]
        file, known = self.files[number], self.known
        held = known.get(self.keys[number]) if known is not None and not self.takedowns.of(file).named else None
        return _Task(file, None if isinstance(held, Stopped) else held, self.takedowns)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a worker made of a file: its reading, and a document, or why there is none.

    The document is packed (:mod:`corpus.spool`), and ``words`` is a digest of its text, to be compared with others.
    """

    reading: Reading | None = None
    document: bytes | None = None
    words: str = ""
    pages: int = 0
    passages: int = 0
    refusal: Refusal | None = None
    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    found: Found = field(default_factory=Found)


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of one or more folders, ready to be read. ``len()`` counts them."""

    _files: tuple[File, ...] = field(repr=False)
    _counted: Mapping[Access, Mapping[str, int]] = field(default_factory=dict, repr=False)
    _takedowns: Takedowns = field(default_factory=Takedowns, repr=False)

    @classmethod
    def open(cls, places: Sequence[Path]) -> "Collection":
        """Find every document below the folders named, with what their catalogues say, and what is to be taken down.

        Raises :class:`EmptyCollection` where there is nothing to read, and with every mistake in their form at once
        :class:`corpus.catalogue.CatalogueError` and :class:`corpus.takedowns.takedowns.TakedownError`.
        """
        files, counted = folders.find(places)
        return cls(files, counted, Takedowns.load(places, files))

    def __len__(self) -> int:
        return len(self._files)

    def read(
        self,
        known: Kept | None = None,
        progress: Callable[[int], None] | None = None,
        *,
        news: Callable[[], None] | None = None,
        seconds: float = workers.SECONDS,
        memory: int = workers.MEMORY,
    ) -> Intake:
        """Every document, read on all processors, each file within its limits of time and memory.

        What ``known`` has kept is not read again; what is read is kept there as it comes. ``progress`` is told how many
        more files are done with, and ``news`` is called once, before any file is read, if some will be. The same files
        give the same intake, however they were read. Raises :class:`corpus.catalogue.CatalogueError` with all that
        catalogues call stated and documents do not say, and :class:`corpus.takedowns.takedowns.TakedownError` with all
        that was to be taken down and is not found.
        """
        done = progress or _nobody
        digests, refused = screened(self._files)
        same = repeats([file for file in self._files if file.identity not in refused], digests)
        levels = {file.identity: file.access for file in self._files}
        _restrict(levels, same)
        wanted, keys, fresh = [], [], False
        for file in self._files:
            if file.identity in refused or file.identity in same:
                done(1)
                continue
            key = kept.key(digests[file.identity], file.path.suffix, self._takedowns.rules)
            stopped = known.stopped(key) if known is not None else None
            if stopped is not None:
                refused[file.identity] = Fate.UNREADABLE, f"{stopped.reason} {_LAST_TIME}"
                done(1)
            else:
                wanted.append(replace(file, access=levels[file.identity]))
                keys.append(key)
                fresh = fresh or known is None or not known.holds(key)
        if news is not None and fresh:
            news()
        spool = Spool.new()
        taken: dict[str, _Taken] = {}
        places: dict[str, int] = {}
        tasks = _Tasks(wanted, known, keys, self._takedowns)
        for number, result in workers.run(_take, tasks, seconds=seconds, memory=memory):
            id = wanted[number].identity
            one = _Taken(refusal=(Fate.UNREADABLE, result.reason)) if isinstance(result, Stopped) else result
            if known is not None and (news_of := result if isinstance(result, Stopped) else one.reading) is not None:
                known.put(keys[number], news_of)
            if known is not None and not one.found.may_be_kept:
                known.forget(keys[number])
            if one.document is not None:
                places[id] = spool.add(one.document)
            taken[id] = replace(one, reading=None, document=None)
            done(1)
        if mistakes := [mistake for file in wanted for mistake in taken[file.identity].mistakes]:
            raise catalogue.CatalogueError(mistakes)
        if known is not None:
            known.forget_others()
        gone = {one.words for one in taken.values() if one.refusal == _TAKEN_DOWN}
        for id in [id for id in places if taken[id].words in gone]:
            taken[id] = replace(taken[id], refusal=_TAKEN_DOWN)
            del places[id]
        texts = {id: taken[id].words for id in places}
        known_by = dict(levels)
        _restrict(levels, worded := repeats([file for file in self._files if file.identity in texts], texts))
        same |= worded
        receipts, documents = [], []
        for file in self._files:
            first = same.get(file.identity, file)
            one = taken.get(first.identity, _Taken(refusal=refused.get(first.identity)))
            if first is not file:
                # What repeats a private paper is as private as that.
                one = _Taken(refusal=one.refusal or (Fate.DUPLICATE, _SAME))
            elif file.identity in places:
                place, level = places[file.identity], levels[file.identity]
                documents.append(place if level is known_by[file.identity] else spool.restricted(place, level))
            receipts.append(_receipt(file, digests, one, levels, first if first is not file else None))
        self._takedowns.check(self._files, receipts, {entry for one in taken.values() for entry in one.found.used})
        return Intake(spool.of(documents), tuple(receipts), self._counted)


def read_document(identity: str, name: str, reading: Reading | str, entry: catalogue.Entry | None = None) -> Document:
    """A document from a file as it was read: outlined, catalogued and cut into passages, each with its page.

    A plain string is a reading of text alone. What a catalogue does not say, the document itself may, or its file.
    """
    return _document(identity, name, Reading(reading) if isinstance(reading, str) else reading, entry)[0]


def _document(
    identity: str, name: str, reading: Reading, entry: catalogue.Entry | None
) -> tuple[Document, tuple[str, ...]]:
    """A document, and what its catalogue entry calls stated that it does not say."""
    text = reading.text
    marked = _marked(blocks(text), reading)
    placed = outline(text, marked)
    known, mistakes = catalogue.source(identity, name, text, Fact(), entry)
    known = stated(known, text, _title(placed), placed.kind, reading.about, suggesting=entry is None)
    if placed.items and known.kind.value in (Kind.REPORT, Kind.INSPECTION):
        placed = outline(text, marked, several=False)
    return Document(known, text, passages(known, text, placed)), tuple(mistakes)


def _take(task: _Task) -> _Taken:
    """Read a file, in a worker. What goes wrong with one, be it a fault of this program, is no reason to stop."""
    try:
        return _made(task)
    except UnreadableFile as problem:
        return _Taken(refusal=(Fate.UNREADABLE, str(problem)))
    except (MemoryError, RecursionError):  # known for what they are where the limits are set
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
        return _Taken(refusal=(Fate.UNREADABLE, f"meets a fault of this program ({where}); please report it"))


def _made(task: _Task) -> _Taken:
    """The reading and the document of a file."""
    file = task.file
    whole, takedowns = task.reading or formats.read(file.path), task.takedowns.of(file)
    reading, entry, found = taking.take(whole, file, takedowns, read_document)
    fresh = reading if found.may_be_kept and not task.reading else None
    if file.access is Access.PUBLIC and (reason := why_exempt(whole)):  # in words, maybe, that are taken out
        return _Taken(fresh, refusal=(Fate.SET_ASIDE, taking.without(reason, takedowns)), found=found)
    document, mistakes = _document(file.identity, file.name, reading, entry)
    words = taking.digest(document, task.takedowns)
    if takedowns.whole:
        return _Taken(words=words, refusal=_TAKEN_DOWN, found=found)
    document = replace(document, source=replace(document.source, access=file.access))
    doubtful = file.access is Access.PUBLIC and mentions_exempt(reading)
    notes = (*reading.notes, _TO_LOOK_AT) if doubtful else reading.notes
    return _Taken(
        fresh,
        pack(document),
        words,
        pages=max((passage.page or 0 for passage in document.passages), default=0),
        passages=len(document.passages),
        mistakes=mistakes,
        notes=notes,
        found=found,
    )


def _restrict(levels: dict[str, Access], same: Mapping[str, File]) -> None:
    """Let no more people see a file than may see one that says the same; both by the files' ids."""
    for id, first in same.items():
        levels[first.identity] = max(levels[first.identity], levels[id])
    for id, first in same.items():
        levels[id] = levels[first.identity]


def _receipt(
    file: File, digests: Mapping[str, str], taken: _Taken, levels: Mapping[str, Access], first: File | None
) -> Receipt:
    fate, reason = taken.refusal or (Fate.READ, "")
    return Receipt(
        id=file.identity,
        name=file.name,
        fate=fate,
        digest=digests.get(file.identity, ""),
        reason=reason,
        same_as=first.name if first and fate is Fate.DUPLICATE else "",
        notes=taken.notes,
        pages=taken.pages,
        passages=taken.passages,
        taken=taken.found.places,
        access=levels[file.identity],
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


def _title(placed: Outline) -> Span | None:
    """Where the heading stands that the outline takes for the title."""
    if placed.title is None:
        return None
    block = placed.entries[placed.title].block
    return Span(block.start, block.end)


def _nobody(more: int) -> None:
    """Tell nobody."""
