"""Scope: the councils, bodies, kinds of document and dates that a question names, and the documents they leave."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Chip
from assistant.questions import councils
from assistant.questions.ranges import ranges
from assistant.questions.topic import without
from corpus.folding import fold
from corpus.model import Kind, Source
from index.knowledge.holdings import Holdings
from index.words.analysis import terms

# So many councils are searched one by one, at some milliseconds each; of more, the best of all are shown.
MOST_APART = 20
# Kinds of document as they are named: "minutes" alone may be a time, and "the report" any document.
_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.MINUTES,
            r"\b(?:in|from|by|of) the (?:\w+ )?minutes\b|"
            r"\b(?:board|cabinet|committee|council|meeting|panel|scrutiny) minutes\b|"
            r"\bminutes (?:of|from)\b|\bminuted\b",
        ),
        (Kind.REPORT, r"\b(?:board|cabinet|committee|council|officers?|officers'|scrutiny) (?:papers?|reports?)\b"),
        (Kind.INSPECTION, r"\b(?:inspection|inspectors'|ofsted|ofsted's) (?:letters?|reports?)\b"),
    )
)
KIND_LABELS = {Kind.MINUTES: "minutes", Kind.REPORT: "reports to committee", Kind.INSPECTION: "Ofsted’s own reports"}
# Which of several documents: not "since the last inspection", which only tells a time.
_LATEST = re.compile(
    r"\b(?:latest|most recent|newest)\b|(?<!\bsince the )(?<!\bbefore the )(?<!\bafter the )"
    r"\blast (?=(?:inspection|report|visit|letter|time)\b)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:earlier|earliest|older|oldest|previous)(?= (?:one|inspection|report|visit|letter|document)s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits a question sets. ``documents`` is what they leave to search, None where there is no limit.

    ``terms`` are the question's terms that only name those limits, and so are no part of its topic; ``removed`` those
    that named a limit which the person removed: they are looked for, but need not be found. ``unmet`` says, for a
    person, which limit no document meets; nothing is searched then. ``notice`` says what was left aside. ``parts`` are
    the documents of each council named, so that each can be searched for itself.
    """

    chips: tuple[Chip, ...] = ()
    documents: frozenset[str] | None = None
    parts: tuple[frozenset[str] | None, ...] = (None,)
    terms: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    unmet: str = ""
    notice: str = ""

    def by_council(self, holdings: Holdings) -> tuple[frozenset[str], ...]:
        """The documents left to search, those of each council apart where they are few enough to be compared."""
        apart = holdings.by_council(self.documents)
        everything = holdings.ids if self.documents is None else self.documents
        return tuple(apart) if len(apart) <= MOST_APART else (everything,)

    def within(self, source: Source) -> "Scope":
        """This scope, left with one document, which a chip names."""
        chip = Chip("document", f"document:{source.id}", source.title.value or source.id)
        only = frozenset({source.id})
        return replace(self, chips=(*self.chips, chip), documents=only, parts=(only,))

    def topic_of(self, text: str) -> str:
        """``text`` without the words that name the scope, which every passage in it shares."""
        kept = without(text, self.terms)
        return kept if terms(kept) else text


@dataclass(frozen=True, slots=True)
class Written:
    """The acronyms that any of some documents writes; None means all of them."""

    holdings: Holdings
    documents: frozenset[str] | None

    def __contains__(self, acronym: object) -> bool:
        return isinstance(acronym, str) and self.holdings.writes(acronym, self.documents)


@dataclass(frozen=True, slots=True)
class _Limit:
    """One limit, the terms that name it, and the documents that meet it.

    ``open`` is of a date that has no beginning or no end; ``notice`` says how the documents meet it, if not plainly.
    """

    chip: Chip
    terms: frozenset[str]
    documents: frozenset[str]
    open: bool = False
    notice: str = ""


def read_scope(question: str, holdings: Holdings, without: frozenset[str] = frozenset()) -> Scope:
    """The scope that ``question`` names, less what the person removed (``without`` holds values of chips)."""
    named, absent = _councils(question, holdings)
    bodies = _bodies(question, holdings)
    held = _kept(named, without)
    if absent and not held:
        return Scope(documents=frozenset(), unmet=_absent(absent, holdings))
    documents = _of_any(holdings.ids, held)
    documents = _of_any(documents, _kept(bodies, without))
    kinds = _kinds(question, documents, holdings)
    documents = _of_any(documents, _kept(kinds, without))
    dates = [*_dates(question, documents, holdings), *_order(question, documents, holdings)]
    documents = _of_any(documents, [limit for limit in _kept(dates, without) if not limit.open])
    for limit in _kept(dates, without):
        documents = documents & limit.documents if limit.open else documents
    limits = [*named, *bodies, *kinds, *dates]
    kept = _kept(limits, without)
    removed = frozenset(term for limit in limits if limit not in kept for term in limit.terms)
    if not kept:
        return Scope(removed=removed)
    chips = tuple(limit.chip for limit in kept)
    notices = [*([_absent(absent, holdings)] if absent else []), *(limit.notice for limit in kept if limit.notice)]
    naming = frozenset(term for limit in kept for term in limit.terms)
    return Scope(
        chips=chips,
        documents=documents,
        parts=_parts(documents, held, [limit for limit in _kept(dates, without) if not limit.open]),
        terms=naming,
        removed=removed - naming,
        unmet="" if documents else _unmet(chips),
        notice=" ".join(notices),
    )


