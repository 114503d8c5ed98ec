"""Taking words out of a file as it was read, before anything is made of it."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from corpus.blackout import BLOCK, Plain, black, of_kind
from corpus.catalogue import Entry
from corpus.folders import File
from corpus.folding import fold, on_one_line
from corpus.model import Document, Passage, Span
from corpus.reading.reading import Reading
from corpus.takedowns.takedowns import Takedown, Takedowns

_TAKEN = re.compile(f"{BLOCK}+(?:\\s+{BLOCK}+)*")
# Of a catalogue's facts these are words; a date or a kind is none.
_IN_WORDS = ("title", "council", "body", "url")


@dataclass(frozen=True, slots=True)
class Found:
    """What was taken out of a reading: the takedowns that found something, and the places in its text.

    ``may_be_kept`` is false of what must be read from its file again next time: then a kept reading can neither hold
    the words still, nor lack those of an entry that is lifted.
    """

    used: frozenset[Takedown] = frozenset()
    places: tuple[tuple[int, int], ...] = ()
    may_be_kept: bool = True


class Cut(Protocol):
    """What makes a document of a file's reading."""

    def __call__(self, identity: str, name: str, reading: Reading, entry: Entry | None) -> Document: ...


def take(reading: Reading, file: File, takedowns: Takedowns, cut: Cut) -> tuple[Reading, Entry | None, Found]:
    """A reading and its file's entry in a catalogue, without the words that are taken out; and what was found.

    ``cut`` is asked for the document's passages, for those that are taken down to be known by their permalinks.
    """
    if not takedowns.entries:
        return reading, file.entry, Found(places=_places(reading.text))
    found = {one: _found(one, reading.text) for one in takedowns.entries if one.words or one.pattern}
    spans = [span for each in found.values() for span in each]
    said: list[str] = []
    if any(one.passage for one in takedowns.entries):
        # A permalink is of the passage as it was when somebody copied it: before or after other entries were added.
        for text in _as_it_was(reading.text, found.values()):
            passages = cut(file.identity, file.name, replace(reading, text=text), file.entry).passages
            for one in takedowns.entries:
                if one.passage:
                    found[one] = found.get(one, []) + [_words(p) for p in passages if _same(p, one.passage)]
        of_passages = [span for one, each in found.items() if one.passage for span in each]
        said = [on_one_line(fold(span.of(reading.text))) for span in of_passages]
        spans += of_passages

    def without(words: str) -> str:
        return _without(words, takedowns, said)

    taken = replace(
        reading,
        text=black(reading.text, spans),
        about={name: without(value) for name, value in reading.about.items()},
        notes=tuple(without(note) for note in reading.notes),
    )
    used = frozenset(one for one in takedowns.entries if one.whole or found.get(one))
    by_rule = all(one.may_find_nothing for one in used) and not takedowns.named
    return taken, _entry(file.entry, without), Found(used, _places(taken.text), may_be_kept=by_rule)


def digest(document: Document, takedowns: Takedowns) -> str:
    """A digest of a document's text without anything that is taken out of any document, to be compared with others'.

    Else a copy of a document, left out as it says the same, would come back with the words that the other lost.
    """
    spans = [span for one in takedowns.entries for span in _found(one, document.text)]
    digests = {_digest(one.passage) for one in takedowns.entries if one.passage}
    spans += [_words(passage) for passage in document.passages if _digest(passage.id) in digests]
    words = on_one_line(black(document.text, spans))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def without(words: str, takedowns: Takedowns) -> str:
    """Words that are shown of a document, such as why it is set aside, without those that are taken out."""
    return _without(words, takedowns, ())


def _places(text: str) -> tuple[tuple[int, int], ...]:
    """Where words have been taken out of a text."""
    return tuple(match.span() for match in _TAKEN.finditer(text))


def _as_it_was(text: str, found: Iterable[Sequence[Span]]) -> list[str]:
    """A text as it has been while the list grew, from the file's own to the newest."""
    return list(dict.fromkeys(accumulate(filter(None, found), black, initial=text)))


def _found(one: Takedown, text: str) -> list[Span]:
    if one.words:
        return Plain(text).find(one.words)
    return of_kind(one.pattern, text) if one.pattern else []


def _without(words: str, takedowns: Takedowns, said: Sequence[str]) -> str:
    if any(on_one_line(fold(words)) in passage for passage in said):
        return black(words, [Span(0, len(words))])
    return black(words, [span for one in takedowns.entries for span in _found(one, words)])


def _entry(entry: Entry | None, without: Callable[[str], str]) -> Entry | None:
    """A catalogue's entry without the words: in the facts, and in the document's words that state them."""
    if entry is None:
        return None
    facts = {
        name: (without(value), known, without(words)) if name in _IN_WORDS else (value, known, words)
        for name, (value, known, words) in entry.facts.items()
    }
    return replace(entry, facts=facts)


def _words(passage: Passage) -> Span:
    """A passage's words, without the bullet or number that its place among others is known by."""
    return Span(passage.body if passage.start <= passage.body < passage.end else passage.start, passage.end)


def _same(passage: Passage, wanted: str) -> bool:
    """Whether a passage is the one wanted, or says the same in the same document."""
    return _digest(passage.id) == _digest(wanted)


def _digest(id: str) -> str:
    """What of a passage's id comes from its text."""
    return id.rpartition("/")[2].partition("-")[0]
