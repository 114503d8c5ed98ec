"""The register: which inspections and visits took place, when, and what was judged, each with the words that say so.

Statements of different documents are of one inspection where they are of one council, of kinds that can be the same,
and of dates that meet. Nothing is chosen between them: the register keeps them all.
"""

import re
from collections.abc import Iterable, Sequence

from corpus.display import plain
from corpus.folding import fold
from corpus.inspections.judgements import Given, judgements
from corpus.inspections.mentions import VISITS, Mention, mentions
from corpus.inspections.merging import Row, finished, fullest, of_council
from corpus.inspections.periods import Period, find_periods
from corpus.inspections.statements import Dated, Inspection, Judgement, Statement, Status, Visit, slug
from corpus.model import Document, Kind, Span

# An Ofsted report says on its first page what it is of; a letter, after the names of those it is sent to.
_FIRST_PAGE = 3000
_WHEN = re.compile(
    r"^[^\S\n]*Inspection dates?:?\s*(?P<when>[^\n]*?\d{4})[^\S\n]*(?=\n|Report published|$)|"
    r"\bThis inspection took place (?P<place>(?:from|between|on) [^.\n]*?\d{4})",
    re.MULTILINE,
)
_BEFORE = re.compile(r"^[^\S\n]*Dates? of (?:the )?previous inspection:?\s*(?P<when>[^\n]*?\d{4})", re.MULTILINE)
_PUBLISHED = re.compile(
    r"\b(?=[rp])(?:report was published|report published|published)(?: on| in|:)*(?: the)? (?=\d|[A-Z])", re.IGNORECASE
)
_STOP = re.compile(r"[.;]\s")


def inspections(documents: Iterable[Document]) -> tuple[Inspection, ...]:
    """Every inspection and visit that ``documents`` tell of as past, by council, the latest first, the undated last."""
    by_council: dict[str, tuple[list[str | None], list[Inspection]]] = {}
    for document in documents:
        council = document.source.council.value
        names, told = by_council.setdefault(slug(council or ""), ([], []))
        names.append(council)
        told += told_inspections(document, tuple(mentions(document)))
    found = ((key, fullest(names), told) for key, (names, told) in sorted(by_council.items()))
    return tuple(inspection for key, name, told in found for inspection in of_council(name, key, told))


def told_inspections(document: Document, spoken: Sequence[Mention]) -> list[Inspection]:
    """The inspections that one document tells of as past, where ``spoken`` is what it speaks of."""
    council = document.source.council.value or ""
    return [finished(council, slug(council), row) for row in _rows(document, spoken)]


def dated(document: Document, period: Period, clause: Span) -> Dated:
    """A date of ``document``, stated by the words of ``clause``."""
    words = Span(period.start, period.end).of(document.text)
    return Dated(plain(words), statement(document, clause), period.first, period.last, period.vague)


def statement(document: Document, span: Span) -> Statement:
    """The words of ``span`` as a statement."""
    return Statement(document.id, span.of(document.text), span)


def supplied_date(document: Document) -> Dated | None:
    """The date that the catalogue has for a document, with the words of the document that state it where they do."""
    fact = document.source.date
    periods = find_periods(fact.value or "")
    if not periods or fact.value is None:
        return None
    words = fact.span.of(document.text) if fact.span else fact.value
    return Dated(words, Statement(document.id, words, fact.span), periods[0].first, periods[0].last)


def is_ofsteds(document: Document) -> bool:
    """Whether a document is an inspection report or letter of Ofsted's own."""
    return document.source.kind.value == Kind.INSPECTION


def _rows(document: Document, spoken: Sequence[Mention]) -> list[Row]:
    """The inspections of one document: its own, where it is Ofsted's, and those that it speaks of."""
    own = _own(document, spoken) if is_ofsteds(document) else None
    rows: list[Row] = [own] if own else []
    rows += _previous(document, own)
    at: list[tuple[int, Mention, Row]] = []
    for mention in spoken:
        if mention.status is not Status.HAPPENED:
            continue
        row = _row(document, mention)
        home = next((other for other in rows if other.same_as(row) or _means(row, other)), None)
        if home is None and row.number and not row.dates:
            home = _numbered(rows, row)
        if home is not None:
            home.take(row)
        elif row.dates or row.number:
            rows.append(row)
            home = row
        if home is not None:
            at.append((mention.clause.start, mention, home))
    for given in judgements(document):
        _judge(document, given, own, at, rows)
    _publish(document, own, at)
    return [row for row in rows if row.dates or row.judgements or row.number]


def _row(document: Document, mention: Mention) -> Row:
    dates = [dated(document, mention.period, mention.clause)] if mention.period else []
    return Row(mention.kind, [statement(document, mention.clause)], dates, number=mention.number)


