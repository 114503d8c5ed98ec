"""Sources and passages as values that a file can hold, and back, exactly as they were.

Values are JSON with every character escaped, and texts UTF-8 that lets unpaired surrogates through: what a PDF yields
may hold either NUL or those. https://www.sqlite.org/nulinstr.html says why not as SQLite text.
"""

import json
from typing import Any

from corpus.access import Access
from corpus.model import Fact, Form, Item, Known, Passage, Role, Source, Span, Voice, VoiceSpan


def as_bytes(text: str) -> bytes:
    """A text as a file holds it."""
    return text.encode("utf-8", "surrogatepass")


def as_text(stored: bytes) -> str:
    """What ``as_bytes`` made bytes of."""
    return stored.decode("utf-8", "surrogatepass")


def source_facts(source: Source) -> dict[str, Any]:
    """A source as values that JSON can hold."""
    facts = {name: getattr(source, name) for name in ("title", "council", "body", "date", "kind", "url")}
    restricted = {"access": source.access.word} if source.access else {}
    return {
        "id": source.id,
        "path": source.path,
        **restricted,
        **{name: [fact.value, fact.known.value, fact.span] for name, fact in facts.items()},
    }


def source_of(stored: str) -> Source:
    """The source that ``source_facts`` gave the facts of, as JSON."""
    fields = json.loads(stored)
    facts = {name: _fact(*fields.pop(name)) for name in ("title", "council", "body", "date", "kind", "url")}
    return Source(fields["id"], fields["path"], **facts, access=Access.of(fields.get("access", Access.PUBLIC.word)))


def _fact(value: str | None, known: str, span: list[int] | None) -> Fact:
    return Fact(value, Known(known), _span(span))


def _span(stored: list[int] | None) -> Span | None:
    return None if stored is None else Span(*stored)


# The fields of a passage that JSON gives back as they were.
_PLAIN = (
    *("id", "document", "ordinal", "start", "end", "reference", "anchor"),
    *("level", "body", "group", "position", "opens", "page"),
)


def passage_facts(passage: Passage) -> dict[str, Any]:
    """A passage as values that JSON can hold, but for its text, role, voice and whether it is searched."""
    return {
        **{name: getattr(passage, name) for name in _PLAIN},
        "form": passage.form.value,
        "voices": passage.voices,
        "item": [passage.item.number, passage.item.title],
        "headings": passage.headings,
        "label": passage.label,
        "lead_in": passage.lead_in,
        "columns": passage.columns,
    }


def passage_of(role: str, voice: str, searched: int, text: bytes, facts: str) -> Passage:
    """The passage that ``passage_facts`` gave the facts of, as JSON, with the rest of its fields."""
    fields = json.loads(facts)
    return Passage(
        **{name: fields[name] for name in _PLAIN},
        text=as_text(text),
        form=Form(fields["form"]),
        role=Role(role),
        voice=Voice(voice),
        searched=bool(searched),
        voices=tuple(VoiceSpan(start, end, Voice(whose), Voice(by)) for start, end, whose, by in fields["voices"]),
        item=Item(*fields["item"]),
        headings=tuple(fields["headings"]),
        label=_span(fields["label"]),
        lead_in=_span(fields["lead_in"]),
        columns=tuple(Span(*span) for span in fields["columns"]),
    )
