"""Choosing evidence: which hits answer, which sentences in them, and whether to answer at all.

Whether to answer is decided by raw signals, each of which can be explained to the person: how near in meaning a
passage is (cosine), how much of the question's weight it holds, and whether it can supply the kind of answer wanted.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.kinds import supplies
from assistant.question import Question, Want
from assistant.retrieve import OUTCOMES
from corpus.model import Document, Form, Passage, Role, Span
from corpus.sentences import sentences
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
# The longest list that is quoted whole, in characters: some two screens of a phone.
LONGEST_LIST = 4000
# A sentence is marked that holds this share of what the best one of its passage does.
MARKED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Chosen:
    """A hit chosen to be shown: the passages its quote covers, and the sentences of them that answer."""

    hit: Hit
    passages: tuple[Passage, ...]
    quote: Span
    lead_in: Span | None
    highlights: tuple[Span, ...] = ()

    @property
    def quote_key(self) -> tuple[str, Span]:
        """What tells one quote from another."""
        return self.hit.passage.document, self.quote


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
    able = [hit for hit in supported if any(supplied(part) for part in _sentences_of(hit.passage))]
    near = _near(able or supported, strengths)
    if question.wants is Want.DECISION and (supported or not question.topic):
        # These are of the item that the question is about, in words that rarely repeat its subject.
        decided = [hit for hit in hits if hit.passage.role in OUTCOMES]
        rest = [hit for hit in near if hit.passage.role not in OUTCOMES] if question.own_topic else []
        near = decided + rest
        able = able if question.own_topic else near
    shown = _in_turn(_as_lists(question, near, index))
    marked = [_marked(question, one, index, supplied) for one in shown]
    if not able:
        return Found(related=_by_document(marked[:MOST_RELATED]))
    return Found(answers=_by_document(marked[:MOST_EVIDENCE]))


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
    """Whether a document has each name and acronym of the question, or another way of writing it; else it is not meant."""
    if not question.names or document is None:
        return True
    words = f" {' '.join(terms(document.text))} "
    return all(any(f" {' '.join(terms(form))} " in words for form in forms) for forms in question.names)


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


def _as_lists(question: Question, hits: Sequence[Hit], index: LocalIndex) -> list[Chosen]:
    """Hits as they are shown: a list whose lead-in was found, or most of whose items were, is shown whole, once."""
    found = Counter((hit.passage.document, hit.passage.group) for hit in hits if hit.passage.group is not None)
    chosen: list[Chosen] = []
    whole: set[tuple[str, int]] = set()
    for hit in hits:
        passage = hit.passage
        document = index.document(passage.document)
        assert document is not None
        group = passage.opens if passage.opens is not None else passage.group
        if group is not None and (passage.document, group) in whole:
            continue
        members = _members(document, group)
        wanted = passage.opens is not None or _whole(question, document, members, found[passage.document, group])
        if group is not None and members and wanted and members[-1].end - members[0].start <= LONGEST_LIST:
            whole.add((passage.document, group))
            mine = (passage.document, group)
            chosen = [one for one in chosen if (one.hit.passage.document, one.hit.passage.group) != mine]
            chosen.append(_list(hit, document, members))
        else:
            chosen.append(Chosen(hit, (passage,), passage.span, passage.lead_in))
    return chosen


def _members(document: Document, group: int | None) -> list[Passage]:
    return [passage for passage in document.passages if group is not None and passage.group == group]


def _whole(question: Question, document: Document, members: Sequence[Passage], found: int) -> bool:
    """Whether the question asks for the list, rather than for those items of it that hold a certain word."""
    if not members or found == 0:
        return False
    lead_in = members[0].lead_in.of(document.text) if members[0].lead_in else ""
    singled_out = question.topic.keys() - set(terms(" ".join((lead_in, *members[0].headings))))
    if any(singled_out & set(terms(member.text)) for member in members):
        return False
    decided = question.wants is Want.DECISION and members[0].role is Role.DECISION
    return decided or question.wants is Want.LIST or found * 2 >= len(members)


def _list(hit: Hit, document: Document, members: Sequence[Passage]) -> Chosen:
    lead_in = members[0].lead_in
    quote = Span(lead_in.start if lead_in else members[0].start, members[-1].end)
    covered = tuple(p for p in document.passages if quote.start <= p.start and p.end <= quote.end)
    return Chosen(hit, covered, quote, None)


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


def _marked(question: Question, chosen: Chosen, index: LocalIndex, supplied: Callable[[str], bool]) -> Chosen:
    """The sentences that answer: those that hold most of what the question is about and can supply what it wants."""
    if len(chosen.passages) > 1:
        return chosen
    passage = chosen.passages[0]
    looked_for = question.topic.keys() | set(question.terms)
    weights = {}
    for part in _spans_of(passage):
        words = passage.text[part.start - passage.start : part.end - passage.start]
        weights[part] = sum(index.weight(t) for t in looked_for & set(terms(words))) if supplied(words) else 0.0
    best = max(weights.values(), default=0.0)
    marked = [part for part, weight in weights.items() if best and weight >= MARKED_SHARE * best]
    if not marked and len(weights) == 1:
        marked = list(weights)
    return replace(chosen, highlights=tuple(marked))


def _spans_of(passage: Passage) -> list[Span]:
    """The sentences of a passage, as spans of its document; a row or a line of a header is one."""
    if passage.form in (Form.ROW, Form.FIELD):
        return [passage.span]
    body = Span(passage.body - passage.start, len(passage.text))
    return [Span(part.start + passage.start, part.end + passage.start) for part in sentences(passage.text, body)]


def _sentences_of(passage: Passage) -> list[str]:
    return [passage.text[part.start - passage.start : part.end - passage.start] for part in _spans_of(passage)]
