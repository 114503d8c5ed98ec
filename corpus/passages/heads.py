"""Heads: the blocks that may begin an agenda item, each by its number and the words of its heading.

Councils number the minutes of a year ("801."), of a year's meetings ("22/1", "PEOS.20/26", "20.1.1"), or the items of
an agenda ("4.", "Item 4 –", "(Item 4)"). The number may stand on a line of its own, and the heading run on into text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.dates import find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Block, Form, Span
from corpus.passages.entry import is_outcome, part_label

_LONGEST_HEADING = 160
# A paragraph that is no heading, and begins so, is an item's all the same: "12. Apologies were received from …".
_LONGEST_RUN_IN = 600
_CALLED = r"(?P<called>(?:agenda )?item(?: no\.?| number)?|minute(?: no\.?| number)?)"
# Letters before a number are a committee's, unless they are a word that anything may be numbered by.
_NUMBERED = re.compile(
    rf"(?:(?i:{_CALLED}):? ?)?"
    r"(?P<number>(?:(?!(?i:agenda|annex|appendix|figure|item|minute|no|page|part|question|room|section|table|year)\b)"
    r"[A-Z][A-Za-z]{0,7}[ ./:-]?)?[0-9]{1,4}(?:[./-][0-9]{1,4}){0,3})(?P<stop>[.:]?)"
    r"(?:\s*-\s+|\s+|$)(?P<title>(?s:.*))"
)
_ITEM_AFTER = re.compile(rf"\(\s*{_CALLED}[.:]? ?(?P<number>[0-9]{{1,3}})[.]?\s*\)\s*$", re.IGNORECASE)
# Capitals that a dash or colon parts from the text that follows them on the same line.
_RUN_IN = re.compile(r"(?:\([0-9]+\) )?[A-Z][^a-z]{4,120}?\s*[-:.]\s+(?=\(?[A-Z])")
_LIST_MEMBER = re.compile(
    r"(?:that|to|note|agree|approve|receive|the following|cllr|councillors?|mr|mrs|ms|dr)\b", re.I
)
# Items that are of the meeting itself, and of no business.
_FORMAL = re.compile(
    r"\W*(?:(?:welcomes?|introductions?)(?:,| and| &)+ )?"
    r"(?:apolog(?:y|ies)|attendance|(?:also |officers |members )?present\b|in attendance|alternate members|"
    r"(?:notification of )?substitut\w+|(?:disclosures?|declarations?)(?: of| by| in|$)|interests$|"
    r"members'? (?:declarations|interests)|to receive (?:any )?(?:apologies|declarations)|previous minutes|"
    r"(?:to )?(?:approve|confirm|agree|sign) the minutes|"
    r"(?:draft |public )?minutes(?:\W*$| (?:of|from) (?:the )?(?:last|previous|meeting|\w+ meeting)| - |: | \d| \()|"
    r"(?:dates?|time)(?: and \w+)? of (?:the )?next|next meeting|exclusion of|inspection of reports|"
    r"late items|appeals against|webcast\w*|housekeeping|fire (?:drill|procedure)|evacuation)",
    re.IGNORECASE,
)
# "Apologies for absence." is a heading, and "Apologies were received." is none.
_SAYS = re.compile(r"\b(?:been|had|has|have|is|no|none|received|was|were)\b", re.IGNORECASE)
_NOT_FORMAL = re.compile(r"\b(?:matters arising|action)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """Where an item begins: its ``title``, what it is ``called`` in a reference ("minute 22/1"), and its ``number``.

    ``formal`` items are of the meeting and not of its business. A head that ``is_heading`` is nothing else; another
    begins a paragraph of the item's text.
    """

    title: Span
    number: str = ""
    called: str = ""
    formal: bool = False
    is_heading: bool = True


class Found(NamedTuple):
    """A block that may begin an item: the head, the blocks it takes the place of, and the ways its number may run."""

    at: int
    head: Head
    blocks: tuple[Block, ...]
    replaces: int
    series: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def has_text(self) -> bool:
        """Whether some of the item's text stands on the heading's own line."""
        return len(self.blocks) > 1 or not self.head.is_heading


def candidates(text: str, blocks: Sequence[Block]) -> Iterator[Found]:
    """Every block that has a number and words set as a heading, which may be the block after it."""
    for n, block in enumerate(blocks):
        words = fold(text[block.start : min(block.end, block.start + _LONGEST_RUN_IN)])
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        if (behind := _item_behind(text, blocks, n, words)) is not None:
            yield behind
            continue
        match = _NUMBERED.match(words)
        if match is None or any(day.start == 0 and (day.last - day.first).days < 32 for day in find_dates(words[:40])):
            continue
        if block.marker.startswith(("(", "-", "·", "•")):
            continue
        if not match["title"].strip():
            yield from _on_two_lines(text, blocks, n, match)
        elif block.form is not Form.FIELD:
            yield from _on_one_line(text, block, after, n, match)


def _on_two_lines(text: str, blocks: Sequence[Block], n: int, match: re.Match[str]) -> Iterator[Found]:
    """A number on a line of its own, above its heading."""
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    if after is None or after.form is not Form.PARAGRAPH or after.body > after.start:
        return
    title = fold(text[after.start : after.end])
    if not _is_title(title) or part_label(text, after) is not None:
        return
    merged = Block(
        Form.PARAGRAPH, blocks[n].start, after.end, after.start, match[0].strip(), blocks[n].page, after.level
    )
    yield _found(n, Span(after.start, after.end), match, (merged,), 2, title)


def _on_one_line(text: str, block: Block, after: Block | None, n: int, match: re.Match[str]) -> Iterator[Found]:
    title = match["title"]
    start = block.start + match.start("title")
    whole = block.end - block.start < _LONGEST_RUN_IN
    run_in = _RUN_IN.match(title) if block.form is not Form.ROW else None
    if is_outcome(title):
        return
    if whole and run_in is None and _is_title(title):
        end, replaces = block.end, 1
        if after is not None and _ITEM_AFTER.fullmatch(fold(text[after.start : after.end])):
            end, replaces = after.end, 2
        placed = Block(
            Form.PARAGRAPH, block.start, end, start, match[0][: match.start("title")].strip(), block.page, block.level
        )
        yield _found(n, Span(start, block.end), match, (placed,), replaces, title)
    elif run_in is not None:
        end = start + len(run_in[0].rstrip())
        rest = start + run_in.end()
        heading = Block(Form.PARAGRAPH, block.start, end, start, match[0][: match.start("title")].strip(), block.page)
        yield _found(
            n,
            Span(start, end),
            match,
            (heading, replace(block, form=Form.PARAGRAPH, start=rest, body=rest, marker="")),
            1,
            title,
        )
    elif _FORMAL.match(title) and block.form is not Form.ROW and whole:
        first = re.match(r"\W*\w+", title)
        span = Span(start, start + (first.end() if first else 0))
        yield _found(n, span, match, (block,), 1, title, is_heading=False)


def _item_behind(text: str, blocks: Sequence[Block], n: int, words: str) -> Found | None:
    """A heading with its item's number behind it, on its line or the next: "Ofsted update (Item 4)"."""
    block = blocks[n]
    match = _ITEM_AFTER.search(words)
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    end, replaces, title_end = block.end, 1, block.start + match.start() if match else block.end
    if match is None and after is not None:
        match = _ITEM_AFTER.fullmatch(fold(text[after.start : after.end]))
        end, replaces = after.end, 2
    title = words[: title_end - block.start].strip()
    if match is None or block.form is Form.FIELD or _NUMBERED.match(title) or not _is_title(title):
        return None
    placed = Block(Form.PARAGRAPH, block.start, end, block.start, "", block.page, block.level)
    number = match["number"]
    head = Head(Span(block.start, title_end), number, f"item {number}", is_formal(title))
    return Found(n, head, (placed,), replaces, ((("behind",), int(number)),))


