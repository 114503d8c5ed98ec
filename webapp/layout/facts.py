"""What is known of a document, in words, with how it is known."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import url_for

from corpus.dates import in_words
from corpus.model import Fact, Known, Source, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of what is known: its name, the fact in words, how it is known, and where the document states it."""

    name: str
    value: str
    known: Known
    url: str = ""


def entries(source: Source) -> list[Entry]:
    """Everything known of a document, in the order a page shows it; and who may see it, if not everyone."""
    facts = {
        "Council": source.council,
        "Body": source.body,
        "Date": source.date,
        "Title": source.title,
        "Kind": source.kind,
    }
    told = [Entry(name, _value(name, fact), fact.known, _stated_at(source, fact)) for name, fact in facts.items()]
    private = [Entry("Access", source.access.said.capitalize(), Known.SUPPLIED)] if source.access.said else []
    return [*told, *private]


def line(source: Source) -> list[str]:
    """Council, body and date as a citation line shows them: each says so where it is supplied or not stated.

    Who may see a document that is not public comes last.
    """
    named = (("Council", source.council), ("Body", source.body), ("Date", source.date))
    private = [source.access.said] if source.access.said else []
    return [*(_in_line(name, fact) for name, fact in named), *private]


def title(source: Source) -> str:
    """The document's title, or its id where it has none."""
    return source.title.value or source.id


def web_address(source: Source) -> str | None:
    """The council's own page for the document, where one is known and is a web address."""
    value = source.url.value or ""
    return value if urlsplit(value).scheme in ("http", "https") else None


def day(value: str) -> str:
    """An ISO 8601 day in words, "3 September 2019"; anything else as it is."""
    try:
        return in_words(date.fromisoformat(value))
    except ValueError:
        return value


def place(document: str, span: Span, turn: int | None = None) -> str:
    """The address of a document's page with the words of ``span`` marked, and the way back to ``turn``."""
    return url_for("documents.show", id=document, start=span.start, end=span.end, turn=turn, _anchor="cited")


def _value(name: str, fact: Fact) -> str:
    if fact.value is None:
        return "Not stated"
    return day(fact.value) if name == "Date" else fact.value


def _in_line(name: str, fact: Fact) -> str:
    if fact.value is None:
        return f"{name} not stated" if name != "Date" else "date not stated"
    words = _value(name, fact)
    return f"{words} ({fact.known})" if fact.known in (Known.SUPPLIED, Known.UNSURE) else words


def _stated_at(source: Source, fact: Fact) -> str:
    """The address of the document page with the words that state the fact marked."""
    return place(source.id, fact.span) if fact.known is Known.STATED and fact.span else ""
