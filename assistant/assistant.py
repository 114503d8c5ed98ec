"""The assistant: from a question to a cited answer. Read this first.

An answer is extractive: every quote is an exact slice of a document, and where the documents do not say, that is
the answer. After start-up it is a pure function of the question, the earlier questions and the index.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Answer
from assistant.answers import compose
from assistant.answers.evidence import choose, merged
from assistant.answers.register import table_for
from assistant.answers.retrieve import pointed_at, retrieve
from assistant.questions import councils
from assistant.questions.followup import carried
from assistant.questions.question import Understood, check, understand
from assistant.questions.scope import Written, read_scope
from assistant.questions.vocabulary import Vocabulary
from assistant.search.search import Searcher
from index.fusion import DEFAULT, Way
from index.index import Index
from index.knowledge.register import Register

_WIDENED = "So documents of other dates are searched."


class Assistant:
    """Answers questions from one generation of an index."""

    def __init__(self, index: Index, way: Way = DEFAULT) -> None:
        self.index = index
        self.dense = index.dense
        self.searcher = Searcher(index)
        self._way = way
        self._vocabulary = Vocabulary(index.spellings, councils.all_forms())

    def answer(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Answer:
        """Answer a question; ``history`` holds the earlier ones, ``without`` the scope that the person removed.

        Raises :class:`assistant.questions.question.BadQuestion` for what cannot be asked.
        """
        asked, history = check(asked), [check(turn) for turn in history]
        understood = self.understood(asked, history, without)
        if understood.unsearched:
            return compose.unsearched(asked, understood, self.index, history)
        table = table_for(understood.questions[0], understood.scope, self.index)
        searches = [retrieve(one, understood.scope, self.index, self._way) for one in understood.questions]
        found = merged([choose(*pair, self.index) for pair in zip(understood.questions, searches, strict=True)])
        return compose.answer(asked, understood, found, [*chain(*searches)], self.index, history, table)

    @property
    def register(self) -> Register:
        """The register of inspections of all documents, as it was made when the index was built."""
        return self.index.register

    def understood(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Understood:
        """What a checked question asks, with what it leaves out taken from the earlier ones."""
        *earlier, words = [self._vocabulary.read(turn, without) for turn in (*history, asked)]
        turn = carried(words.text, [turn.text for turn in earlier], self.index.holdings.names)
        if turn.leans or turn.points_at:
            words = self._vocabulary.read(turn.text, without).after((*earlier, words))
        scope = read_scope(words.text, self.index.holdings, without)
        if scope.unmet and (undated := turn.undated()) != turn:
            # "And Croydon?" after a question of 2018 does not insist on 2018, where nothing of Croydon is.
            read = self._vocabulary.read(undated.text, without).after((*earlier, words))
            widened = read_scope(read.text, self.index.holdings, without)
            if not widened.unmet:
                turn, words, scope = undated, read, replace(widened, notice=f"{scope.unmet.split('.')[0]}. {_WIDENED}")
        if turn.points_at and (source := pointed_at(turn.points_at, scope, self.index)):
            scope = scope.within(source)
        words = words.besides(Written(self.index.holdings, scope.documents))
        return Understood(words, scope, understand(turn, words, scope))
