"""Sentences of a text and of a passage, as spans."""

import re

from corpus.model import Form, Passage, Span

_ABBREVIATIONS = frozenset(
    {"approx", "cllr", "cllrs", "dept", "dr", "eg", "etc", "fig", "ie", "mr", "mrs", "ms", "no", "nos", "para", "paras"}
    | {"prof", "rev", "st", "vs"}
)
# A stop that may end a sentence: its mark, closing quotation marks or brackets, then white space and an opening.
# A run of stops is tried once, from its start, so that a page of dots takes no longer than a page of words.
_STOP = re.compile(r"(?<![.?!])[.?!]++[\"'”’)\]]*+(?=\s+[\"'“‘(\[]?[A-Z0-9£])")
_LAST_WORD = re.compile(r"([A-Za-z]+(?:\.[A-Za-z]+)*)$")
# What `_STOP` looks back over to find the word in front of a full stop.
_WORD_WINDOW = 24


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of ``text`` (or of its slice ``within``) in order, without the white space around them.

    Abbreviations ("eg.", "Mrs.") and initials do not end a sentence. Offsets count characters of ``text``.
    """
    start, end = within or Span(0, len(text))
    ends = [stop.end() for stop in _STOP.finditer(text, start, end) if _ends_sentence(text, stop.start())]
    found = []
    left = start
    for right in sorted({*ends, end}):
        span = trim(text, Span(left, right))
        if span.start < span.end:
            found.append(span)
        left = right
    return found


def sentences_of(passage: Passage) -> list[Span]:
    """The sentences of a passage, as spans of its document; a table row or a line of a header is one."""
    if passage.form in (Form.ROW, Form.FIELD):
        return [passage.span]
    body = Span(passage.body - passage.start, len(passage.text))
    return [Span(part.start + passage.start, part.end + passage.start) for part in sentences(passage.text, body)]


def trim(text: str, span: Span) -> Span:
    """``span`` without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _ends_sentence(text: str, stop: int) -> bool:
    if text[stop] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop - _WORD_WINDOW), stop)
    if word is None:
        return True
    last = word[1].lower().replace(".", "")
    return last not in _ABBREVIATIONS and len(word[1]) > 1
