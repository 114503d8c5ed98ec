"""Choosing evidence: which hits answer, and whether to answer at all.

Whether to answer is decided by how the best passage bears on the question that can supply the kind of answer wanted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.answers.bearing import answering, bearings, names, strength
from assistant.answers.kinds import supplies
from assistant.answers.quoting import Chosen, as_lists, marked, words_of
from assistant.answers.retrieve import OUTCOMES
from assistant.questions.lists import in_lists
from assistant.questions.question import Question
from assistant.questions.wants import Want
from corpus.model import Role
from index.index import Index
from index.model import Hit

# These are chosen on evaluation/questions/tuning.jsonl; the table is in evaluation/results.md.
MOST_EVIDENCE = 6
MOST_RELATED = 3
# Where the best passage that can answer is no likelier to do so than by these log-odds, the documents do not say.
LEAST_ANSWER = 0.3
# Nor where nothing speaks of the subject so strongly: in any corpus some passage bears most on potholes.
LEAST_STRENGTH = 0.35
# Nothing is shown that bears less than this, or than the best by so much.
LEAST_SHOWN = -4.0
FALL = 2.9
# The best of another document may bear less by so much: a second account is worth more than more of the first.
FALL_BETWEEN = 3.5
# After the first few, nothing is shown that bears less than the best of its own document by so much.
FEW = 3
FALL_WITHIN = 0.7
# Of a question about several documents, so many passages of one before the others have had their turn.
EACH_IN_TURN = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What answers, and what is only related: at most one of the two is not empty."""

    answers: tuple[Chosen, ...] = ()
    related: tuple[Chosen, ...] = ()


def choose(question: Question, searches: Sequence[Sequence[Hit]], index: Index) -> Found:
    """Choose among the hits of one search, or of one for each council that the question is about.

    Beyond the first few, each document is measured against its own best passage, so that an account in plainer words
    does not bring in all that it has.
    """
    bears = _most(bearings(question, hits, index) for hits in searches)
    hits = sorted(_each_once(searches), key=lambda hit: -bears[hit.passage.id])
    able = supplies(question.whole, question.wants)
    speaking = [hit for hit in hits if strength(question, hit, index) >= LEAST_STRENGTH]
    best = next(
        (
            hit
            for hit in hits
            if any(map(able, words_of(hit.passage))) and names(question, index.document(hit.passage.document))
        ),
        None,
    )
    answers = bool(speaking) and best is not None and _answers(question, best, bears, index)
    least = max(max(bears.values(), default=0.0) - FALL, LEAST_SHOWN)
    nearly = [hit for hit in hits if bears[hit.passage.id] >= least]
    near = [*_near(nearly, bears), *_others(speaking, nearly, bears)]
    if question.wants is Want.DECISION:
        # These are of the item that the question is about, in words that rarely repeat its subject.
        decided = [hit for hit in hits if hit.passage.role in OUTCOMES]
        decided = _of_items(decided, speaking) if question.own_topic else decided
        near = decided + ([hit for hit in near if hit.passage.role not in OUTCOMES] if question.own_topic else [])
        answers = answers or (
            (speaking or not question.own_topic) and any(h.passage.role is Role.DECISION for h in decided)
        )
    elif not question.topic and (listed := [hit for hit in hits if in_lists(hit.passage, question.lists, index)]):
        # The list itself is asked for, whatever is in it.
        near, answers = listed, True
    shown = _in_turn(as_lists(question, near, index, nearly))
    quoted = [marked(question, one, index, able) for one in shown]
    if not answers:
        return Found(related=_by_document(quoted[:MOST_RELATED] if speaking else []))
    return Found(answers=_by_document(quoted[:MOST_EVIDENCE]))


def _of_items(decided: Sequence[Hit], about: Sequence[Hit]) -> list[Hit]:
    """Without the decisions on other items of a meeting than those that hits ``about`` the subject are of."""
    items = {(hit.passage.document, hit.passage.item) for hit in about}
    documents = {document for document, _ in items}
    return [
        hit
        for hit in decided
        if hit.passage.document not in documents or (hit.passage.document, hit.passage.item) in items
    ]


def _answers(question: Question, best: Hit, bears: Mapping[str, float], index: Index) -> bool:
    """Whether the best hit that can answer does, by how it bears and by what comes of reading it."""
    return answering(question, best, bears[best.passage.id], index) >= LEAST_ANSWER


def merged(found: Sequence[Found]) -> Found:
    """What was found for each clause of a question, in turn, each passage once."""
    turns = zip_longest(*(one.answers for one in found))
    answers = {one.quote_key: one for turn in turns for one in turn if one is not None}
    related = {one.quote_key: one for part in found for one in part.related}
    if answers:
        return Found(answers=_by_document(list(answers.values())[:MOST_EVIDENCE]))
    return Found(related=_by_document(list(related.values())[:MOST_RELATED]))


def _most(bearings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """How each passage bears at its best of several searches."""
    most: dict[str, float] = {}
    for one in bearings:
        for id, bears in one.items():
            most[id] = max(bears, most.get(id, bears))
    return most


def _each_once(searches: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several searches, the best of each first, each passage once."""
    hits: dict[str, Hit] = {}
    for hit in (hit for turn in zip_longest(*searches) for hit in turn if hit is not None):
        hits.setdefault(hit.passage.id, hit)
    return list(hits.values())


def _near(hits: Sequence[Hit], bears: Mapping[str, float]) -> list[Hit]:
    """The hits, best first, less those after a few that bear much less than the best of their own document."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.passage.document, bears[hit.passage.id])
    return [
        hit
        for rank, hit in enumerate(hits)
        if rank < FEW or bears[hit.passage.id] >= best[hit.passage.document] - FALL_WITHIN
    ]


def _others(hits: Sequence[Hit], near: Sequence[Hit], bears: Mapping[str, float]) -> list[Hit]:
    """The best hit of each document that none of those ``near`` is of, if it does not bear much less."""
    seen = {hit.passage.document for hit in near}
    least = max(max(bears.values(), default=0.0) - FALL_BETWEEN, LEAST_SHOWN)
    found = []
    for hit in hits:
        if hit.passage.document not in seen and bears[hit.passage.id] >= least:
            found.append(hit)
        seen.add(hit.passage.document)
    return found


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
