"""The register of inspections in answers: who was given a grade, what is planned, and what has happened, as a table.

The index holds the register (index/knowledge/register.py); every cell is cited. What a question asks of it is read
from its words alone, before anything of it is read; any other question has no table.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Cited, Quote, RegisterTable
from assistant.answers.compose import url
from assistant.questions import councils
from assistant.questions.question import Question
from assistant.questions.ranges import ranges
from assistant.questions.scope import Scope
from assistant.questions.wants import Want
from corpus.display import plain
from corpus.folding import fold
from corpus.inspections.statements import Area, Dated, Grade, Happening, Statement, Status
from corpus.inspections.timeline import title_of
from corpus.model import Source
from index.index import Index
from index.knowledge.register import Register
from index.words.analysis import terms

# Of so many rows a table still fits an answer; the page of the register has them all.
MOST_ROWS = 30

_GRADES = (
    (Grade.REQUIRES_IMPROVEMENT, r"requir\w+ improvement"),
    (Grade.OUTSTANDING, r"outstanding"),
    (Grade.INADEQUATE, r"inadequate"),
    (Grade.ADEQUATE, r"adequate"),
    (Grade.GOOD, r"good"),
)
# In order: the first that is named is what is asked about; where none is, overall effectiveness.
_AREAS: tuple[tuple[tuple[Area, ...], str], ...] = (
    ((Area.LEADERS,), r"leaders?|leadership|management"),
    ((Area.HELP,), r"help and protection|child protection|protection"),
    ((Area.LEAVERS, Area.IN_CARE_AND_LEAVERS), r"care leavers|leaving care"),
    ((Area.IN_CARE, Area.IN_CARE_AND_LEAVERS), r"(?:children )?in care|looked[ -]after"),
)
_WHO_WAS_JUDGED = re.compile(
    r"\b(?:who(?:'s| is| was| were| got| has)|(?:which|what) (?:councils?|authorit\w+|local authorit\w+|areas?|places?|"
    r"boroughs?|count(?:y|ies))(?: are| is| was| were| got| has| have)?)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"^\W*(?:been |being )?(?:judged|rated|graded|found|given|got|get|a |an )?\W*(?:to be |as |a |an )?", re.I
)
_NEXT = re.compile(
    r"\b(?:next|upcoming|forthcoming|planned|scheduled|coming)\b[^?.]*"
    r"\b(?:visits?|inspections?|inspected|re-?inspect\w*)\b|"
    r"\bwhen (?:will|are|is)\b[^?.]*\b(?:inspectors|ofsted|visit|inspection)\b[^?.]*"
    r"\b(?:back|again|next|return\w*|due)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\bwhat(?:'s| has| have)? (?:been )?(?:happen(?:ed|ing)|gone on|going on)\b|\btimeline\b|\bchronology\b|"
    r"\bhistory of (?:the )?(?:inspections?|visits?|ofsted)\b",
    re.IGNORECASE,
)
# What a question to the register speaks of.
_OWN_WORDS = frozenset(
    terms(
        "happened happening gone going timeline chronology history next upcoming forthcoming planned scheduled coming "
        "back again return due date inspected inspection reinspection inspectors visit monitoring focused assurance "
        "ofsted judged judgement rated rating graded grade given got found outstanding good adequate inadequate "
        "requires requiring improvement overall effectiveness leaders leadership management help protection child "
        "children care leavers leaving looked after service services social council authority area place borough "
        "county local"
    )
)
_WHENEVER = (Want.WHEN, Want.FACT, Want.LIST, Want.WHICH)
_VISITS = (Happening.INSPECTION, Happening.VISIT)


def table_for(question: Question, scope: Scope, index: Index) -> RegisterTable | None:
    """What the register says to a question within its scope; None where it is not asked, or says nothing.

    A question with a subject of its own, beside inspections, visits and grades, is none for the register.
    """
    asked = fold(question.whole)
    if set(question.topic) - _OWN_WORDS:
        return None
    if _NEXT.search(asked) and question.wants in _WHENEVER:
        return _planned(scope, index)
    if _HAPPENED.search(asked) and question.wants in _WHENEVER:
        return _happened(ranges(asked), scope, index)
    if (judged := _WHO_WAS_JUDGED.search(asked)) and (grade := _grade(judged["rest"])):
        return _judged(grade, _area(asked), scope, index)
    return None


def _meant(scope: Scope, register: Register) -> list[int]:
    """The places of the register's councils that the question names; of all of them where it names none."""
    named = [chip.label for chip in scope.chips if chip.kind == "council"]
    held = enumerate(register.names)
    return [place for place, council in held if not named or any(councils.same(name, council) for name in named)]


