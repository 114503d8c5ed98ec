"""Joining: blocks that a page break or a line break parted, made whole."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import fold
from corpus.model import Block, Form
from corpus.passages.entry import Part, part_label

_UNFINISHED = re.compile(
    r"(?:[,(]|-|\b(?:a|an|and|as|at|by|for|from|her|his|in|into|its|of|on|or|our|that|the|their|to|which|with))$",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.?!:;][\"')\]]*$")
# Lines shorter than this are headings, labels or names, and are never the torn half of a sentence.
_SHORTEST_TORN = 30


def joined(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Blocks with torn sentences made whole, and "AGREED" made one with the paragraph it is the verb of."""
    whole: list[Block] = []
    for block in blocks:
        if whole and block.form is Form.PARAGRAPH and _torn(text, whole[-1], block):
            whole[-1] = replace(whole[-1], end=block.end)
        elif whole and _heralds(text, whole[-1], block):
            whole[-1] = replace(whole[-1], end=block.end, body=block.body)
        else:
            whole.append(block)
    return whole


def _heralds(text: str, before: Block, after: Block) -> bool:
    """Whether ``before`` is the word of a decision ("AGREED") and ``after`` the paragraph that says what it was."""
    if after.form is not Form.PARAGRAPH or part_label(text, before) is not Part.OUTCOME:
        return False
    return part_label(text, after) is None


def _torn(text: str, before: Block, after: Block) -> bool:
    # A line break counts once, however it is written.
    opening = text[before.start : min(before.end, before.start + 2 * _SHORTEST_TORN)].replace("\r\n", "\n")
    if before.form not in (Form.PARAGRAPH, Form.ITEM) or len(opening) < _SHORTEST_TORN:
        return False
    # The end of the text before is enough to judge it by, however long it has grown.
    ending = fold(text[max(before.start, before.end - 40) : before.end])
    if _STOPPED.search(ending):
        return False
    return text[after.start].islower() or bool(_UNFINISHED.search(ending))
