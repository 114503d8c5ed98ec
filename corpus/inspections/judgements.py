"""Judgements as documents write them: rows of the judgement table, items of a list, whole lines, and sentences."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.folding import fold
from corpus.inspections.statements import Area, Grade
from corpus.model import Document, Kind, Passage, Span
from corpus.sentences import sentences

_GRADES = r"(?:requires?[ -]improvement(?: to be good)?|inadequate|adequate|outstanding|good)"
_GRADE = rf"['\"]?(?P<grade>{_GRADES})['\"]?"
# The first that matches is the area.
_AREAS = {
    Area.OVERALL: r"overall effectiveness(?: of services for looked after children and young people|"
    r"(?! (?:of|for) (?:safeguarding|services for|looked)))",
    Area.LEADERS: r"impact of leaders(?: on (?:social work )?practice(?: with children and families)?)?|"
    r"leadership(?:,? and|,) management"
    r"(?:,? and governance)?",
    Area.HELP: r"children (?:and young people )?(?:who need|in need of) help and protection",
    Area.IN_CARE_AND_LEAVERS: r"children in care and care[- ]leavers",
    Area.LEAVERS: r"(?:children )?care[- ]leavers",
    Area.IN_CARE: r"children in care|children looked after and achieving permanence",
    Area.ADOPTION: r"adoption performance",
    Area.CAPACITY: r"capacity to improve",
    Area.OUTCOMES: r"outcomes for looked after children and young people",
    Area.QUALITY: r"quality of provision",
}
_AREA = "(?:" + "|".join(f"(?P<{area.name}>{words})" for area, words in _AREAS.items()) + ")"
_OF_AREA = rf"(?:\d[\d.]*\s+)?(?:the )?(?:experiences and progress of )?{_AREA}"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ROW = _compile(rf"{_OF_AREA}\s*(?:\t|:| )\s*{_GRADE}(?: grade \d)?\.?")
_COUNCIL = r"[\w',.& -]{2,70}?"
_LINE = _compile(
    rf"the overall judgement is(?: that children's services(?: in {_COUNCIL})?)?(?: are| is)? {_GRADE}\.?|"
    rf"children's services in {_COUNCIL} (?:are |is )?{_GRADE.replace('grade', 'also')}\.?"
)
_BOARD = _compile(
    r"the (?:effectiveness of the )?local safeguarding children board(?: \([a-z]+\))?(?: in [\w' -]{2,40}?)? "
    rf"(?:is )?{_GRADE}\.?"
)
_SEND = _compile(
    r"\b(?:arrangements )?(?P<good>typically lead to positive experiences and outcomes)|"
    r"\b(?P<mixed>lead to inconsistent experiences and outcomes)|"
    r"\b(?P<failings>there are widespread and/or systemic failings)"
)
# "When services are judged inadequate" judges nobody, and "to be rated good by 2022" is a hope.
_NOT_GIVEN = _compile(
    r"\b(?:(?:when|where)\b(?![^.;]{0,60}\b(?:was|were|had been)\b)|now|if|"
    r"whether|unless|would|will|should|could|to be (?:judged|rated|graded)|aim\w*|expects?|not)\b"
)
_GIVEN = r"(?:rated|graded|judged)(?: overall)?(?: as(?: being)?| to be)?"
# What was "judged to be making good progress", or to "require improvement in practice", is given no grade.
_ENDS = r"(?!\s+(?:practice|progress|quality|work|outcomes|relationships?|examples?|understanding|use)\b)"
_SERVICES = r"(?:children's (?:social care|services)|services?|council|(?:local )?authority|they)"
_PROSE = (
    _compile(
        rf"\bjudged (?:(?:the|its|our|their|these|council's|children's) )*{_SERVICES} (?:as|to be) "
        rf"{_GRADE}{_ENDS}(?: overall\b)?"
    ),
    _compile(
        rf"\boverall (?:judgement|effectiveness|grade|rating)\b"
        rf"(?! (?:of|for) (?:safeguarding|services for|looked))[^.;]{{0,60}}?(?<![\w-]){_GRADE}{_ENDS}"
    ),
    _compile(rf"\b{_SERVICES}\b[^.;,]{{0,40}}\b(?:was|were|been|is|are) {_GIVEN} {_GRADE}{_ENDS}"),
    _compile(
        r"\b(?:was|were|been|is|are) judged,? (?:by ofsted )?(?:to )?(?:be )?"
        rf"{_GRADE} (?:overall|for overall effectiveness)"
    ),
)
_AREA_PROSE = _compile(rf"\b{_AREA}\b[^.;:]{{0,60}}?\b{_GIVEN} {_GRADE}{_ENDS}")
# Words without which nothing is judged: found some hundred times faster than the patterns that have them.
_OUTCOMES = ("outcomes", "failings")
_GRADING = ("require", "adequate", "outstanding", "good")
_JUDGING = ("judged", "rated", "graded", "overall")
# A row or a line that is nothing but a judgement ends with the grade, in fewer letters than this.
_LONGEST_GRADE = 60
_WORTH_READING = _compile(r"\b(?:judged|rated|graded|overall (?:judgement|effectiveness|grade|rating))\b")


class Given(NamedTuple):
    """A judgement as it stands in a document: the span that states it, and the grade's words."""

    area: Area
    grade: Grade
    words: str
    span: Span
    prose: bool = False


