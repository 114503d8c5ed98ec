"""Results: a passage as an officer wants it, with what was decided of its item and what the officers advised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Evidence
from assistant.answers import compose
from assistant.search.differences import Change, differences
from corpus.model import Document, Passage, Role, Span
from corpus.passages.advice import Advice, advice
from corpus.passages.outcomes import recommended


@dataclass(frozen=True, slots=True)
class Result:
    """A passage found. The evidence's highlights are the words of the search.

    ``recommended`` is what was put to the meeting, where its decision is known too, and ``changes`` the decision beside
    it, word by word, where the two are alike. ``permalink`` is the path of an address that outlives rebuilds.
    """

    evidence: Evidence
    passage: Passage
    recommended: tuple[Passage, ...]
    changes: tuple[Change, ...]
    advice: tuple[Advice, ...]
    permalink: str


def result(number: int, passage: Passage, document: Document, marks: Sequence[Span] = ()) -> Result:
    """A passage of a document as a result, with the words of the search in it marked."""
    evidence = replace(compose.single(number, passage, document), highlights=tuple(marks))
    item = [one for one in document.passages if one.item == passage.item]
    decided = [one for one in evidence.outcome.passages if one.role is Role.DECISION]
    asked = recommended(document, item) if decided else ()
    return Result(
        evidence,
        passage,
        asked,
        differences(asked, decided) if asked else (),
        advice(item, passage.item),
        compose.permalink(passage),
    )
