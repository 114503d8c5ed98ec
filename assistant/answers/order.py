"""The order of evidence: best first, rows of one table together; in a comparison by council, newest document first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.answer import Evidence, Group, Nothing
from assistant.answers.quoting import Chosen
from assistant.questions.question import Question
from assistant.questions.scope import Scope
from corpus.model import Document, Form, Source

UNNAMED = "Council not stated"


def compares(question: Question, scope: Scope) -> bool:
    """Whether councils are set side by side: the question is of several, or names more than one."""
    return question.broad or len(_named(scope)) > 1


def in_order(chosen: Sequence[Chosen], documents: Mapping[str, Document], comparison: bool) -> list[Chosen]:
    """What was chosen, in the order shown.

    A comparison has the councils in the order of their best, each one's documents newest first, those without a date
    last. Otherwise the order stays as it is. A document's evidence keeps its order, but for rows of one table, which
    come with the first of them.
    """
    found = list(chosen)
    if comparison:
        sources = [documents[one.hit.passage.document].source for one in found]
        ranks = {council: rank for rank, council in enumerate(dict.fromkeys(_council(source) for source in sources))}
        order = list(dict.fromkeys(source.id for source in sources))
        keys = {s.id: (ranks[_council(s)], -_day(s), order.index(s.id)) for s in sources}
        found.sort(key=lambda one: keys[one.hit.passage.document])
    tables: dict[tuple[str, int], int] = {}
    places = [tables.setdefault(key, place) if (key := table_of(one)) else place for place, one in enumerate(found)]
    return [one for _, one in sorted(zip(places, found, strict=True), key=lambda pair: pair[0])]


def table_of(one: Chosen | Evidence) -> tuple[str, int] | None:
    """The table that a single row is of, by its document and group; None for anything else."""
    passage = one.passages[0]
    if len(one.passages) > 1 or passage.form is not Form.ROW or passage.group is None:
        return None
    return passage.document, passage.group


def groups(shown: Sequence[Evidence]) -> tuple[Group, ...]:
    """Evidence that is in a comparison's order, by council."""
    councils = groupby(shown, key=lambda one: _council(one.source))
    return tuple(Group(council, tuple(one.number for one in members)) for council, members in councils)


def nothing_from(shown: Sequence[Evidence], scope: Scope, searched: Sequence[Source]) -> tuple[Nothing, ...]:
    """The councils named, or else all of those searched, that no evidence is from, each with its documents searched."""
    documents = Counter(_council(source) for source in searched)
    told = {_council(one.source) for one in shown}
    return tuple(Nothing(council, documents[council]) for council in _named(scope) or documents if council not in told)


def _named(scope: Scope) -> list[str]:
    return [chip.label for chip in scope.chips if chip.kind == "council"]


def _council(source: Source) -> str:
    return source.council.value or UNNAMED


def _day(source: Source) -> int:
    """A document's day, counted from the first there is; one without a date is older than all."""
    return date.fromisoformat(source.date.value).toordinal() if source.date.value else 0
