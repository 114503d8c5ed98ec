"""Gathering: the lists and tables of an outline, each with what introduces it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.display import cells
from corpus.folding import fold
from corpus.model import Block, Form, Span
from corpus.passages.entry import Entry
from corpus.sentences import trim

_TOPIC = re.compile(r"([A-Z][^.:;?!]{2,60}?) - \S")
_INTRODUCES = re.compile(r"(?::|\b(?:following|as follows|below)\b[^.]*[.:]?)$", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# A dash is a topic's only where most of the list has one; elsewhere it is prose.
_TOPIC_SHARE = 0.6
_LONGEST_TOPIC_WORDS = 9
_LONGEST_COLUMN_NAME = 40
# How much of a paragraph's end is read to see whether it introduces a list.
_ENDING = 300


@dataclass(frozen=True, slots=True)
class _Group:
    """A list or table: its members and what introduces it, as indexes of entries."""

    members: list[int]
    lead_in: int | None = None


def gather(text: str, entries: Sequence[Entry]) -> None:
    """Number the lists and tables of ``entries`` in place: group, position, lead-in, topic labels, column headers."""
    groups = [*_lists(text, entries), *_tables(text, entries)]
    for number, group in enumerate(sorted(groups, key=lambda group: group.members[0]), 1):
        for position, n in enumerate(group.members, 1):
            entry = entries[n]
            entry.group, entry.position, entry.lead_in = number, position, group.lead_in
        if group.lead_in is not None:
            entries[group.lead_in].opens = number


def _lists(text: str, entries: Sequence[Entry]) -> list[_Group]:
    """Members of a list share a marker's style; a page break between two of them does not end it."""
    groups: list[_Group] = []
    open_lists: list[list[int]] = []
    for n, entry in enumerate(entries):
        if entry.form is not Form.ITEM:
            open_lists.clear()
            continue
        last = entries[open_lists[-1][-1]] if open_lists else None
        entry.style, value = _style(entry.block.marker, last)
        while open_lists and entry.style in {entries[outer[-1]].style for outer in open_lists[:-1]}:
            open_lists.pop()
        alike = bool(open_lists) and entries[open_lists[-1][-1]].style == entry.style
        if alike and value != 1:
            open_lists[-1].append(n)
        else:
            if alike:  # "i)" again: a new list of the same kind
                open_lists.pop()
            open_lists.append([n])
            groups.append(_Group(open_lists[-1], _introduction(text, entries, n, len(open_lists))))
        entry.level = len(open_lists)
    for group in groups:
        _label_topics(text, entries, group.members)
    return groups


def _introduction(text: str, entries: Sequence[Entry], first: int, level: int = 1) -> int | None:
    """What introduces the list or table whose first entry is ``first``: a heading, or words that say it follows.

    A list at ``level`` is introduced by a member of a list outside it only, never of one that it takes the place of.
    """
    before = entries[first - 1] if first else None
    if before is None:
        return None
    if before.form in (Form.HEADING, Form.LABEL):
        return first - 1 if before.level != 1 else None
    if before.form is not Form.PARAGRAPH and not (before.form is Form.ITEM and before.level < level):
        return None
    ending = fold(text[max(before.block.start, before.block.end - _ENDING) : before.block.end])
    return first - 1 if _INTRODUCES.search(ending) else None


def _label_topics(text: str, entries: Sequence[Entry], members: Sequence[int]) -> None:
    """Label each member with the topic in front of its dash, where most of the list has one."""
    found = {n: topic for n in members if (topic := _topic(text, entries[n]))}
    if len(members) > 1 and len(found) >= _TOPIC_SHARE * len(members):
        for n, span in found.items():
            entries[n].label = span


def _topic(text: str, entry: Entry) -> Span | None:
    match = _TOPIC.match(entry.words(text))
    if match is None or len(match[1].split()) > _LONGEST_TOPIC_WORDS:
        return None
    return Span(entry.block.body, entry.block.body + match.end(1))


def _tables(text: str, entries: Sequence[Entry]) -> list[_Group]:
    """Rows of one width form a table, whatever blank lines and rules stand between them."""
    groups = []
    for rows in _runs(text, entries):
        first = rows[0]
        columns: tuple[Span, ...] = ()
        lead_in = _introduction(text, entries, first)
        if _has_caption(text, entries, first):
            lead_in = first - 1
            columns = _caption_columns(text, entries[lead_in].block, _width(text, entries[first]))
            entries[lead_in].form = Form.LABEL
        elif _has_header(text, entries, rows):
            lead_in, rows = first, rows[1:]
            columns = tuple(_cells(text, entries[lead_in].block))
            entries[lead_in].form = Form.HEADER
        for n in rows:
            entries[n].columns = columns
        groups.append(_Group(rows, lead_in))
    return groups


def _runs(text: str, entries: Sequence[Entry]) -> Iterator[list[int]]:
    run: list[int] = []
    for n, entry in enumerate(entries):
        if entry.form is Form.RULE:
            continue
        if run and (entry.form is not Form.ROW or _width(text, entry) != _width(text, entries[run[0]])):
            yield run
            run = []
        if entry.form is Form.ROW:
            run.append(n)
    if run:
        yield run


def _width(text: str, entry: Entry) -> int:
    """The number of columns of a row."""
    return text.count("\t", entry.block.start, entry.block.end) + 1


def _has_caption(text: str, entries: Sequence[Entry], first: int) -> bool:
    """Whether a numbered line of a few words stands straight above a table, such as "2.3 Judgement Grade"."""
    before = entries[first - 1] if first else None
    if before is None or before.form is not Form.PARAGRAPH or not before.number:
        return False
    words = before.words(text)
    return len(words) <= _LONGEST_COLUMN_NAME * 2 and words[-1:] not in {".", ":", ";"}


def _caption_columns(text: str, caption: Block, width: int) -> tuple[Span, ...]:
    """The caption's words as column headers, where there is one for each column."""
    words = tuple(Span(*word.span()) for word in _WORD.finditer(text, caption.body, caption.end))
    return words if len(words) == width else ()


def _has_header(text: str, entries: Sequence[Entry], rows: Sequence[int]) -> bool:
    """Whether the first row is short cells without full stops, above a rule or a row with a longer cell."""
    first = [span.of(text) for span in _cells(text, entries[rows[0]].block)]
    if len(rows) < 2 or any(len(cell) > _LONGEST_COLUMN_NAME or cell[-1:] in {".", ";", ":"} for cell in first):
        return False
    if entries[rows[0] + 1].form is Form.RULE:
        return True
    return max(len(span.of(text)) for span in _cells(text, entries[rows[1]].block)) > _LONGEST_COLUMN_NAME


def _cells(text: str, block: Block) -> list[Span]:
    """The cells of a row without the white space around them; an empty cell is an empty span."""
    return [trim(text, cell) for cell in cells(Span(block.start, block.end), text)]


def _style(marker: str, last: Entry | None) -> tuple[str, int]:
    """The style of a list marker, and the ordinal it stands for (0 for bullets).

    "i)" is roman, unless it follows "h)".
    """
    plain = marker.split()[-1].lower()  # without the bullet that may stand in front of a number
    core = plain.strip("().")
    if not core.isalnum():
        return "bullet", 0
    if core.isdigit():
        return "number" + plain[-1], int(core)
    if last is not None and last.style == "letter" and len(core) == 1:
        before = last.block.marker.split()[-1].strip("().")
        if ord(core) == ord(before) + 1:
            return "letter", ord(core) - ord("a") + 1
    if set(core) <= set(_ROMAN):
        return "roman", _roman(core)
    return "letter", ord(core[0]) - ord("a") + 1


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
