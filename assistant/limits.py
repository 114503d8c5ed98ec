"""Limits: which documents and passages are what the fields of a query name ("council:medway", "role:decision")."""

from collections.abc import Collection, Sequence

import numpy as np

from assistant import councils
from assistant.facets import Facet, Facets, Flags, fact_of
from assistant.query import Field, Limit
from corpus.folding import fold
from corpus.model import Source
from index.analysis import terms
from index.local import LocalIndex

_OF_DOCUMENTS = (Field.COUNCIL, Field.BODY, Field.KIND, Field.DOCUMENT)
_OF_PASSAGES = (Field.ROLE, Field.VOICE, Field.OUTCOME)


def documents(limits: Sequence[Limit], sources: Sequence[Source]) -> frozenset[str]:
    """The documents that the limits on council, body, kind and document leave."""
    left = frozenset(source.id for source in sources)
    for name in _OF_DOCUMENTS:
        wanted, excluded = _of(limits, name)
        if wanted:
            left &= {source.id for source in sources if any(meets(source, one) for one in wanted)}
        left -= {source.id for source in sources if any(meets(source, one) for one in excluded)}
    return left


def passages(limits: Sequence[Limit], index: LocalIndex, facets: Facets) -> Flags:
    """One flag a passage: whether it is what the limits on role, voice, outcome and reference name."""
    flags = np.ones(len(index.columns.document), np.bool_)
    for name in _OF_PASSAGES:
        wanted, excluded = _of(limits, name)
        flags &= facets.flags(Facet(name.value), [one.value for one in wanted])
        if excluded:
            flags &= ~facets.flags(Facet(name.value), [one.value for one in excluded])
    wanted, excluded = _of(limits, Field.REFERENCE)
    if wanted:
        flags &= _referred(wanted, index)
    return flags & ~_referred(excluded, index) if excluded else flags


def unmet(limits: Sequence[Limit], sources: Sequence[Source]) -> str:
    """Which limit no document meets, and what they hold, for a person; nothing where all are met."""
    for name in (Field.COUNCIL, Field.BODY, Field.DOCUMENT):
        wanted, _ = _of(limits, name)
        if not wanted or any(meets(source, limit) for source in sources for limit in wanted):
            continue
        asked = " or ".join(f"“{limit.value}”" for limit in wanted)
        if name is Field.DOCUMENT:
            return f"No document here has the name {asked}. See the list of documents."
        held = sorted({fact_of(source, Facet(name.value)) for source in sources})
        return f"No document here is from {asked}. The documents are from: {'; '.join(held)}."
    return ""


def meets(source: Source, limit: Limit) -> bool:
    """Whether a document is what a limit on council, body, kind or document names."""
    match limit.field:
        case Field.COUNCIL:
            council = source.council.value
            if council is None:
                return False
            names = [named.name for named in councils.named(limit.value, [council])] or [limit.value]
            return any(councils.same(name, council) for name in names)
        case Field.BODY:
            words = set(terms(limit.value))
            return bool(words) and words <= set(terms(source.body.value or ""))
        case Field.KIND:
            return fact_of(source, Facet.KIND) == limit.value
        case _:
            return fold(source.id).casefold() == fold(limit.value).casefold()


def _of(limits: Sequence[Limit], field: Field) -> tuple[list[Limit], list[Limit]]:
    """The limits of one field: those of which any must be met, and those of which none may be."""
    mine = [limit for limit in limits if limit.field is field]
    return [limit for limit in mine if not limit.excluded], [limit for limit in mine if limit.excluded]


def _referred(limits: Collection[Limit], index: LocalIndex) -> Flags:
    found: Flags = np.logical_or.reduce([index.referred(limit.value) for limit in limits])
    return found
