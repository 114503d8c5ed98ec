"""Scope: the councils, bodies and dates that a question names, and the documents they leave to search."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import councils
from assistant.answer import Chip
from corpus.dates import DateSpan, find_dates
from corpus.folding import fold
from corpus.model import Document, Source
from index.analysis import term_spans, terms

_SINCE = re.compile(r"\b(?:since|after|from)\W*$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|until|up to)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits a question sets. ``documents`` is what they leave to search, None where there is no limit.

    ``terms`` are the question's terms that only name those limits, and so are no part of its topic. ``unmet`` says,
    for a person, which limit no document meets; nothing is searched then. ``notice`` says what was left aside.
    ``parts`` are the documents of each council named, so that each can be searched for itself.
    """

    chips: tuple[Chip, ...] = ()
    documents: frozenset[str] | None = None
    parts: tuple[frozenset[str] | None, ...] = (None,)
    terms: frozenset[str] = frozenset()
    unmet: str = ""
    notice: str = ""

    def by_council(self, sources: Sequence[Source]) -> tuple[frozenset[str], ...]:
        """The documents left to search, those of each council apart."""
        left = [s for s in sources if self.documents is None or s.id in self.documents]
        names = dict.fromkeys(source.council.value for source in left)
        return tuple(frozenset(source.id for source in left if source.council.value == name) for name in names)

    def topic_of(self, text: str) -> str:
        """``text`` without the words that name the scope, which every passage in it shares."""
        kept = text
        for term, start, end in reversed(term_spans(text)):
            if term in self.terms:
                kept = kept[:start] + kept[end:]
        return " ".join(kept.split()) if terms(kept) else text


class Mentions:
    """The dates that each document mentions, read once, for documents whose own date is not stated."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._dates: dict[str, list[DateSpan]] = {document.id: find_dates(document.text) for document in documents}

    def of(self, document: str, first: date, last: date) -> bool:
        """Whether the document mentions a day of the range."""
        return any(day.first <= last and day.last >= first for day in self._dates.get(document, ()))


@dataclass(frozen=True, slots=True)
class _Limit:
    """One limit, the terms that name it, and the documents that meet it."""

    chip: Chip
    terms: frozenset[str]
    documents: frozenset[str]


def read_scope(
    question: str, sources: Sequence[Source], mentions: Mentions, without: frozenset[str] = frozenset()
) -> Scope:
    """The scope that ``question`` names, less what the person removed (``without`` holds values of chips)."""
    held, absent = _councils(question, sources)
    held = [limit for limit in held if limit.chip.value not in without]
    if absent and not held:
        return Scope(documents=frozenset(), unmet=_absent(absent, sources))
    limits = {
        "council": held,
        "body": [limit for limit in _bodies(question, sources) if limit.chip.value not in without],
    }
    documents = {source.id for source in sources}
    for kind in limits:
        if limits[kind]:
            documents &= {id for limit in limits[kind] for id in limit.documents}
    dates = _dates(question, [s for s in sources if s.id in documents], mentions)
    dates = [limit for limit in dates if limit.chip.value not in without]
    for limit in dates:
        documents &= limit.documents
    everything = [*limits["council"], *limits["body"], *dates]
    if not everything:
        return Scope()
    chips = tuple(limit.chip for limit in everything)
    unmet = "" if documents else f"No document here is from {' and '.join(chip.label for chip in chips)}."
    notice = _absent(absent, sources) if absent else ""
    return Scope(
        chips=chips,
        documents=frozenset(documents),
        parts=tuple(limit.documents & documents for limit in held) or (frozenset(documents),),
        terms=frozenset(term for limit in everything for term in limit.terms),
        unmet=unmet,
        notice=notice,
    )


def _councils(question: str, sources: Sequence[Source]) -> tuple[list[_Limit], list[str]]:
    """The councils named that the corpus has documents from, and the names of those that it has none from."""
    values = sorted({source.council.value for source in sources if source.council.value})
    found: dict[str, _Limit] = {}
    absent: list[str] = []
    for name in councils.named(question, values):
        council = next((value for value in values if councils.same(name.name, value)), None)
        if council is None:
            absent.append(name.name)
            continue
        ids = frozenset(source.id for source in sources if source.council.value == council)
        before = found[council].terms if council in found else frozenset()
        found[council] = _Limit(Chip("council", f"council:{council}", council), before | set(name.terms), ids)
    return list(found.values()), list(dict.fromkeys(absent))


def _bodies(question: str, sources: Sequence[Source]) -> list[_Limit]:
    asked = terms(question)
    found = []
    for body in sorted({source.body.value for source in sources if source.body.value}):
        named = _body_named(body, asked)
        if named:
            ids = frozenset(source.id for source in sources if source.body.value == body)
            found.append(_Limit(Chip("body", f"body:{body}", body), frozenset(named), ids))
    return found


def _body_named(body: str, asked: Sequence[str]) -> tuple[str, ...]:
    """The terms of ``body``, or of its last words down to two ("scrutiny committee"), if the question has them."""
    words = terms(body)
    for start in range(max(1, len(words) - 1)):
        wanted = words[start:]
        if any(tuple(asked[n : n + len(wanted)]) == wanted for n in range(len(asked))):
            return wanted
    return ()


def _dates(question: str, sources: Sequence[Source], mentions: Mentions) -> list[_Limit]:
    """Each date named, with the documents of those days.

    A document's own date decides where it is known, and otherwise the dates it mentions. Where no document is from
    those days, those that mention them are taken: a report of 2022 tells of an inspection of 2019. The date is then
    part of the topic, not only of the scope.
    """
    found = []
    for words, first, last in _ranges(question):
        dated = {s.id: date.fromisoformat(s.date.value) for s in sources if s.date.value}
        mentioning = {s.id for s in sources if mentions.of(s.id, first, last)}
        own = {id for id, day in dated.items() if first <= day <= last}
        ids = own | (mentioning - dated.keys()) or mentioning
        used = frozenset(terms(words)) if own else frozenset()
        found.append(_Limit(Chip("date", f"date:{words}", words), used, frozenset(ids)))
    return found


def _ranges(question: str) -> list[tuple[str, date, date]]:
    """Each date named in the question, with its words and its range; "since" and "before" open it at one end."""
    found = []
    for day in find_dates(question):
        first, last, start = day.first, day.last, day.start
        before = fold(question[: day.start])
        if opening := _SINCE.search(before):
            last, start = date.max, opening.start()
        elif opening := _BEFORE.search(before):
            first, last, start = date.min, day.first, opening.start()
        found.append((question[start : day.end].strip(), first, last))
    return found


def _absent(names: Sequence[str], sources: Sequence[Source]) -> str:
    held = ", ".join(sorted({source.council.value for source in sources if source.council.value}))
    return f"No document here is from {' or '.join(names)}. The documents here are from {held or 'no named council'}."
