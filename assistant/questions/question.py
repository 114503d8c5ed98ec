"""Understanding a question: what it asks for, what it is about, and what it may be answered with."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.questions.followup import Turn, carried
from assistant.questions.lists import listing, lists_named
from assistant.questions.personal import refuse
from assistant.questions.scope import Scope
from assistant.questions.topic import topic_terms, without
from assistant.questions.vocabulary import Words, expansions
from assistant.questions.wants import GRADES, Want, speaking, wanted
from corpus.folding import fold
from corpus.passages.acronyms import ACRONYM
from index.words.analysis import terms

LONGEST_QUESTION = 1000
# What an inspection's grade is of, where a question does not say ("was it inadequate").
OVERALL = "overall effectiveness"


class BadQuestion(ValueError):
    """A question that cannot be asked; the text tells the person why and what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``asked`` is what was typed, and ``whole`` that with the question it leans on in front. ``text`` is what is encoded
    and ``terms`` what is looked up, both with official words added and without the scope's. ``alone`` is the turn by
    itself, where it leans on an earlier one. ``topic`` are the terms that carry the subject, each with the other ways
    of saying it. ``own_topic`` is false for a turn that names no subject of its own ("what did they decide"). ``broad``
    asks of several councils. ``lists`` is what the lists are headed that it asks for. ``names`` holds
    the question's acronyms and proper names, each with the other ways of writing it.
    """

    asked: str
    text: str
    terms: tuple[str, ...]
    topic: Mapping[str, tuple[frozenset[str], ...]]
    wants: Want
    whole: str = ""
    alone: str = ""
    own_topic: bool = True
    broad: bool = False
    names: tuple[tuple[str, ...], ...] = ()
    lists: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a turn was understood to ask: its words as mended, its scope, and the questions in it, at least one."""

    words: Words
    scope: Scope
    questions: tuple[Question, ...]

    @property
    def unsearched(self) -> bool:
        """Whether there is nothing to search in, or nothing to search for."""
        return bool(self.scope.unmet) or lacks_detail(self.questions[0], self.scope)


# A question about several councils or documents, none of which may be left out for speaking less plainly.
_BROAD = re.compile(
    r"\bcompar(?:e|ed|ison|ing)\b|\bversus\b|\bvs?\b|\bdiffer(?:ence|ent|s)?\b|\b(?:each|every) council\b|"
    r"\bwhich (?:councils|committees|authorities|areas)\b|\bwhose?\b.*\bwhere\b",
    re.IGNORECASE,
)
# A turn that holds another case against the answer before it, and so asks the same.
_SAME = re.compile(r"^\W*(?:\w+\W+)?(?:is|was|are|were) (?:that|this|those|it the same|they the same)\b", re.IGNORECASE)
# A turn with none of these asks nothing itself.
_ASKS = re.compile(
    r"\b(?:what|whats|who|whos|whose|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|"
    r"would|should|any|anything|list|name|number|tell)\b|%",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:,\s*)?and (?=(?:who|what|when|where|how|which|why)\b)|(?<=\?)\s+(?=\S)", re.IGNORECASE)


def check(asked: str) -> str:
    """The question as typed, without white space at its ends.

    Raises :class:`BadQuestion` where there is none, where it is too long, where it has control characters, or where it
    seems to hold somebody's personal details. Every question passes here, before anything else is done with it.
    """
    if len(asked) > LONGEST_QUESTION:
        raise BadQuestion(f"Your question has {len(asked):,} characters. Ask in {LONGEST_QUESTION:,} or fewer.")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n" for letter in asked):
        raise BadQuestion("Your question has characters that cannot be typed, such as control codes. Type it again.")
    question = " ".join(asked.split())
    if not question:
        raise BadQuestion("Type a question.")
    refuse(question, BadQuestion)
    return question


def lacks_detail(question: Question, scope: Scope) -> bool:
    """Whether a question says too little to be searched for: it has no subject, and nothing but names limits it.

    "What was decided?" is of every item, and "what are the weaknesses?" of every list, so those can be answered.
    """
    if question.topic or question.lists or question.wants is Want.DECISION:
        return False
    return not scope.chips or (question.wants is Want.FACT and set(terms(question.text)) <= scope.terms)


def understand(turn: Turn, words: Words, scope: Scope) -> tuple[Question, ...]:
    """The questions in a turn: most often one, but two in "who wrote it and who is the lead member"."""
    parts = [part.strip() for part in _CLAUSE.split(words.text)]
    if turn.leans or len([part for part in parts if topic_terms(part)]) < 2:
        return (_question(turn, words.text, words, scope),)
    clauses = [carried(part, parts[:number], ()) for number, part in enumerate(parts)]
    return tuple(_question(clause, clause.text, words, scope) for clause in clauses if topic_terms(clause.text))


def _question(turn: Turn, text: str, words: Words, scope: Scope) -> Question:
    """One question, read without the words of its scope and with the official words for its ordinary ones."""
    asked = turn.asked
    text = scope.topic_of(text)
    named = scope.terms | scope.removed
    said_by = speaking(text)
    if set(topic_terms(text)) - said_by - named:
        text = without(text, said_by)
    wants = wanted(turn.base if _elliptical(turn, named) else asked)
    # What grade it supposes is no part of its subject: "was it inadequate" is answered by any grade. Nor is the list.
    supposed = frozenset(terms(" ".join(GRADES.findall(fold(text))))) if wants is Want.GRADE else listing(text)
    topic = _topic(text, words, named | supposed)
    official_words = [official for _, official in words.also]
    if wants is Want.GRADE and not topic:
        official_words.append(OVERALL)
    looked_up = [term for term in terms(text) if term in topic or term in scope.removed]
    if not looked_up and not official_words:
        looked_up = [term for term in terms(text) if term not in named]
    looked_up += [term for official in official_words for term in terms(official)]
    own_topic = _names_subject(asked, named)
    return Question(
        asked=asked,
        text=" ".join([text, *official_words]),
        whole=turn.text,
        alone=_alone(asked, words, scope) if turn.leans and own_topic else "",
        terms=tuple(looked_up),
        topic=topic,
        wants=wants,
        own_topic=own_topic,
        broad=bool(_BROAD.search(fold(asked))),
        names=_names(text, topic, words),
        lists=lists_named(asked) or lists_named(turn.text),
    )


def _topic(text: str, words: Words, besides: frozenset[str]) -> dict[str, tuple[frozenset[str], ...]]:
    """The terms of ``text`` that are its subject, without those ``besides``, each with the other ways of saying it."""
    topic: dict[str, tuple[frozenset[str], ...]] = {t: () for t in topic_terms(text) if t not in besides}
    for ordinary, official in words.also:
        for term in terms(ordinary):
            if term in topic:
                topic[term] += (frozenset(terms(official)),)
    return topic


def _names_subject(asked: str, named: frozenset[str]) -> bool:
    """Whether a turn has a subject of its own, beside the scope that it names."""
    return bool(set(topic_terms(asked)) - named)


def _elliptical(turn: Turn, named: frozenset[str]) -> bool:
    """Whether a turn leaves out what it asks, so that the question it leans on tells the kind of answer."""
    says_none = _SAME.search(fold(turn.asked)) or not _ASKS.search(fold(turn.asked))
    return turn.leans and not _names_subject(turn.asked, named) and bool(says_none)


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
