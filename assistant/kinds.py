"""Whether a sentence can supply the kind of answer that a question wants.

A "how many" is met by a number of that thing, a "who" by a name or a post, a "when" by a date. A sentence that only
speaks of the subject does not answer: it is offered as related, under words that say so.
"""

import re
from collections.abc import Callable

from assistant.question import Question, Want
from corpus.dates import find_dates
from corpus.folding import fold
from index.analysis import terms

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve dozen half third quarter first second fourth fifth "
    "sixth seventh eighth ninth tenth several none no"
)
_NUMBER = re.compile(rf"(?<![\w.])(?:£?\d[\d,.]*%?|{'|'.join(_NUMBER_WORDS.split())})(?![\w.]*\d)", re.IGNORECASE)
_MONEY = re.compile(r"£\s?\d|\b\d[\d,.]*\s?(?:million|thousand|k\b|m\b)|\bpounds\b", re.IGNORECASE)
_SHARE = re.compile(r"\d\s?%|\bper ?cent\b", re.IGNORECASE)
_REFERENCE_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s|\b(?:appendix|section|item|rule|phase)\s+\d[\d.]*", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:spring|summer|autumn|winter|weeks?|months?|monthly|weekly|quarterly|years?|days?|annual(?:ly)?|january|february|"
    r"march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:director|dcs|officers?|chair(?:man|woman|person)?|members?|councillors?|cllrs?|commissioner|inspectors?|"
    r"secretary|head of|lead member|portfolio holder|manager|minister|social worker|colleagues|authors?|ofsted)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Sir|Dame)s?\.? [A-Z][a-z]+|"
    r"\b(?!(?:The|This|An?|In|All|Our|We|Head|Director|Project|Improvement|Early|Public|Virtual|First|Personal|Quality|"
    r"Human|Financial|Care|Social|Action|Chief|Lead|Practice|Permanence|Appendix|Children|Corporate|Independent|Local)\b)"
    r"[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?(?=,| -| –|\b(?! (?:Board|Committee|Council|Service|Visit|Plan|Act)))"
)
_COUNTED = re.compile(r"\bhow many\s+(.*)", re.IGNORECASE)
_PROPER = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
# Of "how many additional social work posts has…", the words that may name what is counted.
_COUNTED_WORDS = 5


def supplies(question: Question) -> Callable[[str], bool]:
    """A test for a sentence: whether it can supply the kind of answer that ``question`` wants."""
    asked = fold(question.asked)
    if question.wants is Want.HOW_MANY:
        return _counts(asked)
    if question.wants is Want.WHO:
        return _names(asked, question)
    if question.wants is Want.WHEN:
        return lambda sentence: bool(find_dates(sentence) or _TIME.search(sentence))
    return lambda sentence: True


def _counts(asked: str) -> Callable[[str], bool]:
    if re.search(r"\bhow much (?:money|did|does|is|was|will|has|have)\b|\bcosts?\b|\bbudget\b|\bpaid\b|\bpay\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_MONEY.search(fold(sentence)) or _SHARE.search(fold(sentence)))
    if re.search(r"%|\bper ?cent|\bproportion\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_SHARE.search(fold(sentence)))
    counted = _COUNTED.search(asked)
    things = frozenset(terms(" ".join(counted[1].split()[:_COUNTED_WORDS]))) if counted else frozenset()
    return lambda sentence: _has_number(sentence) and (not things or bool(things & frozenset(terms(sentence))))


def _has_number(sentence: str) -> bool:
    words = _REFERENCE_NUMBER.sub(" ", fold(sentence))
    for day in reversed(find_dates(words)):
        words = words[: day.start] + " " + words[day.end :]
    return bool(_NUMBER.search(words))


def _names(asked: str, question: Question) -> Callable[[str], bool]:
    by_name = re.search(r"\bname\b|\bwhich (?:other )?(?:authority|council)\b", asked, re.IGNORECASE)
    if not by_name:
        return lambda sentence: bool(_POST.search(fold(sentence)) or _PERSON.search(fold(sentence)))
    known = question.topic.keys() | set(terms(asked))
    return lambda sentence: any(
        not frozenset(terms(name)) <= known for name in _PERSON.findall(fold(sentence)) + _PROPER.findall(fold(sentence))
    )
