"""Whether a sentence can supply the kind of answer that a question wants.

A "how many" is met by a number of that thing, a "who" by a name or a post, a "when" by a date, a "why" by a reason, a
grade by a judgement. A sentence that only speaks of the subject does not answer: it is offered as related, under words
that say so.
"""

import re
from bisect import bisect
from collections.abc import Callable, Mapping

from assistant.questions import councils
from assistant.questions.vocabulary import expansions
from assistant.questions.wants import Want, asks_ahead
from corpus.dates import find_dates
from corpus.folding import fold
from corpus.passages.acronyms import definitions
from index.words.analysis import term_spans, terms

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|third|quarter|first|second|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|several|none|no"
)
# Each run of digits is tried once, from its start, so that a page of figures takes no longer than a page of words.
_NUMBER = re.compile(
    rf"(?<![\w.,])£?\d[\d,]*+(?:\.\d+)?+(?:%|(?!\w))|(?<![\w.])(?:{_NUMBER_WORDS})(?!\w)", re.IGNORECASE
)
_MONEY = re.compile(r"£\s?\d|(?<![\w.,])\d[\d,.]*+\s?(?:million|thousand|k\b|m\b)|\bpounds\b", re.IGNORECASE)
_SHARE = re.compile(
    rf"\d\s?%|\bper ?cent\b|\b(?:half|third|quarter|fifth|tenth)s?\b|\bone in\b|"
    rf"\b(?:\d+|{_NUMBER_WORDS}) (?:out )?of (?:the )?(?:\d+|{_NUMBER_WORDS})\b",
    re.IGNORECASE,
)
_REFERENCE_NUMBER = re.compile(
    r"^\W*\d+(?:\.\d+)*[.)]?\s|\b(?:appendix|section|item|rule|phase)\s+\d[\d.]*", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?:in|by|this|next|last|early|late) (?:the )?(?:spring|summer|autumn|winter)\b|"
    rf"\b(?:\d+|{_NUMBER_WORDS}) (?:weeks?|months?|years?|days?)\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
# What is yet to be: a date without any of these has been.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|scheduled|planned|expect(?:s|ed)?|intend(?:s|ed)?|possible|likely|proposed|due|next|"
    r"future|at the earliest|to be|is|are)\b|\bby (?=\d)",
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
    rf"\b(?:{_POSTS}|boards?|committees?|panel|teams?|department|government|officers?|members?|councillors?|cllrs?|"
    r"inspectors?|social workers?|colleagues|ofsted)\b",
    re.IGNORECASE,
)
# A name is known by a title in front of it, or by the post that follows it: no list of names is needed.
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllrs?|Councillors?|Sir|Dame)\.? (?:Mr|Mrs|Ms|Miss|Dr)?\.? ?[A-Z][a-z]+|"
    r"\b[A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?(?=(?:,| -) (?:[a-z]+ )?[A-Z])"
)
_REASON = re.compile(
    r"\b(?:because|due to|as a (?:result|consequence)|(?:result|impact) of|owing to|therefore|since|reasons?|causes?|"
    r"caus(?:ed|ing)|led to|leading to|attribut\w+|main issue|key to|meant that|mean(?:s|ing) that|given that|"
    r"in order to|so that|to ensure|as (?:this|these|it|they)|was why|is why|explained (?:that|by)|related to|affects|"
    r"driven by|resulting)\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\binadequate\b|\brequires? improvement\b|\boutstanding\b|\b(?:amber|red|green)\b|\b[A-E][1-5]\b|"
    r"\bsatisfactory\b|(?:\b(?:rated|judged|graded|is|are|was|were|be|been|as|remains?|now)|\t|:)\s*(?:as )?good\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:agreed|resolved|decided|determined|approved|noted|endorsed|accepted|adopted|undertook)\b|"
    r"^\W*(?:\w{1,3}[.)]\s*)?that\b",
    re.IGNORECASE,
)
# A name of two words or more, or letters that stand for one.
_NAME = re.compile(r"\b[A-Z][a-z]+(?:(?: (?:and|of|the|for|in))* [A-Z][a-z]+)+\b|\b[A-Z]{3,}\b")
# How many words may stand between a number and what it counts.
_NUMBER_REACH = 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!\s*(?:children|cases|people))")
# Words that count, but more often only point ("one of these", "no doubt"): they count what follows them at once.
_POINTING = re.compile(r"(?:no|none|one|first|second)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"^(.*)\bnumbers\W*$", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how many|numbers? of|average|rate of|the (?=vote))\s*(.*)", re.IGNORECASE)
# Who is counted as people may be inspectors, members or children.
_ANYBODY = frozenset(terms("people persons"))
_COPULA = re.compile(r"\b(?:is|are|was|were)\b", re.IGNORECASE)
_ASKS_MONEY = re.compile(
    r"\bcost(?:s|ing)?\b|\bpaid\b|\bsalary\b|\bspen(?:d|t|ding)\b|\bmoney\b|\bbudget\b|"
    r"\bhow much (?:did|does|do|will) .*\bg[ia]ve\b",
    re.IGNORECASE,
)


def supplies(asked: str, wants: Want) -> Callable[[str], bool]:
    """A test for a sentence: whether it can supply the kind of answer that the question ``asked`` wants."""
    asked = fold(asked)
    return _TESTS[wants](asked) if wants in _TESTS else lambda sentence: True


