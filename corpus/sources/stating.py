"""What is known of a document that no catalogue describes: what it states itself, and what its file suggests."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpus.model import Fact, Kind, Known, Source, Span
from corpus.sources.councils import whole_name
from corpus.sources.ofsted import of_inspection
from corpus.sources.papers import of_paper
from corpus.sources.surroundings import suggested

_NOTHING: Mapping[str, str] = {}


def stated(
    source: Source,
    text: str,
    heading: Span | None = None,
    kind: Kind = Kind.OTHER,
    about: Mapping[str, str] = _NOTHING,
    suggesting: bool = True,
) -> Source:
    """``source`` with what is not known of it: from the document's own words or, unsure, from its file.

    ``heading`` is the heading that the outline takes for the title, ``kind`` the kind that it has, and ``about`` what
    the file says outside its text. What the source has already, a catalogue's, is kept. Whatever it is called by, a
    council has one name.
    """
    found = dict(of_inspection(text) or of_paper(text, heading, kind))
    if suggesting:
        for name, fact in suggested(source.path, about).items():
            own = found.get(name, Fact())
            # Where a file lies says more of whose it is than a council that it only mentions.
            if own.value is None or (name == "council" and own.known is Known.UNSURE):
                found[name] = fact
    else:
        found = {name: fact for name, fact in found.items() if fact.known is Known.STATED}
    known: dict[str, Any] = {
        name: fact for name, fact in found.items() if fact.value and getattr(source, name).value is None
    }
    source = replace(source, **known)
    if source.council.value:
        source = replace(source, council=replace(source.council, value=whole_name(source.council.value)))
    return source