def _numbered(rows: Sequence[Row], row: Row) -> Row | None:
    """The one visit of its kind in the document that has its number, or the only one, where that has none."""
    same = [other for other in rows if other.kind is row.kind]
    exact = [other for other in same if other.number == row.number]
    if exact:
        return exact[0]
    return same[0] if len(same) == 1 and same[0].number is None else None


def _own(document: Document, spoken: Sequence[Mention]) -> Row | None:
    """The inspection that Ofsted's own report or letter is of."""
    opening = document.text[:_FIRST_PAGE]
    named = next((mention for mention in spoken if mention.clause.start < _FIRST_PAGE), None)
    if named is None:
        return None
    row = Row(named.kind, [statement(document, named.clause)])
    if match := _WHEN.search(fold(opening)):
        group = "when" if match["when"] else "place"
        if whole := _whole_period(fold(opening), match, group):
            row.dates = [dated(document, whole, Span(*match.span()))]
    if not row.dates and named.period is None:
        first = next((m for m in spoken if m.kind is named.kind and m.period and not m.aside), None)
        if first and first.period and first.clause.start < _FIRST_PAGE:
            row.dates = [dated(document, first.period, first.clause)]
    if not row.dates and named.period:
        row.dates = [dated(document, named.period, named.clause)]
    return row


def _whole_period(text: str, match: re.Match[str], group: str) -> Period | None:
    """All of the days that a line of dates names, as one: an inspection may have gone on in a second part."""
    start, end = match.span(group)
    periods = find_periods(text[start:end])
    firsts = [period.first for period in periods if period.first]
    lasts = [period.last for period in periods if period.last]
    if not firsts or not lasts:
        return None
    return Period(start + periods[0].start, start + periods[-1].end, min(firsts), max(lasts))


def _previous(document: Document, own: Row | None) -> list[Row]:
    opening = fold(document.text[:_FIRST_PAGE])
    match = _BEFORE.search(opening) if own else None
    period = _whole_period(opening, match, "when") if match else None
    if own is None or match is None or period is None:
        return []
    clause = Span(*match.span())
    return [Row(own.kind, [statement(document, clause)], [dated(document, period, clause)])]


def _judge(
    document: Document, given: Given, own: Row | None, at: Sequence[tuple[int, Mention, Row]], rows: list[Row]
) -> None:
    """Give a judgement to the inspection it is of: the one that its sentence names, or else the one spoken of last."""
    judged = Judgement(given.area, given.grade, given.words, statement(document, given.span))
    inspected = [(start, mention, row) for start, mention, row in at if row.kind not in VISITS]
    passage = next((p for p in document.passages if p.start <= given.span.start < p.end), None)
    near = [
        row
        for _, mention, row in inspected
        if passage
        and passage.start <= mention.clause.start < given.span.end
        and len(_STOP.findall(document.text, mention.clause.end, given.span.start)) <= 1
    ]
    if own is not None:
        if not given.prose:
            own.judgements.append(judged)
        elif near and near[-1] is not own:
            near[-1].judgements.append(judged)
        return
    same_sentence = [
        row
        for start, _, row in inspected
        if start <= given.span.end and not _STOP.search(document.text, start, given.span.start)
    ]
    topics = [row for start, mention, row in inspected if start < given.span.start and not mention.aside]
    home = (same_sentence or topics)[-1] if same_sentence or topics else None
    if home is None and (passage is None or "ofsted" not in passage.text.casefold()):
        return
    if home is None:
        home = next((row for row in rows if row.kind is Visit.INSPECTION and not row.dates), None)
    if home is None:
        home = Row(Visit.INSPECTION)
        rows.append(home)
    home.judgements.append(judged)


def _publish(document: Document, own: Row | None, at: Sequence[tuple[int, Mention, Row]]) -> None:
    """Give each date of publication to the inspection spoken of last, or to the report's own."""
    folded = fold(document.text[:_FIRST_PAGE] if own else document.text)
    for match in _PUBLISHED.finditer(folded):
        line = folded[match.end() : match.end() + 40].partition("\n")[0]
        period = next((p for p in find_periods(line) if p.start == 0), None)
        spoken = [row for start, _, row in at if start < match.start() and row.kind not in VISITS]
        home = own or (spoken[-1] if spoken else None)
        if period and home:
            at_end = match.end() + period.end
            clause = Span(match.start(), at_end)
            home.published.append(dated(document, period._replace(start=match.end(), end=at_end), clause))
    fact = supplied_date(document)
    # A report that only says when inspectors came has that for its date, which is no day of publication.
    if own and fact and not own.published and not any(fact.meets(when) for when in own.dates):
        own.published.append(fact)


def _means(row: Row, other: Row) -> bool:
    """Whether "the inspection" of a document means one that it names more fully elsewhere."""
    plain_name = row.kind is Visit.INSPECTION and other.kind not in VISITS
    return plain_name and any(a.meets(b) for a in row.dates for b in other.dates)