def _found(
    n: int,
    title: Span,
    match: re.Match[str],
    blocks: tuple[Block, ...],
    replaces: int,
    words: str,
    is_heading: bool = True,
) -> Found:
    number = match["number"].strip()
    called = (
        "item" if (match["called"] or "").lower().endswith(("item", "item no", "item no.", "item number")) else "minute"
    )
    head = Head(title, number, f"{called} {number}", is_formal(words), is_heading)
    return Found(n, head, blocks, replaces, tuple(_series(called, number)))


def _series(called: str, number: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Each way in which a number may run on: by one of its parts, while the others stay as they are."""
    parts = re.split(r"([0-9]+)", number)
    for n in range(1, len(parts), 2):
        others = tuple("#" if m == n else part for m, part in enumerate(parts))
        yield (called, *others), int(parts[n])


def _is_title(words: str) -> bool:
    words = on_one_line(words)
    if not 3 <= len(words) <= _LONGEST_HEADING or not (words[0].isupper() or words[0] in "'\"("):
        return False
    if sum(letter.isalpha() for letter in words) < 3 or words.count("\t") or _LIST_MEMBER.match(words):
        return False
    loud = words.isupper() or (_FORMAL.match(words) is not None and not _SAYS.search(words))
    if words[-1] in ",;" or (words[-1] == ":" and not loud) or is_outcome(words):
        return False
    return words[-1] != "." or (loud and words.count(".") == 1)


def is_formal(title: str) -> bool:
    return bool(_FORMAL.match(title)) and not _NOT_FORMAL.search(title)
