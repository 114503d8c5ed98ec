"""The assistant: from a question to a cited answer. Read this first.

An answer is extractive: every quote is an exact slice of a document, and where the documents do not say, that is
the answer. After start-up it is a pure function of the question, the earlier questions and the index.
"""

from collections.abc import Sequence
from itertools import zip_longest

from assistant import compose, question
from assistant.answer import Answer, Status
from assistant.councils import all_forms
from assistant.evidence import Found, choose
from assistant.followup import carried
from assistant.question import Question, Want
from assistant.scope import Mentions, Scope, read_scope
from assistant.vocabulary import Vocabulary
from corpus.model import Role
from index.fusion import DEFAULT, Way
from index.local import LocalIndex
from index.model import Filters, Hit

_OUTCOMES = frozenset({Role.DECISION, Role.RECOMMENDATION})
# A question about what was decided, with no subject of its own, is about the items of so many of the best hits.
_ITEMS_DECIDED = 3


class Assistant:
    """Answers questions from one generation of an index."""

    def __init__(self, index: LocalIndex, way: Way = DEFAULT) -> None:
        self.index = index
        self.dense = index.encoder is not None
        self._way = way
        held = {source.id: index.document(source.id) for source in index.sources}
        self._documents = {id: document for id, document in held.items() if document is not None}
        self._mentions = Mentions(self._documents.values())
        self._vocabulary = Vocabulary.of([*all_forms(), *(document.text for document in self._documents.values())])

    def answer(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Answer:
        """Answer a question; ``history`` holds the earlier ones, ``without`` the scope that the person removed.

        Raises :class:`assistant.question.BadQuestion` for what cannot be asked.
        """
        asked, history = question.check(asked), [question.check(turn) for turn in history]
        words = self._vocabulary.read(carried(asked, history, self.index.sources))
        scope = read_scope(words.text, self.index.sources, self._mentions, without)
        understood = question.understand(asked, scope.topic_of(words.text), words.also, scope.terms)
        found = Found() if scope.unmet else choose(understood, self._search(understood, scope), self.index)
        evidence, related = (compose.evidence(chosen, self._documents) for chosen in (found.answers, found.related))
        searched = [s for s in self.index.sources if scope.documents is None or s.id in scope.documents]
        return Answer(
            question=asked,
            status=Status.ANSWERED if evidence else Status.NOT_FOUND,
            message=compose.message(evidence) if evidence else scope.unmet or compose.nothing(understood, related),
            evidence=evidence,
            related=related,
            scope=scope.chips,
            searched=understood.text,
            coverage=compose.coverage(searched or self.index.sources, self.index.sources),
            suggestions=compose.suggestions(understood, evidence),
            notice=compose.notice(scope.notice, words),
        )

    def _search(self, understood: Question, scope: Scope) -> list[Hit]:
        """The hits for a question within its scope: each council's in turn, where it names several."""
        searches = [self._hits(understood, Filters(documents=part)) for part in scope.parts]
        hits = [hit for turn in zip_longest(*searches) for hit in turn if hit is not None]
        if understood.wants is not Want.DECISION or understood.own_topic:
            return hits
        items = {hit.passage.document for hit in hits[:_ITEMS_DECIDED]} if understood.topic else scope.documents
        return self._hits(understood, Filters(documents=None if items is None else frozenset(items), roles=_OUTCOMES))

    def _hits(self, understood: Question, filters: Filters) -> list[Hit]:
        return self.index.search(understood.text, terms=understood.terms, filters=filters, way=self._way)
