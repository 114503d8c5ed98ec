"""Choosing evidence: which hits answer, and whether to answer at all.

Whether to answer is decided by raw signals, each of which can be explained to the person: how near in meaning a
passage is (cosine), how much of the question's weight it holds, and whether it can supply the kind of answer wanted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from assistant.kinds import supplies
from assistant.question import Question, Want
from assistant.quoting import Chosen, as_lists, marked, words_of
from assistant.retrieve import OUTCOMES
from corpus.model import Document, Role
from index.analysis import terms
from index.local import LocalIndex
from index.model import Hit

# These are chosen on evaluation/questions/tuning.jsonl; the table is in evaluation/results.md.
MOST_EVIDENCE = 6
MOST_RELATED = 3
# How strongly a passage bears on a question: its cosine, and this much for all of the question's weight matched.
WORTH_OF_WORDS = 0.5
# Below this nothing is shown.
LEAST_STRENGTH = 0.4
# Nor what is this much weaker than the best passage of its document, or of a document this much weaker than the best.
FALL_WITHIN = 0.125
FALL_BETWEEN = 0.4
# So many are shown however far the others fall, if they are strong enough at all.
FEWEST = 2
# What a decision is worth where one is asked for, and what a name or a contact line costs where none is.
DECISION_BONUS = 0.15
HEADING_COST = 0.15
# Of a question about several documents, so many passages of one before the others have had their turn.
EACH_IN_TURN = 2


# Of so many documents the terms are kept, for questions with names in them.
DOCUMENTS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What answers, and what is only related: at most one of the two is not empty."""

    answers: tuple[Chosen, ...] = ()
    related: tuple[Chosen, ...] = ()


def choose(question: Question, searches: Sequence[Sequence[Hit]], index: LocalIndex) -> Found:
    """Choose among the hits of one search, or of one for each council that the question is about.

    Each document speaks for itself: what is shown of it is measured against its own best passage, so that an account
    in plainer words does not silence the others.
    """
    hits = _in_turn_of(searches)
    strengths = {hit.passage.id: strength(question, hit, index) for hit in hits}
    documents = {hit.passage.document: index.document(hit.passage.document) for hit in hits}
    named = {id for id, document in documents.items() if _names(question, document)}
    supported = [hit for hit in hits if strengths[hit.passage.id] >= LEAST_STRENGTH and hit.passage.document in named]
    supplied = supplies(question)
    able = [hit for hit in supported if any(supplied(part) for part in words_of(hit.passage))]
    near = _near(able or supported, strengths)
    if question.wants is Want.DECISION and (supported or not question.topic):
        # These are of the item that the question is about, in words that rarely repeat its subject.
        decided = [hit for hit in hits if hit.passage.role in OUTCOMES]
        rest = [hit for hit in near if hit.passage.role not in OUTCOMES] if question.own_topic else []
        near = decided + rest
        able = able if question.own_topic else near
    shown = _in_turn(as_lists(question, near, index))
    quoted = [marked(question, one, index, supplied) for one in shown]
    if not able:
        return Found(related=_by_document(quoted[:MOST_RELATED]))
    return Found(answers=_by_document(quoted[:MOST_EVIDENCE]))


def merged(found: Sequence[Found]) -> Found:
    """What was found for each clause of a question, in turn, each passage once."""
    turns = zip_longest(*(one.answers for one in found))
    answers = {one.quote_key: one for turn in turns for one in turn if one is not None}
    related = {one.quote_key: one for part in found for one in part.related}
    if answers:
        return Found(answers=_by_document(list(answers.values())[:MOST_EVIDENCE]))
    return Found(related=_by_document(list(related.values())[:MOST_RELATED]))


def _in_turn_of(searches: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several searches, the best of each first, each passage once."""
    hits: dict[str, Hit] = {}
    for hit in (hit for turn in zip_longest(*searches) for hit in turn if hit is not None):
        hits.setdefault(hit.passage.id, hit)
    return list(hits.values())


def _near(hits: Sequence[Hit], strengths: Mapping[str, float]) -> list[Hit]:
    """The hits that are not much weaker than the best, of their own document and of all."""
    best: dict[str, float] = {}
    for hit in hits:
        document = hit.passage.document
        best[document] = max(best.get(document, 0.0), strengths[hit.passage.id])
    overall = max(best.values(), default=0.0)
    return [
        hit
        for rank, hit in enumerate(hits)
        if best[hit.passage.document] >= overall - FALL_BETWEEN
        and (rank < FEWEST or strengths[hit.passage.id] >= best[hit.passage.document] - FALL_WITHIN)
    ]


def _names(question: Question, document: Document | None) -> bool:
    """Whether a document has each name and acronym of the question, or another way of writing it."""
    if not question.names or document is None:
        return True
    words = _as_terms(document.text)
    return all(any(_as_terms(form) in words for form in forms) for forms in question.names)


@lru_cache(maxsize=DOCUMENTS_KEPT)
def _as_terms(text: str) -> str:
    """The terms of a text in a row, each between spaces, so that one row can be looked for in another."""
    return f" {' '.join(terms(text))} "


def strength(question: Question, hit: Hit, index: LocalIndex) -> float:
    """How strongly a hit bears on the question, from its raw signals; without a model, from its words alone."""
    matched = share(question, hit.matched, index)
    strong = WORTH_OF_WORDS * matched + hit.cosine if hit.cosine is not None else matched
    if question.wants is Want.DECISION and hit.passage.role in OUTCOMES:
        strong += DECISION_BONUS
    if question.wants is not Want.WHO and hit.passage.role is Role.HEADING:
        strong -= HEADING_COST
    return strong


def share(question: Question, matched: frozenset[str], index: LocalIndex) -> float:
    """How much of the question's weight is matched, in its own words or the official ones, from 0 to 1.

    A question without a topic of its own is all matched.
    """
    weights = {term: index.weight(term) for term in question.topic}
    whole = sum(weights.values())
    held = sum(
        weight
        for term, weight in weights.items()
        if term in matched or any(other <= matched for other in question.topic[term])
    )
    return held / whole if whole else 1.0


def _in_turn(chosen: Sequence[Chosen]) -> list[Chosen]:
    """A few of each document first, so that what two documents say is seen before all that one of them says."""
    nth: Counter[str] = Counter()
    turns = []
    for rank, one in enumerate(chosen):
        nth[one.hit.passage.document] += 1
        turns.append((nth[one.hit.passage.document] > EACH_IN_TURN, rank, one))
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])]


def _by_document(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Evidence of one document together, documents in the order of their best."""
    order = list(dict.fromkeys(one.hit.passage.document for one in chosen))
    return tuple(sorted(chosen, key=lambda one: order.index(one.hit.passage.document)))
