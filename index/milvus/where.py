"""Filters as conditions of the engine, and what of an expression it can decide.

Conditions hold numbers and words of ours alone (:mod:`index.milvus.tokens`), so nothing in them has to be escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Role, Voice
from corpus.passages.outcomes import Badge
from index.milvus import tokens
from index.milvus.conditions import among, both, either
from index.milvus.places import Places
from index.model import Filters
from index.words.expression import All, Any, Expression, Near, Phrase, Without, Word


@dataclass(frozen=True, slots=True)
class Scope:
    """A condition on a passage's row, as near to what is asked as the engine can say it; "" is none.

    ``verify`` is what the texts of the passages found must still be held to: the engine has narrowed it, not decided.
    """

    condition: str = ""
    verify: Expression | None = None


def where(filters: Filters, places: Places) -> Scope | None:
    """What ``filters`` ask of a passage's row; None where nothing can meet them."""
    asked: list[str] = []
    if filters.documents is not None:
        condition = places.condition(filters.documents)
        if condition is None:
            return None
        asked.append(condition)
    kinds: tuple[tuple[str, type[StrEnum], frozenset[StrEnum] | None], ...] = (
        ("role", Role, filters.roles),
        ("voice", Voice, filters.voices),
        ("outcome", Badge, filters.outcomes),
    )
    for name, kind, wanted in kinds:
        if wanted is not None:
            if not wanted:
                return None
            asked.append(among(name, {code(kind, one) for one in wanted}))
    if filters.said_in is not None:
        asked.append(f"said_in <= {filters.said_in}")
    if filters.searched is not None:
        asked.append(f"searched == {'true' if filters.searched else 'false'}")
    if filters.references is not None:
        if not filters.references:
            return None
        asked.append(_inside(filters.references))
    if filters.other_references:
        asked.append(f"not ({_inside(filters.other_references)})")
    if filters.expression is None:
        return Scope(both(*asked))
    asked.append(possible(filters.expression))
    return Scope(both(*asked), None if decided(filters.expression) else filters.expression)


def possible(expression: Expression) -> str:
    """A condition that every passage meets that holds what the expression says, and others may; "" for any."""
    match expression:
        case Word(term):
            return _holds(f"{tokens.of_stem(term)} {tokens.ANYTHING}")
        case Phrase(words):
            return both(*(_holds(f"{tokens.of_word(word)} {tokens.ANYTHING}") for word in dict.fromkeys(words)))
        case Near(left, right, _):
            return both(possible(left), possible(right))
        case All(parts):
            return both(*map(possible, parts))
        case Any(parts):
            conditions = [possible(part) for part in parts]
            return _any(conditions)
        case Without(part):
            sure = certain(part)
            return NEVER if not sure else f"not ({sure})"


def certain(expression: Expression) -> str:
    """A condition that only passages meet that hold what the expression says, if not all; ``NEVER`` for none.

    "" is met by every passage.
    """
    match expression:
        case Word(term):
            return _holds(tokens.of_stem(term))
        case Phrase((word,)):
            return _holds(tokens.of_word(word))
        case Phrase(_) | Near(_, _, _):
            return NEVER
        case All(parts):
            return both(*map(certain, parts))
        case Any(parts):
            conditions = [certain(part) for part in parts]
            return _any(conditions)
        case Without(part):
            maybe = possible(part)
            return NEVER if not maybe else f"not ({maybe})"


def decided(expression: Expression) -> bool:
    """Whether the engine decides an expression, but for passages with more words than it holds: it has words alone."""
    match expression:
        case Word(_):
            return True
        case Phrase(words):
            return len(words) == 1
        case All(parts) | Any(parts):
            return all(map(decided, parts))
        case Without(part):
            return decided(part)
        case _:
            return False


# No row meets this.
NEVER = "said_in < 0"


def _any(conditions: Sequence[str]) -> str:
    """One condition of several, some of which may ask for nothing; of none, what nothing meets."""
    if not conditions:
        return NEVER
    return either(*conditions) if all(conditions) else ""


def code(kind: type[StrEnum], one: StrEnum) -> int:
    """The position of a value among those of its kind."""
    return list(kind).index(one)


def _inside(references: Iterable[str]) -> str:
    wanted = sorted(map(tokens.number, references))
    return f"array_contains_any(inside, {wanted})"


def _holds(words: str) -> str:
    return f'TEXT_MATCH(words, "{words}")'
