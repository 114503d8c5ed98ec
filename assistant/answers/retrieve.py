"""Retrieval: the searches that one question makes of the index."""

from assistant.answers.quoting import only_introduces
from assistant.questions.question import Question
from assistant.questions.scope import Scope
from assistant.questions.wants import Want
from corpus.model import Role, Source
from index.fusion import DEFAULT, Way
from index.index import Index
from index.model import Filters, Hit
from index.words.analysis import terms

# What more documents than this say word for word is a publisher's notice, a form's heading or an address, and tells
# nothing of the one council that is asked about.
SAID_IN = 2
OUTCOMES = frozenset({Role.DECISION, Role.RECOMMENDATION})


def retrieve(question: Question, scope: Scope, index: Index, way: Way = DEFAULT) -> list[list[Hit]]:
    """The hits for a question within its scope, best first.

    A question about several councils searches each apart, so that none crowds the others out. A turn that leans on an
    earlier one is searched with what it leans on and by itself.
    """
    parts = scope.by_council(index.holdings) if question.broad else scope.parts
    searches = []
    for part in parts:
        filters = Filters(documents=part, said_in=None if part is None else SAID_IN)
        if question.wants is Want.DECISION:
            searches.append(_decided(question, filters, index, way))
            continue
        searches.append(index.search(question.text, terms=question.terms, filters=filters, way=way))
        if question.alone:
            searches.append(index.search(question.alone, filters=filters, way=way))
    return [[hit for hit in hits if _says_something(hit, index)] for hits in searches]


def pointed_at(words: str, scope: Scope, index: Index) -> Source | None:
    """The document within ``scope`` that speaks most of ``words``; None where none holds them all."""
    found = index.search(words, filters=Filters(documents=scope.documents), top=1)
    if not found or set(terms(words)) - found[0].matched:
        return None
    return index.holdings.by_id[found[0].passage.document]


def _says_something(hit: Hit, index: Index) -> bool:
    """Whether a hit does more than lead up to a list that is too long to be shown."""
    if hit.passage.opens is None:
        return True
    document = index.document(hit.passage.document)
    return document is None or not only_introduces(hit.passage, document)


def _decided(question: Question, filters: Filters, index: Index, way: Way) -> list[Hit]:
    """The decisions of the item that a question is about, and then what else bears on it.

    Without a topic, in this turn or carried from another, and where precedents are asked for, it is about every item.
    """
    hits = index.search(question.text, terms=question.terms, filters=filters, way=way)
    of_one = question.topic and not question.broad
    about = frozenset(hit.passage.document for hit in hits[:1]) if of_one else filters.documents
    outcomes = Filters(documents=about, roles=OUTCOMES)
    decisions = index.search(question.text, terms=question.terms, filters=outcomes, way=way)
    return decisions + [hit for hit in hits if hit.passage.role not in OUTCOMES]
