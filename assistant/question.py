"""Understanding a question: what it asks for, what it is about, and what it may be answered with."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    added. ``topic`` are the terms that carry the subject, each with the other ways of saying it. ``own_topic`` is
    false for a turn that names no subject of its own ("what did they decide").
    """

    asked: str
    text: str
    terms: tuple[str, ...]
    topic: Mapping[str, tuple[frozenset[str], ...]]
    wants: Want
    own_topic: bool = True


# In order: the first that matches is what is wanted.
_WANTS = (
    (Want.HOW_MANY, r"\bhow (?:many|much)\b|%|\bper ?cent(?:age)?\b|\bwhat (?:number|proportion|share|rate)\b|"
                    r"\b(?:number|average|rate|total|cost) (?:of|per|for)\b|\baverage\b|\brate per\b|\bwhat (?:was|is) the (?:vote|cost|budget|average)\b"),
    (Want.WHO, r"\bwho(?:se|m|'s)?\b|\bname of\b|\btheir name\b|\bwhich (?:officer|councillor|person|authority|council)\b"),
    (Want.WHEN, r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bdates? (?:of|for)\b|\bhow (?:long|soon|often)\b|\bdeadline\b"),
    (Want.DECISION, r"\b(?:decide|decides|decided|decision|decisions|agreed|resolve|resolved|resolution|resolutions|"
                    r"precedents?|approved|voted)\b"),
    (Want.LIST, r"^\W*(?:please )?(?:list|name)\b|\bwhat (?:are|were) (?:all )?(?:the|their|its)\b|"
                r"\b(?:which|what) [a-z-]+s (?:are|were|did|have|has|need)\b|\ball (?:of )?the\b"),
)  # fmt: skip
_WANTS_COMPILED = tuple((want, re.compile(pattern, re.IGNORECASE)) for want, pattern in _WANTS)
# How people frame a question, as opposed to what it is about.
_FRAMING = frozenset(
    terms(
        "say says said tell told think thought know list name number many much date happen happened happening give given "
        "find found show please anything anyone anybody someone something everything thing things mention mentioned "
        "discuss discussed regarding concerning look mean means meant get got getting going go went come came "
        "report reported state stated decide decided decision agree agreed resolve resolved resolution precedent percent "
        "percentage average rate long soon often ok okay sorry council"
    )
)


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


def understand(
    question: str, text: str, also: Sequence[tuple[str, str]] = (), scoped: frozenset[str] = frozenset()
) -> Question:
    """Read a checked question.

    ``text`` is what to search with: the question, mended, with what the conversation adds and without its scope.
    ``also`` pairs words of it with official ones. ``scoped`` are terms that name the scope, and so are no part of the
    topic within it.
    """
    topic: dict[str, tuple[frozenset[str], ...]] = {term: () for term in topic_terms(text) if term not in scoped}
    for ordinary, official in also:
        for term in terms(ordinary):
            if term in topic:
                topic[term] += (frozenset(terms(official)),)
    official_words = [official for _, official in also]
    looked_up = [term for term in terms(text) if term in topic]
    looked_up += [term for official in official_words for term in terms(official)]
    return Question(
        asked=question,
        text=" ".join([text, *official_words]),
        terms=tuple(looked_up),
        topic=topic,
        wants=_wanted(question),
        own_topic=bool(set(topic_terms(question)) - scoped),
    )


def topic_terms(text: str) -> tuple[str, ...]:
    """The terms of ``text`` that are its subject, and not the framing of a question."""
    return tuple(dict.fromkeys(term for term in terms(text) if term not in _FRAMING))


def _wanted(question: str) -> Want:
    folded = fold(question)
    return next((want for want, pattern in _WANTS_COMPILED if pattern.search(folded)), Want.FACT)
