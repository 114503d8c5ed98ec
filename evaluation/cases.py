"""The evaluation's questions: read and checked."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

Match = Literal["all", "any", "none"]


class Span(NamedTuple):
    """An answer: a slice of a document's canonical text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """One question, or the turns of one conversation of which the last is asked, and where its answers stand."""

    id: str
    type: str
    turns: tuple[str, ...]
    match: Match
    answers: tuple[Span, ...]


class BadQuestions(ValueError):
    """A file of questions that cannot be used; the text names the line."""


def read(path: Path) -> list[Case]:
    """The cases of a JSON-lines file. Raises :class:`BadQuestions` with the line that is wrong."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            spans = tuple(Span(a["document"], int(a["start"]), int(a["end"])) for a in row["answers"])
            case = Case(row["id"], row["type"], tuple(row["turns"]), row["match"], spans)
        except (ValueError, KeyError, TypeError) as error:
            raise BadQuestions(f"{path}, line {number}: {error!r}") from error
        if case.match not in ("all", "any", "none") or (case.match == "none") != (not spans) or not case.turns:
            raise BadQuestions(f"{path}, line {number}: match, answers and turns do not go together")
        cases.append(case)
    return cases