def _parts(
    documents: frozenset[str], held: Sequence[_Limit], days: Sequence[_Limit]
) -> tuple[frozenset[str] | None, ...]:
    """The documents of each council named and, where several dates are named, of each of those dates."""
    of_councils = [limit.documents & documents for limit in held] or [documents]
    of_days = [limit.documents for limit in days] if len(days) > 1 else [documents]
    parts = [part for council in of_councils for day in of_days if (part := council & day)]
    return tuple(dict.fromkeys(parts)) or tuple(of_councils)


def _kept(limits: Sequence[_Limit], without: frozenset[str]) -> list[_Limit]:
    return [limit for limit in limits if limit.chip.value not in without]


def _of_any(documents: frozenset[str], limits: Sequence[_Limit]) -> frozenset[str]:
    """Those of ``documents`` that meet any of ``limits``; all of them where there is no limit."""
    if len(limits) < 2:
        return documents & limits[0].documents if limits else documents
    return documents & frozenset().union(*(limit.documents for limit in limits))


def _councils(question: str, holdings: Holdings) -> tuple[list[_Limit], list[str]]:
    """The councils named that the corpus has documents from, and the names of those that it has none from."""
    found: dict[str, _Limit] = {}
    absent: list[str] = []
    for name in councils.named(question, holdings.names):
        council = next((value for value in holdings.councils if councils.same(name.name, value)), None)
        if council is None:
            absent.append(name.name)
            continue
        before = found[council].terms if council in found else frozenset()
        chip = Chip("council", f"council:{council}", council)
        found[council] = _Limit(chip, before | set(name.terms), holdings.councils[council])
    return list(found.values()), list(dict.fromkeys(absent))


def _bodies(question: str, holdings: Holdings) -> list[_Limit]:
    asked = terms(question)
    found = []
    for body, words in holdings.bodies_ending(asked):
        if named := _body_named(words, asked):
            found.append(_Limit(Chip("body", f"body:{body}", body), frozenset(named), holdings.bodies[body]))
    return found


def _body_named(words: tuple[str, ...], asked: Sequence[str]) -> tuple[str, ...]:
    """The terms of a body, or of its last words down to two ("scrutiny committee"), if the question has them."""
    for start in range(max(1, len(words) - 1)):
        wanted = words[start:]
        if any(tuple(asked[n : n + len(wanted)]) == wanted for n in range(len(asked))):
            return wanted
    return ()


def _kinds(question: str, documents: frozenset[str], holdings: Holdings) -> list[_Limit]:
    """The kinds of document named, of those that ``documents`` have, where they have others as well."""
    found = []
    for kind, pattern in _KINDS:
        naming = [match[0] for match in pattern.finditer(fold(question))]
        held = {name for name, ids in holdings.kinds.items() if not ids.isdisjoint(documents)} if naming else ()
        if kind.value in held and len(held) > 1:
            chip = Chip("kind", f"kind:{kind}", KIND_LABELS[kind])
            found.append(_Limit(chip, frozenset(terms(" ".join(naming))), holdings.kinds[kind.value] & documents))
    return found


def _dates(question: str, documents: frozenset[str], holdings: Holdings) -> list[_Limit]:
    """Each date named, with those of ``documents`` that are of those days.

    A document's own date decides where it is known, or the day in its file's name, which for an inspection report is
    often the day that it was published; otherwise the dates it mentions. Where no document is from those days, those
    that mention them are taken: a report of 2022 tells of an inspection of 2019.
    """
    found = []
    for words, first, last in ranges(question):
        ids, sure = holdings.of_days(first, last, documents)
        opened = date.min in (first, last) or date.max in (first, last)
        notice = f"No document here is known to be of {words}: those that mention it are searched."
        chip = Chip("date", f"date:{words}", words)
        said = notice if ids and not sure and not opened else ""
        found.append(_Limit(chip, frozenset(terms(words)), ids, opened, said))
    return found


def _order(question: str, documents: frozenset[str], holdings: Holdings) -> list[_Limit]:
    """ "The latest", or "the earlier": the newest or the oldest document of each council that has several.

    Nothing is set aside of a council with an undated document, as nobody knows where that stands.
    """
    found = []
    for pattern, newest in ((_LATEST, True), (_EARLIER, False)):
        match = pattern.search(question)
        if match is None:
            continue
        ids: set[str] = set()
        several = False
        for theirs in holdings.in_time:
            days = [(day, id) for day, id in theirs if id in documents]
            dated = len(days) > 1 and bool(days[0][0])  # those without a date come first
            ids |= {days[-1][1] if newest else days[0][1]} if dated else {id for _, id in days}
            several = several or dated
        if several:
            words = match[0].strip().lower()
            chip = Chip("date", f"date:{words}", f"{words} of each council")
            found.append(_Limit(chip, frozenset(terms(words)), frozenset(ids), open=True))
    return found


def _unmet(chips: Sequence[Chip]) -> str:
    if len(chips) > 1:
        limits = ", ".join(chip.label for chip in chips)
        return f"No document here meets all of these limits: {limits}. Remove one to search more widely."
    return f"No document here is from {chips[0].label}, or mentions it."


def _absent(names: Sequence[str], holdings: Holdings) -> str:
    held = listed(list(holdings.councils))
    return f"No document here is from {listed(names, 'or')}. The documents here are from {held or 'no named council'}."


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as a sentence lists them: "A, B and C"."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