def judgements(document: Document) -> Iterator[Given]:
    """Every judgement that ``document`` states, in order.

    In Ofsted's own report they stand in its table and in whole lines; its sentences speak of earlier inspections too,
    so of those only what is prose is marked so, for the reader to match with the inspection that the sentence names.
    """
    own = document.source.kind.value == Kind.INSPECTION
    for passage in document.passages:
        low = passage.text.lower()
        if own and _has(low, _OUTCOMES) and (send := _SEND.search(fold(passage.text))):
            yield _send(document, passage, send)
        elif not _has(low, _GRADING):
            continue
        elif _has(low.rstrip()[-_LONGEST_GRADE:], _GRADING) and (found := _whole(document, passage, own)):
            yield found
        elif _has(low, _JUDGING):
            yield from _said(document, passage)


def grade_of(words: str) -> Grade:
    """The grade that ``words`` give, whatever their capitals or ending."""
    plain = fold(words).casefold().replace("-", " ")
    return Grade.REQUIRES_IMPROVEMENT if plain.startswith("require") else Grade(plain)


def _has(low: str, words: Sequence[str]) -> bool:
    return any(word in low for word in words)


def _whole(document: Document, passage: Passage, own: bool) -> Given | None:
    body = max(passage.body, passage.start)
    for start in {passage.start, body}:
        text = document.text[start : passage.end].rstrip()
        folded = re.sub(r"[^\S\t]", " ", fold(text))
        span = Span(start, start + len(text))
        if match := _ROW.fullmatch(folded):
            return _given(document, start, match, _area(match), "grade", span)
        if own and (match := _LINE.fullmatch(folded)):
            return _given(document, start, match, Area.OVERALL, "grade" if match["grade"] else "also", span)
        if own and (match := _BOARD.fullmatch(folded)):
            return _given(document, start, match, Area.BOARD, "grade", span)
    return None


def _said(document: Document, passage: Passage) -> Iterator[Given]:
    folded = fold(passage.text)
    if not _WORTH_READING.search(folded):
        return
    for sentence in sentences(passage.text):
        words = sentence.of(folded)
        for match in _in_sentence(words):
            if _NOT_GIVEN.search(words, 0, match.start("grade")):
                continue
            start = passage.start + sentence.start
            span = Span(start + match.start(), start + match.end())
            yield _given(document, start, match, _area(match), "grade", span)._replace(prose=True)


def _in_sentence(words: str) -> list[re.Match[str]]:
    """The judgements in a sentence: those of named areas, and where there are none one of the whole."""
    found = list(_AREA_PROSE.finditer(words))
    return found or [match for pattern in _PROSE if (match := pattern.search(words))][:1]


def _area(match: re.Match[str]) -> Area:
    named = match.groupdict()
    return next((area for area in _AREAS if named.get(area.name)), Area.OVERALL)


def _given(document: Document, at: int, match: re.Match[str], area: Area, group: str, span: Span) -> Given:
    words = Span(at + match.start(group), at + match.end(group)).of(document.text)
    return Given(area, grade_of(words), words, span)


def _send(document: Document, passage: Passage, match: re.Match[str]) -> Given:
    grades = {"good": Grade.POSITIVE, "mixed": Grade.INCONSISTENT, "failings": Grade.FAILINGS}
    grade = next(grades[name] for name, words in match.groupdict().items() if words)
    span = Span(passage.start + match.start(), passage.start + match.end())
    return Given(Area.SEND, grade, span.of(document.text), span)
