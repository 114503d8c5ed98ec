"""Understanding a question: what it asks for, what it is about, and what it may be answered with."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.followup import Turn
from assistant.scope import Scope
from assistant.topic import ACRONYM, topic_terms
from assistant.vocabulary import Words, expansions
from corpus.folding import fold
from index.analysis import terms

LONGEST_QUESTION = 1000


class BadQuestion(ValueError):
    """A question that cannot be asked; the text tells the person why and what to do."""


class Want(StrEnum):
    """The kind of answer a question asks for."""

    FACT = "fact"
    WHO = "who"
    WHEN = "when"
    HOW_MANY = "how many"
    LIST = "list"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``asked`` is what was typed. ``text`` is what is encoded and ``terms`` what is looked up, both with official words
    added and without the scope's. ``alone`` is the turn by itself, where it leans on an earlier one. ``topic`` are the
    terms that carry the subject, each with the other ways of saying it. ``own_topic`` is false for a turn that names
    no subject of its own ("what did they decide"). ``broad`` asks of several councils. ``names`` holds the question's
    acronyms and proper names, each with the other ways of writing it.
    """

    asked: str
    text: str
    terms: tuple[str, ...]
    topic: Mapping[str, tuple[frozenset[str], ...]]
    wants: Want
    alone: str = ""
    own_topic: bool = True
    broad: bool = False
    names: tuple[tuple[str, ...], ...] = ()


# In order: the first that matches is what is wanted.
_WANTS = (
    (
        Want.DECISION,
        r"\bwhat\b.*\b(?:decided?|decides|agreed?|resolved?|approved?)\b|\b(?:decisions?|resolutions?|precedents?)\b|"
        r"\b(?:committees?|boards?|cabinets?|councils?|panels?)\b.*\b(?:noted|resolved?|agreed?|decided?)\b",
    ),
    (
        Want.HOW_MANY,
        r"\bhow (?:many|much)\b|%|\bper ?cent(?:age)?\b|\bwhat (?:number|proportion|share)\b|\bnumbers? of\b|"
        r"\baverage\b|\brate per\b|\bcost(?:s|ing)?\b|\bpaid\b|\bsalary\b|\bspen(?:d|t|ding)\b|\bthe vote\b",
    ),
    (
        Want.WHO,
        r"\bwho(?:se|m|s|'s)?\b|\b(?:his|her|their|what) name\b|\bname of\b|\bjob title\b|"
        r"\bwhich (?:officers?|councillors?|person|people)\b|\b(?:phone|email|contact)\b|"
        r"\bwhich (?:other )?(?:authority|council) (?:is|was|has|did|that)\b",
    ),
    (
        Want.WHEN,
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bdates? (?:of|for)\b|\bhow (?:long|soon|often)\b|"
        r"\bdeadline\b|(?<!\bto )(?<!\bof )\bdate\b",
    ),
    (
        Want.LIST,
        r"^\W*(?:please )?(?:list|name)\b|\bwhat (?:are|were) (?:all )?(?:the|their|its)\b|"
        r"\b(?:which|what) [a-z-]+s (?:are|were|did|have|has|need)\b|\ball (?:of )?the\b|\beverything\b",
    ),
)
# A question about several councils or documents, none of which may be left out for speaking less plainly.
_BROAD = re.compile(
    r"\bcompar(?:e|ed|ison|ing)\b|\bversus\b|\bvs\b|\bdiffer(?:ence|ent|s)?\b|\banyone\b|\banywhere\b|\banybody\b|"
    r"\bany council\b|\bwhich (?:councils|committees|authorities|areas)\b|\beach council\b|\bprecedents?\b|"
    r"\bwhose?\b.*\bwhere\b",
    re.IGNORECASE,
)
_WANTS_COMPILED = tuple((want, re.compile(pattern, re.IGNORECASE)) for want, pattern in _WANTS)
# "who" and "when" ask where they come first, or after words that lead up to a question; in "children who go missing"
# and "what happens when a child is hurt" they only join.
_OTHER_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|also|then|please)\W+)*(?:what|which|why|how|where|is|are|was|were|do|does|did|has|have|had|"
    r"can|could|will|would|should|list|name)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?<!\band)(?<!\bor)(?<!\bknow)(?<!\bknown)(?<!\bsay)(?<!\bsaid)(?<!\bme)(?<!\bus)(?<!\bof)(?<!\bto)(?<!\bby)"
    r"(?<!\bout)(?<=[a-z])\s(?:who(?:se|m)?|when)\b",
    re.IGNORECASE,
)
_WHENEVER = re.compile(r"^\W*when (?!(?:is|are|was|were|do|does|did|has|have|had|can|will)\b)(?=.* (?:what|how|who)\b)")
_CLAUSE = re.compile(r"\b(?:,\s*)?and (?=(?:who|what|when|where|how|which|why)\b)|(?<=\?)\s+(?=\S)", re.IGNORECASE)