def _times(asked: str) -> Callable[[str], bool]:
    if re.search(r"\bhow often\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_OFTEN.search(sentence))
    ahead = asks_ahead(asked)
    return lambda sentence: bool(
        (find_dates(sentence) or _TIME.search(sentence)) and (not ahead or _AHEAD.search(sentence))
    )


def _reasons(asked: str) -> Callable[[str], bool]:
    return lambda sentence: bool(_REASON.search(sentence))


def _grades(asked: str) -> Callable[[str], bool]:
    return lambda sentence: bool(_JUDGED.search(fold(sentence)))


def _meanings(asked: str) -> Callable[[str], bool]:
    """What an acronym stands for is said where both stand side by side."""
    letters = {word.rstrip("s").upper() for word in re.findall(r"[A-Za-z]{2,}", asked)}
    return lambda sentence: any(found.short.rstrip("s").upper() in letters for found in definitions(sentence))


def _things(asked: str) -> Callable[[str], bool]:
    """The name of a council, an organisation or a law that the question has not named itself."""
    if re.search(r"\b(?:authority|council)\b", asked, re.IGNORECASE):
        known = {name.name for name in councils.named(asked, ())}
        return lambda sentence: any(name.name not in known for name in councils.named(sentence, ()))
    said = frozenset(terms(asked))
    return lambda sentence: any(set(terms(name[0])) - said for name in _NAME.finditer(fold(sentence)))


def _decisions(asked: str) -> Callable[[str], bool]:
    """What was decided; what was only asked for, where that is the question."""
    if re.search(r"\brecommend|\basked to\b|\breasons?\b|\bsuggested\b", asked, re.IGNORECASE):
        return lambda sentence: True
    return lambda sentence: bool(_DECIDED.search(sentence))


def _counts(asked: str) -> Callable[[str], bool]:
    if _ASKS_MONEY.search(asked):
        return lambda sentence: bool(_MONEY.search(fold(sentence)))
    if re.search(r"%|\bper ?cent|\bproportion\b|\bwhat share\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_SHARE.search(fold(sentence)))
    counted, numbers = _COUNTED.search(asked), _NUMBERS.search(asked)
    named = counted[1] if counted else numbers[1] if numbers else ""
    # "How many authorities are partners" is told by a number of either.
    ways = [things for words in (named, *_COPULA.split(named, maxsplit=1)[1:]) if (things := _leading_terms(words))]
    if ways and not ways[0] & _ANYBODY:
        return lambda sentence: any(_counted(fold(sentence), things) for things in ways)
    about = frozenset(terms(" ".join((asked, *(official for _, official in expansions(asked))))))
    return lambda sentence: _any_number(fold(sentence), about)


def _leading_terms(words: str) -> frozenset[str]:
    """The terms of "additional social work posts has…" up to its first word of grammar: what is counted."""
    found: list[str] = []
    for word in words.split():
        read = terms(word)
        if not read:
            break
        found += read
    return frozenset(found)


def _numbers(sentence: str) -> tuple[str, list[re.Match[str]]]:
    """A sentence with its references, years and dates blanked out, and the numbers left in it."""
    words = _REFERENCE_NUMBER.sub(lambda found: " " * len(found[0]), sentence)
    words = _YEAR.sub("    ", words)
    for day in find_dates(words):
        words = words[: day.start] + " " * (day.end - day.start) + words[day.end :]
    return words, list(_NUMBER.finditer(words))


def _any_number(sentence: str, about: frozenset[str]) -> bool:
    """Whether a sentence has a number, of what the question does not say; one that may only point is "one child"."""
    words, numbers = _numbers(sentence)
    return any(
        not _POINTING.match(number[0]) or about & set(terms(" ".join(words[number.end() :].split()[:1])))
        for number in numbers
    )


def _counted(sentence: str, things: frozenset[str]) -> bool:
    """Whether a sentence has a number, and beside it the things that are counted."""
    words, numbers = _numbers(sentence)
    named = [(term, start, end) for term, start, end in term_spans(sentence) if term in things]
    if 2 * len({term for term, _, _ in named}) < len(things):
        return False
    # A number counts one of the things next to it or none, so a page of both takes no longer than a page of words.
    starts = [start for _, start, _ in named]
    beside = [(number, bisect(starts, number.start())) for number in numbers]
    return any(
        _counts_it(words, number, start, end) for number, n in beside for _, start, end in named[max(n - 1, 0) : n + 2]
    )


def _counts_it(words: str, number: re.Match[str], start: int, end: int) -> bool:
    """Whether a number stands so near to a thing, from ``start`` to ``end``, that it may count it."""
    between = len(words[min(number.end(), end) : max(number.start(), start)].split())
    if _POINTING.match(number[0]):
        return number.end() <= start and between <= 1
    return between <= _NUMBER_REACH


def _names(asked: str) -> Callable[[str], bool]:
    posts = _posts(" ".join([asked, *(official for word, official in expansions(asked) if word.isupper())]))
    if posts:
        return lambda sentence: bool(posts & _posts(sentence) and _PERSON.search(fold(sentence)))
    if re.search(r"\bname\b|\bwhich (?:councillor|cllr|officer|member|person)\b", asked, re.IGNORECASE):
        return lambda sentence: bool(_PERSON.search(fold(sentence)))
    return lambda sentence: bool(_POST.search(fold(sentence)) or _PERSON.search(fold(sentence)))


def _posts(text: str) -> set[str]:
    """The posts a text names, as terms: a question about one is met only where that one is named."""
    return {term for match in re.finditer(rf"\b{_POSTS}\b", fold(text), re.IGNORECASE) for term in terms(match[0])}


_TESTS: Mapping[Want, Callable[[str], Callable[[str], bool]]] = {
    Want.HOW_MANY: _counts,
    Want.WHO: _names,
    Want.WHICH: _things,
    Want.WHEN: _times,
    Want.WHY: _reasons,
    Want.GRADE: _grades,
    Want.MEANING: _meanings,
    Want.DECISION: _decisions,
}
