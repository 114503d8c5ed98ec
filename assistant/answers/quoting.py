"""Quoting: how a hit is shown, as one passage or as the whole list it belongs to, and which sentences of it answer."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.questions.question import Question
from assistant.questions.wants import Want, roles_named
from corpus.display import cells
from corpus.model import Document, Form, Passage, Role, Span
from corpus.sentences import sentences, sentences_of
from index.index import Index
from index.model import Hit
from index.words.analysis import terms

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


def as_lists(question: Question, hits: Sequence[Hit], index: Index, besides: Sequence[Hit] = ()) -> list[Chosen]:
    """Hits as they are shown: a list whose lead-in was found, or most of whose items were, is shown whole, once.

    The hits ``besides`` count as found, though they would not be shown for themselves.
    """
    every = {hit.passage.id: hit.passage for hit in (*hits, *besides)}
    found = Counter((passage.document, passage.group) for passage in every.values())
    chosen: list[Chosen] = []
    whole: set[tuple[str, int]] = set()
    for hit in hits:
        passage = hit.passage
        document = index.document(passage.document)
        assert document is not None
        group = passage.opens if passage.opens is not None else passage.group
        if group is not None and (passage.document, group) in whole:
            continue
        members = items_of(document, group)
        wanted = passage.opens is not None or _whole(question, document, members, found[passage.document, group])
        if group is not None and members and wanted and members[-1].end - members[0].start <= LONGEST_LIST:
            whole.add((passage.document, group))
            mine = (passage.document, group)
            chosen = [one for one in chosen if (one.hit.passage.document, one.hit.passage.group) != mine]
            chosen.append(whole_list(hit, document, members))
        else:
            chosen.append(Chosen(hit, (passage,), passage.span, passage.lead_in))
    return chosen


def only_introduces(passage: Passage, document: Document) -> bool:
    """Whether a passage is a heading or a sentence that only leads up to a list too long to be quoted."""
    if passage.opens is None or len(sentences_of(passage)) > 1:
        return False
    leads = passage.form in (Form.HEADING, Form.LABEL, Form.HEADER) or passage.text.rstrip().endswith(":")
    listed = items_of(document, passage.opens)
    return leads and not (listed and listed[-1].end - listed[0].start <= LONGEST_LIST)


def items_of(document: Document, group: int | None) -> list[Passage]:
    """The members of a list or table, in order; none where there is no such group."""
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
    by_role = members[0].role in roles_named(question.asked)
    return decided or by_role or question.wants is Want.LIST or found * 2 >= len(members)


def whole_list(hit: Hit, document: Document, members: Sequence[Passage]) -> Chosen:
    """A hit shown as the whole list whose members these are."""
    lead_in = members[0].lead_in
    quote = Span(lead_in.start if lead_in else members[0].start, members[-1].end)
    covered = tuple(p for p in document.passages if quote.start <= p.start and p.end <= quote.end)
    return Chosen(hit, covered, quote, None)


def marked(question: Question, chosen: Chosen, index: Index, supplied: Callable[[str], bool]) -> Chosen:
    """The sentences that answer: those that hold most of what the question is about and can supply what it wants."""
    if len(chosen.passages) > 1:
        return chosen
    passage = chosen.passages[0]
    looked_for = question.topic.keys() | set(question.terms)
    weights = {}
    for part in _parts_of(passage):
        words = passage.text[part.start - passage.start : part.end - passage.start]
        weights[part] = sum(index.weight(t) for t in looked_for & set(terms(words))) if supplied(words) else 0.0
    best = max(weights.values(), default=0.0)
    most = [part for part, weight in weights.items() if best and weight >= MARKED_SHARE * best]
    return replace(chosen, highlights=tuple(most or (weights if len(weights) == 1 else ())))


def _parts_of(passage: Passage) -> list[Span]:
    """What may be marked: sentences, and in a table row those of each cell."""
    if passage.form is not Form.ROW:
        return sentences_of(passage)
    row = cells(Span(0, len(passage.text)), passage.text)
    found = [part for cell in row for part in sentences(passage.text, cell)]
    return [Span(part.start + passage.start, part.end + passage.start) for part in found]


def words_of(passage: Passage) -> list[str]:
    """The sentences of a passage, in its words."""
    return [passage.text[part.start - passage.start : part.end - passage.start] for part in sentences_of(passage)]
