"""Limits: which documents and passages are what the fields of a query name ("council:medway", "role:decision")."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from assistant.questions import councils
from assistant.search.facets import NOT_STATED, Facet, Facets, Flags
from assistant.search.query import Field, Limit
from corpus.model import Role, Voice
from corpus.passages.outcomes import Badge
from index.model import Filters
from index.words.analysis import terms

Value = TypeVar("Value", bound=StrEnum)

# How many pairs of a council typed and one held are kept, told whether they are the same: some hundred for each typed.
PAIRS_KEPT = 20_000

_OF_DOCUMENTS = (Field.COUNCIL, Field.BODY, Field.KIND, Field.DOCUMENT)


def documents(limits: Sequence[Limit], facets: Facets) -> Flags:
    """One flag a document: whether it is what the limits on council, body, kind and document leave."""
    left = facets.every()
    for name in _OF_DOCUMENTS:
        wanted, excluded = _of(limits, name)
        if wanted:
            left &= _meeting(name, wanted, facets)
        if excluded:
            left &= ~_meeting(name, excluded, facets)
    return left


def passages(limits: Sequence[Limit]) -> Filters:
    """What a passage must be by the limits on role, voice, outcome and reference."""
    wanted, excluded = _of(limits, Field.REFERENCE)
    return Filters(
        roles=_left(Role, limits, Field.ROLE),
        voices=_left(Voice, limits, Field.VOICE),
        outcomes=_left(Badge, limits, Field.OUTCOME),
        references=frozenset(limit.value for limit in wanted) if wanted else None,
        other_references=frozenset(limit.value for limit in excluded),
    )


def unmet(limits: Sequence[Limit], facets: Facets) -> str:
    """Which limit no document meets, and what they hold, for a person; nothing where all are met."""
    for name in (Field.COUNCIL, Field.BODY, Field.DOCUMENT):
        wanted, _ = _of(limits, name)
        if not wanted or _meeting(name, wanted, facets).any():
            continue
        asked = " or ".join(f"“{limit.value}”" for limit in wanted)
        if name is Field.DOCUMENT:
            return f"No document here has the name {asked}. See the list of documents."
        held = sorted(facets.names(Facet(name.value)))
        return f"No document here is from {asked}. The documents are from: {'; '.join(held)}."
    return ""


def _meeting(field: Field, limits: Sequence[Limit], facets: Facets) -> Flags:
    """One flag a document: whether it is what any of these limits names, all of them on one field."""
    if field is Field.DOCUMENT:
        flags = ~facets.every()
        for limit in limits:
            flags[facets.called(limit.value)] = True
        return flags
    facet = Facet(field.value)
    held = [value for value in facets.names(facet) if value != NOT_STATED]
    return facets.having(facet, {value for limit in limits for value in _named(limit, held)})


def _named(limit: Limit, held: Sequence[str]) -> list[str]:
    """Those of the councils, bodies or kinds held that a limit on them names."""
    match limit.field:
        case Field.COUNCIL:
            names = [named.name for named in councils.named(limit.value, held)] or [limit.value]
            return [value for value in held if any(_same(name, value) for name in names)]
        case Field.BODY:
            words = set(terms(limit.value))
            return [value for value in held if words and words <= set(terms(value))]
        case _:
            return [limit.value]


@lru_cache(maxsize=PAIRS_KEPT)
def _same(name: str, council: str) -> bool:
    return councils.same(name, council)


def _of(limits: Sequence[Limit], field: Field) -> tuple[list[Limit], list[Limit]]:
    """The limits of one field: those of which any must be met, and those of which none may be."""
    mine = [limit for limit in limits if limit.field is field]
    return [limit for limit in mine if not limit.excluded], [limit for limit in mine if limit.excluded]


def _left(kind: type[Value], limits: Sequence[Limit], field: Field) -> frozenset[Value] | None:
    """The values that the limits of one field leave; None where there are no such limits."""
    wanted, excluded = _of(limits, field)
    if not wanted and not excluded:
        return None
    left = frozenset(kind(one.value) for one in wanted) if wanted else frozenset(kind)
    return left - {kind(one.value) for one in excluded}