def check(asked: str) -> str:
    """The question as typed, without white space at its ends.

    Raises :class:`BadQuestion` where there is none, where it is too long, or where it has control characters.
    """
    if len(asked) > LONGEST_QUESTION:
        raise BadQuestion(f"Your question has {len(asked):,} characters. Ask in {LONGEST_QUESTION:,} or fewer.")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n" for letter in asked):
        raise BadQuestion("Your question has characters that cannot be typed, such as control codes. Type it again.")
    question = " ".join(asked.split())
    if not question:
        raise BadQuestion("Type a question.")
    return question


def lacks_detail(question: Question, scope: Scope) -> bool:
    """Whether a question says too little to be searched for: it has no subject, and nothing but names limits it.

    "What was decided?" is of every item, so it can be answered.
    """
    if question.topic or question.wants is Want.DECISION:
        return False
    return not scope.chips or (question.wants is Want.FACT and set(terms(question.text)) <= scope.terms)


def understand(turn: Turn, words: Words, scope: Scope) -> list[Question]:
    """The questions in a turn: most often one, but two in "who wrote it and who is the lead member"."""
    parts = [part.strip() for part in _CLAUSE.split(words.text) if topic_terms(part)]
    if turn.leans or len(parts) < 2:
        return [_question(turn.asked, words.text, words, scope, leans=turn.leans)]
    return [_question(part, part, words, scope) for part in parts]


def _question(asked: str, text: str, words: Words, scope: Scope, leans: bool = False) -> Question:
    """One question, read without the words of its scope and with the official words for its ordinary ones."""
    text = scope.topic_of(text)
    named = scope.terms | scope.removed
    topic: dict[str, tuple[frozenset[str], ...]] = {term: () for term in topic_terms(text) if term not in named}
    for ordinary, official in words.also:
        for term in terms(ordinary):
            if term in topic:
                topic[term] += (frozenset(terms(official)),)
    official_words = [official for _, official in words.also]
    looked_up = [term for term in terms(text) if term in topic or term in scope.removed]
    looked_up += [term for official in official_words for term in terms(official)]
    own_topic = bool(set(topic_terms(asked)) - named)
    return Question(
        asked=asked,
        text=" ".join([text, *official_words]),
        alone=_alone(asked, words, scope) if leans and own_topic else "",
        terms=tuple(looked_up),
        topic=topic,
        wants=_wanted(asked),
        own_topic=own_topic,
        broad=bool(_BROAD.search(fold(asked))),
        names=_names(text, topic, words),
    )


def _alone(asked: str, words: Words, scope: Scope) -> str:
    """The turn by itself, mended, with the official words for those that are its own."""
    text = " ".join(words.mended.get(word, word) for word in asked.split())
    own = set(terms(text))
    return " ".join([scope.topic_of(text), *(official for word, official in words.also if own & set(terms(word)))])


def _names(text: str, topic: Mapping[str, object], words: Words) -> tuple[tuple[str, ...], ...]:
    """The acronyms and proper names of the topic, each in front of what else it is called; of a shout, the names."""
    acronyms = [] if text.isupper() else [match[1] for match in ACRONYM.finditer(text)]
    found = dict.fromkeys(name for name in (*acronyms, *words.names) if set(terms(name)) <= topic.keys())
    return tuple((name, *(official for _, official in expansions(name))) for name in found)


def _wanted(question: str) -> Want:
    folded = fold(question)
    if _OTHER_ASKS.search(folded):
        folded = _JOINS.sub(" ", folded)
    folded = _WHENEVER.sub(" ", folded)
    return next((want for want, pattern in _WANTS_COMPILED if pattern.search(folded)), Want.FACT)