def _planned(scope: Scope, index: Index) -> RegisterTable | None:
    events = index.register.of_events
    found = np.isin(events.council, _meant(scope, index.register))
    found &= events.status != list(Status).index(Status.HAPPENED)
    found &= np.isin(events.happening, [list(Happening).index(one) for one in _VISITS])
    return _of_events("What was planned when the documents were written", found, index)


def _happened(days: Sequence[tuple[str, date, date]], scope: Scope, index: Index) -> RegisterTable | None:
    """The events of the ranges of days that a question names; those of no known day always are."""
    events = index.register.of_events
    on = (events.first == 0) | (events.last == 0) | (not days)
    for _, first, last in days:
        on |= (events.last >= first.toordinal()) & (events.first <= last.toordinal())
    on &= np.isin(events.council, _meant(scope, index.register))
    return _of_events("What the documents tell of, by date", on, index)


def _of_events(caption: str, flags: NDArray[np.bool_], index: Index) -> RegisterTable | None:
    sources, found = index.holdings.by_id, np.flatnonzero(flags).tolist()
    rows = [
        (
            Cited(event.council),
            _cited(event.title, event.stated, sources),
            _dates(event.dates, sources),
            Cited(event.status.value),
        )
        for event in map(index.register.event, found[:MOST_ROWS])
    ]
    return _table(caption, ("Council", "What", "When", "Status"), rows, len(found))


def _judged(grade: Grade, areas: Sequence[Area], scope: Scope, index: Index) -> RegisterTable | None:
    sources, judged = index.holdings.by_id, index.register.judged
    flags = (judged.grade == list(Grade).index(grade)) & np.isin(judged.area, [list(Area).index(one) for one in areas])
    flags &= np.isin(judged.council, _meant(scope, index.register))
    found = np.unique(judged.inspection[flags]).tolist()
    rows = [
        (
            Cited(row.council),
            _cited(title_of(row.kind, row.number), row.named, sources),
            _dates(row.dates, sources),
            _cited(f"{given[0].area}: {grade}", [one.stated for one in given], sources),
        )
        for row in map(index.register.inspection, found[:MOST_ROWS])
        for given in [[one for one in row.graded(*areas) if one.grade is grade]]
    ]
    return _table(f"Judged {grade} for {areas[0]}", ("Council", "Inspection", "When", "Judgement"), rows, len(found))


def _table(
    caption: str, columns: tuple[str, ...], rows: Sequence[tuple[Cited, ...]], held: int
) -> RegisterTable | None:
    return RegisterTable(caption, columns, tuple(rows), held - len(rows)) if rows else None


def _dates(dates: Sequence[Dated], sources: Mapping[str, Source]) -> Cited:
    words = dict.fromkeys(plain(one.words) for one in dates)
    return _cited("; ".join(words) or "date not stated", [one.stated for one in dates], sources)


def _cited(words: str, stated: Sequence[Statement], sources: Mapping[str, Source]) -> Cited:
    """Words of the register with the places that state them; what the catalogue supplied has none."""
    spans = dict.fromkeys((one.document, one.span) for one in stated if one.span is not None)
    texts = {(one.document, one.span): one.words for one in stated}
    return Cited(
        words,
        tuple(Quote(id, span.start, span.end, texts[id, span]) for id, span in spans),
        tuple(url(sources[id], span) for id, span in spans),
    )


def _grade(words: str) -> Grade | None:
    """The grade that the words begin with, after how it was given ("judged good", "rated as inadequate")."""
    rest = words[match.end() :] if (match := _GIVEN.match(words)) else words
    return next((grade for grade, form in _GRADES if re.match(rf"{form}\b", rest, re.IGNORECASE)), None)


def _area(words: str) -> tuple[Area, ...]:
    found = (areas for areas, form in _AREAS if re.search(rf"\b(?:{form})\b", words, re.IGNORECASE))
    return next(found, (Area.OVERALL,))
