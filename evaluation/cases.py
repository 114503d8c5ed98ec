"""The evaluation's questions: read and checked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from corpus.folding import fold
from corpus.model import Document

_BULLET = re.compile(r"[◼■▪•●\uf02d\uf06e\uf0a7\uf0b7]")
Match = Literal["all", "any", "none"]


class Span(NamedTuple):
    """An answer: a slice of a document's canonical text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """One question, or the turns of one conversation of which the last is asked, and where its answers stand.

    ``near`` is where words stand that look like an answer and are none. ``within`` is the one document that it is asked
    of, for a question that does not say so itself.
    """

    id: str
    type: str
    turns: tuple[str, ...]
    match: Match
    answers: tuple[Span, ...]
    near: tuple[Span, ...] = ()
    within: str | None = None


class BadQuestions(ValueError):
    """A file of questions that cannot be used; the text names the line."""


def read(path: Path, documents: Mapping[str, Document] | None = None) -> list[Case]:
    """The cases of a JSON-lines file. Raises :class:`BadQuestions` with the line that is wrong.

    An answer without offsets is looked for in ``documents`` by its words: the text of a PDF is its reader's.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            spans = tuple(_span(answer, documents or {}) for answer in row["answers"])
            near = tuple(_span(answer, documents or {}) for answer in row.get("near", ()))
            case = Case(row["id"], row["type"], tuple(row["turns"]), row["match"], spans, near, row.get("within"))
        except (ValueError, KeyError, TypeError) as error:
            raise BadQuestions(f"{path}, line {number}: {error!r}") from error
        if case.match not in ("all", "any", "none") or (case.match == "none") != (not spans) or not case.turns:
            raise BadQuestions(f"{path}, line {number}: match, answers and turns do not go together")
        cases.append(case)
    return cases


def _span(answer: Mapping[str, Any], documents: Mapping[str, Document]) -> Span:
    if "start" in answer:
        return Span(answer["document"], int(answer["start"]), int(answer["end"]))
    return find_span(documents[answer["document"]], answer["quote"])


def find_span(document: Document, quote: str) -> Span:
    """Where ``quote`` first stands in ``document`` as whole words, whatever the white space, hyphens and bullets.

    Raises :class:`ValueError` where it does not.
    """
    places = [n for n, character in enumerate(document.text) if _is_compared(character)]
    text = fold("".join(document.text[n] for n in places))
    wanted = fold("".join(filter(_is_compared, quote)))
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        span = Span(document.id, places[at], places[at + len(wanted) - 1] + 1)
        before, after = document.text[: span.start][-1:], document.text[span.end :][:1]
        if not (wanted[0].isalnum() and before.isalnum()) and not (wanted[-1].isalnum() and after.isalnum()):
            return span
        at = text.find(wanted, at + 1)
    raise ValueError(f"{document.id} does not say {quote!r}")


def _is_compared(character: str) -> bool:
    """Whether a character counts when a quote is looked for: hyphens are lost at line ends, and bullets vary."""
    return not character.isspace() and fold(character) not in "-−\u00ad\ufffe" and not _BULLET.match(character)
