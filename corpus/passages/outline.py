"""The outline of a document: what each block is, and where it stands among headings, lists, tables and parts.

Four steps over the blocks that a reader gives: join what a page break tore, find the agenda items, name what each
block is, and gather lists and tables. The result keeps every block, in order, so that nothing of the text is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Block, Form, Kind
from corpus.passages.entry import Entry
from corpus.passages.gathering import gather
from corpus.passages.heads import Head
from corpus.passages.items import items
from corpus.passages.joining import joined
from corpus.passages.naming import Naming


@dataclass(frozen=True, slots=True)
class Outline:
    """Every block of a document in its place, what kind of document it is, and which entry is its title.

    ``items`` are the heads of its agenda items, by the entry that each begins with; none where it is one item.
    """

    kind: Kind
    entries: tuple[Entry, ...] = ()
    title: int | None = None
    items: Mapping[int, Head] = field(default_factory=dict)


def outline(text: str, blocks: Sequence[Block], several: bool = True) -> Outline:
    """Place every one of ``blocks``, which lie in ``text`` in order.

    It may be the minutes of ``several`` items, unless it is known to be a report.
    """
    whole, heads = joined(text, blocks), dict[int, Head]()
    if several:
        whole, heads = items(text, whole)
    entries = [Entry(block, block.form) for block in whole]
    Naming(text, entries, heads).run()
    gather(text, entries)
    title = next((n for n, entry in enumerate(entries) if entry.form is Form.HEADING and entry.level == 1), None)
    return Outline(_kind(text, entries), tuple(entries), title, heads)


def _kind(text: str, entries: Sequence[Entry]) -> Kind:
    if any((entry.form is Form.LABEL and not entry.number) or entry.outcome for entry in entries):
        return Kind.MINUTES
    recommends = any(entry.form is Form.HEADING and "recommendation" in entry.words(text).lower() for entry in entries)
    if recommends or any(entry.form is Form.FIELD for entry in entries):
        return Kind.REPORT
    return Kind.OTHER
