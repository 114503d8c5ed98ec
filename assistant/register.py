"""The register of inspections in answers: who was given a grade, what is planned, and what has happened, as a table.

The register is read from the documents (corpus/inspections.py, corpus/timeline.py); every cell is cited. What a
question asks of it is read from its words; any other question has no table.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from assistant import councils
from assistant.answer import Cited, Quote, RegisterTable
from assistant.compose import url
from assistant.question import Question
from assistant.ranges import ranges
from assistant.scope import Scope
from assistant.wants import Want
from corpus.display import plain
from corpus.folding import fold
from corpus.inspections import inspections
from corpus.model import Document, Source
from corpus.statements import Area, Dated, Event, Grade, Happening, Inspection, Statement, Status
from corpus.timeline import events, title_of
from index.analysis import terms

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


@dataclass(frozen=True, slots=True)
class Register:
    """All that a corpus states of inspections and what comes of them."""

    rows: tuple[Inspection, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Self:
        """The register of some documents: a second or two for a hundred reports."""
        held = tuple(documents)
        rows = inspections(held)
        return cls(rows, events(held, rows), tuple(document.source for document in held))

    @property
    def councils(self) -> list[tuple[str, str]]:
        """Each council's slug and name, in order of the names."""
        found = {event.slug: event.council for event in self.events} | {row.slug: row.council for row in self.rows}
        return sorted(found.items(), key=lambda council: council[1].casefold())

    def table(self, question: Question, scope: Scope) -> RegisterTable | None:
        """What the register says to a question within its scope; None where it is not asked, or says nothing.

        A question with a subject of its own, beside inspections, visits and grades, is none for the register.
        """
        asked = fold(question.whole)
        if set(question.topic) - _OWN_WORDS:
            return None
        if _NEXT.search(asked) and question.wants in _WHENEVER:
            planned = [e for e in self.events if e.status is not Status.HAPPENED and e.happening in _VISITS]
            return self._events("What was planned when the documents were written", self._within(planned, scope))
        if _HAPPENED.search(asked) and question.wants in _WHENEVER:
            dated = [event for event in self._within(self.events, scope) if _on(event, asked)]
            return self._events("What the documents tell of, by date", dated)
        if (judged := _WHO_WAS_JUDGED.search(asked)) and (grade := _grade(judged["rest"])):
            return self._judged(grade, _area(asked), scope)
        return None

    def _within(self, found: Iterable[Event], scope: Scope) -> list[Event]:
        """The events of the councils that the question names; of all where it names none."""
        named = [chip.label for chip in scope.chips if chip.kind == "council"]
        return [event for event in found if not named or any(councils.same(name, event.council) for name in named)]

    def _events(self, caption: str, found: Sequence[Event]) -> RegisterTable | None:
        rows = tuple(
            (
                Cited(event.council),
                _cited(event.title, event.stated, self.sources),
                self._dates(event.dates),
                Cited(event.status.value),
            )
            for event in found
        )
        return _table(caption, ("Council", "What", "When", "Status"), rows)

    def _judged(self, grade: Grade, areas: Sequence[Area], scope: Scope) -> RegisterTable | None:
        named = [chip.label for chip in scope.chips if chip.kind == "council"]
        rows = []
        for row in self.rows:
            given = [one for one in row.graded(*areas) if one.grade is grade]
            if not given or (named and not any(councils.same(name, row.council) for name in named)):
                continue
            rows.append(
                (
                    Cited(row.council),
                    _cited(title_of(row.kind, row.number), row.named, self.sources),
                    self._dates(row.dates),
                    _cited(f"{given[0].area}: {given[0].grade}", [one.stated for one in given], self.sources),
                )
            )
        return _table(f"Judged {grade} for {areas[0]}", ("Council", "Inspection", "When", "Judgement"), tuple(rows))

    def _dates(self, dates: Sequence[Dated]) -> Cited:
        words = dict.fromkeys(plain(one.words) for one in dates)
        return _cited("; ".join(words) or "date not stated", [one.stated for one in dates], self.sources)


def _table(caption: str, columns: tuple[str, ...], rows: tuple[tuple[Cited, ...], ...]) -> RegisterTable | None:
    return RegisterTable(caption, columns, rows[:MOST_ROWS], len(rows) - len(rows[:MOST_ROWS])) if rows else None


def _cited(words: str, stated: Sequence[Statement], sources: Sequence[Source]) -> Cited:
    """Words of the register with the places that state them; what the catalogue supplied has none."""
    by_id = {source.id: source for source in sources}
    spans = dict.fromkeys((one.document, one.span) for one in stated if one.span is not None)
    texts = {(one.document, one.span): one.words for one in stated}
    return Cited(
        words,
        tuple(Quote(id, span.start, span.end, texts[id, span]) for id, span in spans),
        tuple(url(by_id[id], span) for id, span in spans),
    )


def _grade(words: str) -> Grade | None:
    """The grade that the words begin with, after how it was given ("judged good", "rated as inadequate")."""
    rest = words[match.end() :] if (match := _GIVEN.match(words)) else words
    return next((grade for grade, form in _GRADES if re.match(rf"{form}\b", rest, re.IGNORECASE)), None)


def _area(words: str) -> tuple[Area, ...]:
    found = (areas for areas, form in _AREAS if re.search(rf"\b(?:{form})\b", words, re.IGNORECASE))
    return next(found, (Area.OVERALL,))


def _on(event: Event, asked: str) -> bool:
    """Whether an event is of one of the ranges of days that the question names; one of no known day always is."""
    named = ranges(asked)
    when = event.when
    first: date | None = when.first if when else None
    last: date | None = when.last if when else None
    return not named or first is None or last is None or any(f <= last and first <= t for _, f, t in named)
