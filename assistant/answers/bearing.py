"""Bearing: how likely each hit is to be to the point, weighed from a few signals that can be explained to a person.

The weights are those of a logistic regression, fitted by ``python -m evaluation.fitting`` on the tuning questions and
committed in weights.toml. They are fitted on questions with and without an answer alike, so that the best passage of
a question that the documents do not answer weighs little: whether to answer is decided by the same number.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.answers.kinds import supplies
from assistant.answers.quoting import words_of
from assistant.answers.retrieve import OUTCOMES
from assistant.questions.lists import in_lists
from assistant.questions.question import Question
from assistant.questions.wants import Want, roles_named, speakers
from corpus.model import Document, Passage, Role
from index.index import Index
from index.model import Hit
from index.words.analysis import terms

WEIGHTS = Path(__file__).with_name("weights.toml")
# Words stand together that have at most one other between them.
REACH = 2
# Letters and digits together name one thing, and are found in the passage or not.
_CODE = re.compile(r"(?=\w*\d)(?=\w*[a-z])\w+")
# Without a reader, what bears less than this does not answer: chosen on the tuning questions.
LEAST_BEARING = -2.0
# Of so many documents the terms are kept, for questions with names in them.
DOCUMENTS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a hit and a question, each from 0 to 1.

    ``meaning``: how near it is to the question in meaning, and ``nearest``: how little less than the nearest hit of
    the same search; both are 0 without a model. ``lexical``: BM25, as a share of the best of the same search.
    ``place``: how high the search put it, 1 for the first, a half for the second. ``together``: the share of the
    question's neighbouring words that stand together. ``supplies``: a sentence of it can supply the kind of answer
    wanted, and it holds each code asked for ("B2"). ``role``: it is what is asked for, a decision, a risk, a judgement
    or of the list. ``opens``: it introduces a list or a table, where one is asked for. ``voice``: it gives words of
    those whose words are asked for.
    """

    meaning: float
    nearest: float
    lexical: float
    place: float
    together: float
    supplies: float
    role: float
    opens: float
    voice: float


# The role of what answers, where the kind of answer wanted tells it.
_ROLES = {Want.DECISION: OUTCOMES, Want.PRECEDENT: OUTCOMES, Want.GRADE: frozenset({Role.JUDGEMENT})}

NAMES = tuple(field.name for field in fields(Signals))


def bearings(question: Question, hits: Sequence[Hit], index: Index) -> dict[str, float]:
    """How each hit of one search bears on the question, by passage: log-odds that it is to the point."""
    weights = _weights()["with a model" if index.dense else "words alone"]
    return {
        id: weights["constant"] + sum(weights[name] * getattr(one, name) for name in NAMES)
        for id, one in signals(question, hits, index).items()
    }


def signals(question: Question, hits: Sequence[Hit], index: Index) -> dict[str, Signals]:
    """The signals of each hit of one search, by passage."""
    asked_of = speakers(question.asked)
    roles = roles_named(question.asked) or _ROLES.get(question.wants, frozenset())
    able = supplies(question.whole, question.wants)
    best = max((hit.bm25 for hit in hits), default=0.0) or 1.0
    near = {hit.passage.id: _meaning(hit) for hit in hits}
    nearest = max(near.values(), default=0.0)
    codes = {term for term in question.topic if _CODE.fullmatch(term)}
    return {
        hit.passage.id: Signals(
            meaning=near[hit.passage.id],
            nearest=1 - (nearest - near[hit.passage.id]) if hit.cosine is not None else 0.0,
            lexical=hit.bm25 / best,
            place=1 / rank,
            together=_together(question, hit.passage),
            supplies=float(codes <= hit.matched and any(able(words) for words in words_of(hit.passage))),
            role=float(hit.passage.role in roles or in_lists(hit.passage, question.lists, index)),
            voice=float(any(spoken.voice in asked_of for spoken in hit.passage.voices)),
            opens=float(hit.passage.opens is not None and (question.wants is Want.LIST or bool(question.lists))),
        )
        for rank, hit in enumerate(hits, 1)
    }


def answering(question: Question, hit: Hit, bears: float, index: Index) -> float:
    """How likely a hit answers, as log-odds, by how it ``bears`` and by what comes of reading it with the question.

    Without a reader it is the bearing alone that tells.
    """
    read = index.read(question.text, hit.passage)
    if read is None:
        return bears - LEAST_BEARING
    weights = _weights()["an answer, with a reader"]
    return weights["constant"] + weights["bearing"] * bears + weights["read"] * read


def strength(question: Question, hit: Hit, index: Index) -> float:
    """How strongly a hit speaks of the question's subject, whatever the others do: by its meaning and its words.

    Its cosine, half that of the whole passage and half that of its nearest sentence, and half the share of the
    question's weight that it holds, in the question's words or the official ones; without a model, all by that share.
    """
    weights = {term: index.weight(term) for term in question.topic}
    held = sum(
        weight
        for term, weight in weights.items()
        if term in hit.matched or any(other <= hit.matched for other in question.topic[term])
    )
    share = held / sum(weights.values()) if weights else 1.0
    return share if hit.cosine is None else _meaning(hit) + share / 2


def _meaning(hit: Hit) -> float:
    """How near a hit is to the question in meaning: half by the whole of it, half by its nearest sentence.

    A cosine below 0 is of things as far apart as any; without a model it is 0.
    """
    if hit.cosine is None:
        return 0.0
    return max(0.0, (hit.cosine + max(hit.sentences, default=hit.cosine)) / 2)


def _together(question: Question, passage: Passage) -> float:
    """The share of the question's pairs of neighbouring topic words that stand together in a passage, in any order.

    A question of one word has no pairs: it is all there or not.
    """
    topic = [term for term in question.terms if term in question.topic]
    pairs = set(pairwise(topic))
    if not pairs:
        return float(bool(topic) and set(topic) <= set(terms(passage.text)))
    places: dict[str, list[int]] = {}
    for place, term in enumerate(terms(passage.text)):
        places.setdefault(term, []).append(place)
    near = sum(any(abs(n - m) <= REACH for n in places.get(a, ()) for m in places.get(b, ())) for a, b in pairs)
    return near / len(pairs)


def names(question: Question, document: Document | None) -> bool:
    """Whether a document has each name and acronym of the question, or another way of writing it."""
    if not question.names or document is None:
        return True
    words = _as_terms(document.text)
    return all(any(_as_terms(form) in words for form in forms) for forms in question.names)


@lru_cache(maxsize=DOCUMENTS_KEPT)
def _as_terms(text: str) -> str:
    """The terms of a text in a row, each between spaces, so that one row can be looked for in another."""
    return f" {' '.join(terms(text))} "


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
