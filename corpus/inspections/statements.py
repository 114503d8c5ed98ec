"""The nouns of the inspections register: what documents state of inspections, visits and what comes of them.

Every fact carries the document and the words that state it, or says that the catalogue supplied it. Nothing is worked
out that is not written: what no document states is left out, and what documents state differently is kept as stated.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from corpus.model import Known, Span


class Visit(StrEnum):
    """What kind of inspection or visit: an ungraded one is a visit."""

    INSPECTION = "inspection"  # a document says no more than that
    ILACS = "ILACS inspection"
    SIF = "single inspection (SIF)"
    REINSPECTION = "re-inspection"
    LOOKED_AFTER = "inspection of services for looked after children"
    SAFEGUARDING_AND_LOOKED_AFTER = "inspection of safeguarding and looked after children"
    SAFEGUARDING = "inspection of safeguarding"
    ADOPTION = "inspection of adoption services"
    FOSTERING = "inspection of fostering services"
    JTAI = "joint targeted area inspection (JTAI)"
    SEND = "area SEND inspection"
    FOCUSED = "focused visit"
    MONITORING = "monitoring visit"
    ASSURANCE = "assurance visit"


class Area(StrEnum):
    """What a judgement is of."""

    OVERALL = "overall effectiveness"
    LEADERS = "leaders"
    HELP = "help and protection"
    IN_CARE = "children in care"
    IN_CARE_AND_LEAVERS = "children in care and care leavers"  # one judgement of both, until 2022
    LEAVERS = "care leavers"
    ADOPTION = "adoption performance"
    BOARD = "Local Safeguarding Children Board"
    CAPACITY = "capacity to improve"
    OUTCOMES = "outcomes for looked after children"
    QUALITY = "quality of provision"
    SEND = "arrangements for SEND"


class Grade(StrEnum):
    """A grade, whatever form of words a document has for it; the last three are an area SEND inspection's outcomes."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"
    POSITIVE = "typically positive experiences and outcomes"
    INCONSISTENT = "inconsistent experiences and outcomes"
    FAILINGS = "widespread or systemic failings"


class Status(StrEnum):
    """Whether a document tells of an event as past, or as something to come."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"


class Happening(StrEnum):
    """What sort of event a timeline shows."""

    INSPECTION = "inspection"
    VISIT = "visit"
    PUBLISHED = "inspection report"
    DIRECTION = "direction"
    COMMITTEE = "report to committee"
    PLAN = "plan or report due"
    CONVERSATION = "engagement conversation"


# The next series of monitoring visits, with its own first, follows another inspection.
_APART = timedelta(180)


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a document states something: ``words`` are the document's, those of ``span``.

    What the catalogue supplied has no span, and its value as words.
    """

    document: str
    words: str
    span: Span | None = None

    @property
    def known(self) -> Known:
        return Known.STATED if self.span else Known.SUPPLIED


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as stated: its words, and the first and last day they can mean, where they name a year.

    ``vague`` words ("early 2021 at the earliest") bound nothing: their days say only where a timeline puts them.
    """

    words: str
    stated: Statement
    first: date | None = None
    last: date | None = None
    vague: bool = False

    def meets(self, other: "Dated") -> bool:
        """Whether the two can be of one event."""
        if None in (self.first, self.last, other.first, other.last):
            return False
        return self.first <= other.last and other.first <= self.last  # type: ignore[operator]

    def near(self, other: "Dated") -> bool:
        """Whether the two can be dates given of one visit of a series, though they contradict each other."""
        if None in (self.first, self.last, other.first, other.last):
            return False
        apart = max(self.first - other.last, other.first - self.last)  # type: ignore[operator]
        return apart < _APART

    def within(self, other: "Dated") -> bool:
        """Whether the days of this all lie in those of the other, which then only says it less exactly."""
        return self.meets(other) and other.first <= self.first and self.last <= other.last  # type: ignore[operator]

    @property
    def loose(self) -> bool:
        """Whether it names whole months or years."""
        return bool(self.first and self.last) and self.first.day == 1 and (self.last + timedelta(1)).day == 1  # type: ignore[union-attr, operator]

    @property
    def days(self) -> int:
        """How many days the words can mean; of no year, more than any."""
        return (self.last - self.first).days + 1 if self.first and self.last else 10**6


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade given to an area, and its words as written ("Requires improvement to be good")."""

    area: Area
    grade: Grade
    words: str
    stated: Statement


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection or visit that took place: one row of the register, with every statement of each of its facts.

    ``number`` counts visits of a kind where a document does ("fifth" is 5). ``slug`` names the council in addresses.
    """

    council: str
    slug: str
    kind: Visit
    named: tuple[Statement, ...]
    dates: tuple[Dated, ...] = ()
    published: tuple[Dated, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    number: int | None = None

    @property
    def when(self) -> Dated | None:
        """The most exact of the dates stated."""
        return narrowest(self.dates)

    @property
    def dates_differ(self) -> bool:
        return differ(self.dates)

    def graded(self, *areas: Area) -> tuple[Judgement, ...]:
        """Every statement of the judgements of ``areas``, in the order of the documents."""
        return tuple(judgement for judgement in self.judgements if judgement.area in areas)

    def disagrees(self, area: Area) -> bool:
        """Whether two statements give an area different grades."""
        return len({judgement.grade for judgement in self.graded(area)}) > 1


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a council's timeline; ``title`` says what it is in a few words, ``stated`` where that is said."""

    council: str
    slug: str
    happening: Happening
    title: str
    status: Status
    dates: tuple[Dated, ...] = ()
    stated: tuple[Statement, ...] = ()

    @property
    def when(self) -> Dated | None:
        return narrowest(self.dates)

    @property
    def dates_differ(self) -> bool:
        return differ(self.dates)


def narrowest(dates: Sequence[Dated]) -> Dated | None:
    """The first of ``dates`` that names days; failing that, the one that names the fewest months or years."""
    return min(
        dates, key=lambda dated: (dated.vague, dated.days if dated.loose or not dated.first else 0), default=None
    )


def differ(dates: Sequence[Dated]) -> bool:
    """Whether two of ``dates`` contradict each other: "May" only says less exactly what began on 25 April."""
    named = [dated for dated in dates if dated.first and not dated.vague]
    pairs = [(a, b) for n, a in enumerate(named) for b in named[n + 1 :]]
    return any(not a.meets(b) or not (a.loose or b.loose or a.within(b) or b.within(a)) for a, b in pairs)


_NOT_A_NAME = re.compile(
    r"\b(?:(?:london|royal|metropolitan) borough of|the|local authority|"
    r"(?:county|city|metropolitan|district|borough|unitary| )*council)\b",
    re.IGNORECASE,
)


def slug(council: str) -> str:
    """A council's name for addresses, the same however much of its title is given: "Medway Council" is "medway"."""
    core = " ".join(_NOT_A_NAME.sub(" ", council.replace("&", " and ")).split()) or council
    return re.sub(r"[^a-z0-9]+", "-", core.casefold()).strip("-") or "not-stated"
