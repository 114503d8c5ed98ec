"""Whether a sentence can supply the kind of answer that a question wants.

A "how many" is met by a number of that thing, a "who" by a name or a post, a "when" by a date. A sentence that only
speaks of the subject does not answer: it is offered as related, under words that say so.
"""

import re
from collections.abc import Callable

from assistant import councils
from assistant.question import Question, Want
from assistant.vocabulary import expansions
from corpus.dates import find_dates
from corpus.folding import fold
from index.analysis import terms

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|third|quarter|first|second|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|several|none|no"
)
# Each run of digits is tried once, from its start, so that a page of figures takes no longer than a page of words.
_NUMBER = re.compile(
    rf"(?<![\w.,])£?\d[\d,]*+(?:\.\d+)?+(?:%|(?!\w))|(?<![\w.])(?:{_NUMBER_WORDS})(?!\w)", re.IGNORECASE
)
_MONEY = re.compile(r"£\s?\d|(?<![\w.,])\d[\d,.]*+\s?(?:million|thousand|k\b|m\b)|\bpounds\b", re.IGNORECASE)
_SHARE = re.compile(r"\d\s?%|\bper ?cent\b", re.IGNORECASE)
_REFERENCE_NUMBER = re.compile(
    r"^\W*\d+(?:\.\d+)*[.)]?\s|\b(?:appendix|section|item|rule|phase)\s+\d[\d.]*", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?:in|by|this|next|last|early|late) (?:the )?(?:spring|summer|autumn|winter)\b|"
    rf"\b(?:\d+|{_NUMBER_WORDS}) (?:weeks?|months?|years?|days?)\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:daily|weekly|monthly|quarterly|annual(?:ly)?)\b|\b(?:every|each|per|a) (?:day|week|month|quarter|year)\b",
    re.IGNORECASE,
)
_POSTS = (
    r"(?:director|dcs|chair(?:s|ed|man|woman|person)?|lead member|commissioner|secretary|head of|portfolio holder|"
    r"manager|minister|chief executive|lead inspector|author)"
)
_POST = re.compile(
    rf"\b(?:{_POSTS}|officers?|members?|councillors?|cllrs?|inspectors?|social workers?|colleagues|ofsted)\b",
    re.IGNORECASE,
)
# A name is known by a title in front of it, or by the post that follows it: no list of names is needed.
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Sir|Dame)\.? (?:Mr|Mrs|Ms|Miss|Dr)?\.? ?[A-Z][a-z]+|"
    r"\b[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?(?=(?:,| -) (?:[a-z]+ )?[A-Z])"
)
_COUNTED = re.compile(r"\b(?:how many|numbers? of|average|rate of|the (?=vote))\s*(.*)", re.IGNORECASE)
_ASKS_MONEY = re.compile(
    r"\bcost(?:s|ing)?\b|\bpaid\b|\bsalary\b|\bspen(?:d|t|ding)\b|\bmoney\b|\bbudget\b|"
    r"\bhow much (?:did|does|do|will) .*\bg[ia]ve\b",
    re.IGNORECASE,
)


def supplies(question: Question) -> Callable[[str], bool]:
    """A test for a sentence: whether it can supply the kind of answer that ``question`` wants."""
    asked = fold(question.asked)
    if question.wants is Want.HOW_MANY:
        return _counts(asked)
    if question.wants is Want.WHO:
        return _names(asked)
    if question.wants is Want.WHEN:
        often = bool(re.search(r"\bhow often\b", asked, re.IGNORECASE))
        return lambda sentence: bool(
            _OFTEN.search(sentence) if often else find_dates(sentence) or _TIME.search(sentence)
        )
    return lambda sentence: True


def _counts(asked: str) -> Callable[[str], bool]:
    if _ASKS_MONEY.search(asked):
        return lambda sentence: bool(_MONEY.search(fold(sentence)))
    if re.search(r"%|\bper ?cent|\bproportion\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_SHARE.search(fold(sentence)))
    counted = _COUNTED.search(asked)
    things = _leading_terms(counted[1]) if counted else frozenset()
    return lambda sentence: _has_number(sentence) and (not things or bool(things & frozenset(terms(sentence))))


def _leading_terms(words: str) -> frozenset[str]:
    """The terms of "additional social work posts has…" up to its first word of grammar: what is counted."""
    found: list[str] = []
    for word in words.split():
        read = terms(word)
        if not read:
            break
        found += read
    return frozenset(found)


def _has_number(sentence: str) -> bool:
    words = _REFERENCE_NUMBER.sub(" ", fold(sentence))
    ends = [0, *(edge for day in find_dates(words) for edge in (day.start, day.end)), len(words)]
    return any(_NUMBER.search(words[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True))


def _names(asked: str) -> Callable[[str], bool]:
    if re.search(r"\bwhich (?:other )?(?:authority|council) ", asked, re.IGNORECASE):
        known = {name.name for name in councils.named(asked, ())}
        return lambda sentence: any(name.name not in known for name in councils.named(sentence, ()))
    posts = _posts(" ".join([asked, *(official for word, official in expansions(asked) if word.isupper())]))
    if posts:
        return lambda sentence: bool(posts & _posts(sentence) and _PERSON.search(fold(sentence)))
    if re.search(r"\bname\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_PERSON.search(fold(sentence)))
    return lambda sentence: bool(_POST.search(fold(sentence)) or _PERSON.search(fold(sentence)))


def _posts(text: str) -> set[str]:
    """The posts a text names, as terms: a question about one is met only where that one is named."""
    return {term for match in re.finditer(rf"\b{_POSTS}\b", fold(text), re.IGNORECASE) for term in terms(match[0])}
