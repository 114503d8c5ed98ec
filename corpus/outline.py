"""The outline of a document: what each block is, and where it stands among headings, lists, tables and parts.

Three steps over the blocks that a reader gives: join what a page break tore, name what each block is, and gather
lists and tables. The result keeps every block, in order, so that nothing of the text is lost.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.entry import Entry, Part
from corpus.folding import fold
from corpus.gathering import gather
from corpus.model import Block, Form, Kind


@dataclass(frozen=True, slots=True)
class Outline:
    """Every block of a document in its place, what kind of document it is, and which entry is its title."""

    kind: Kind
    entries: tuple[Entry, ...] = ()
    title: int | None = None


_PART_LABELS = {
    "agenda item": Part.FRONT,
    "minutes": Part.BODY,
    "discussion": Part.BODY,
    "decision": Part.OUTCOME,
    "decisions": Part.OUTCOME,
    "resolved": Part.OUTCOME,
    "agreed": Part.OUTCOME,
    "recommended": Part.OUTCOME,
    "supporting documents": Part.TAIL,
}
# Capitals make a decision of "the Committee RESOLVED to…"; "members agreed that" is discussion.
_OUTCOME_LINE = re.compile(
    r"(?:(?:The|It) [^.:;]{2,60}? )?(RESOLVED|AGREED|RECOMMENDED)\s*[:-]*\s+[Tt](?:hat|o)\b"
    r"|(Resolved|Agreed|Recommended)\s*[:-]*\s+[Tt](?:hat|o)\b"
)
_TAIL_HEADING = re.compile(r"(?:lead officers?|contact|appendi|background (?:papers|documents))", re.IGNORECASE)
_PARAGRAPH_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_SECTION_NUMBER = re.compile(r"([0-9]{1,2})\.$")
_UNFINISHED = re.compile(
    r"(?:[,(]|-|\b(?:a|an|and|as|at|by|for|from|her|his|in|into|its|of|on|or|our|that|the|their|to|which|with))$",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.?!:;][\"')\]]*$")
# Lines shorter than this are headings, labels or names, and are never the torn half of a sentence.
_SHORTEST_TORN = 30
_LONGEST_LABEL = 30
_LONGEST_HEADING = 80
_LONGEST_SECTION_HEADING = 100


def outline(text: str, blocks: Sequence[Block]) -> Outline:
    """Place every one of ``blocks``, which lie in ``text`` in order."""
    entries = [Entry(block, block.form) for block in _joined(text, blocks)]
    _Naming(text, entries).run()
    gather(text, entries)
    title = next((n for n, entry in enumerate(entries) if entry.form is Form.HEADING and entry.level == 1), None)
    return Outline(_kind(text, entries), tuple(entries), title)


def _joined(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Blocks with torn sentences made whole, and "AGREED" made one with the paragraph it is the verb of."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block.form is Form.PARAGRAPH and _torn(text, joined[-1], block):
            joined[-1] = replace(joined[-1], end=block.end)
        elif joined and _heralds(text, joined[-1], block):
            joined[-1] = replace(joined[-1], end=block.end, body=block.body)
        else:
            joined.append(block)
    return joined


def _heralds(text: str, before: Block, after: Block) -> bool:
    """Whether ``before`` is the word of a decision ("AGREED") and ``after`` the paragraph that says what it was."""
    if after.form is not Form.PARAGRAPH or _label(text, before) is not Part.OUTCOME:
        return False
    return _label(text, after) is None


def _torn(text: str, before: Block, after: Block) -> bool:
    if before.form not in (Form.PARAGRAPH, Form.ITEM) or before.end - before.start < _SHORTEST_TORN:
        return False
    # The end of the text before is enough to judge it by, however long it has grown.
    ending = fold(text[max(before.start, before.end - 40) : before.end])
    if _STOPPED.search(ending):
        return False
    return text[after.start].islower() or bool(_UNFINISHED.search(ending))


def _kind(text: str, entries: Sequence[Entry]) -> Kind:
    if any(entry.form is Form.LABEL and not entry.number or entry.outcome for entry in entries):
        return Kind.MINUTES
    recommends = any(entry.form is Form.HEADING and "recommendation" in entry.words(text).lower() for entry in entries)
    if recommends or any(entry.form is Form.FIELD for entry in entries):
        return Kind.REPORT
    return Kind.OTHER


class _Naming:
    """One walk over the entries that names headings, labels, numbered paragraphs and the parts they stand in."""

    def __init__(self, text: str, entries: list[Entry]) -> None:
        self.text = text
        self.entries = entries
        self.part = Part.BODY
        self.body_is_marked = any(_marks_body(text, entry.block) for entry in entries)
        self.outcome = ""
        self.inline = False
        self.section = 0
        self.open_headings: list[int] = []
        self.counts: Counter[tuple[tuple[int, ...], Part]] = Counter()

    def run(self) -> None:
        self._front()
        for n, entry in enumerate(self.entries):
            if entry.form in (Form.PARAGRAPH, Form.ITEM) and entry.level == 0:
                self._name(n, entry)
            self._place(n, entry)

    def _front(self) -> None:
        """The title: the line after "Agenda item", above a report's header fields, or last of the opening capitals."""
        first = self._lines(0, 1)
        if first and _label(self.text, first[0][1].block) is Part.FRONT:
            titled = self._lines(first[0][0] + 1, 1)
            if titled and _label(self.text, titled[0][1].block) is None:
                titled[0][1].form, titled[0][1].level = Form.HEADING, 1
            return
        fields = next((n for n, entry in enumerate(self.entries) if entry.form is Form.FIELD), None)
        lines = self._lines(0, fields or 0)
        if fields is not None and lines and len(lines) == fields:
            for _, entry in lines:
                entry.form, entry.level, entry.part = Form.HEADING, 2, Part.FRONT
            lines[-1][1].level = 1
            return
        opening = [entry for _, entry in self._lines(0, 1) if self._is_heading(0, entry)]
        while opening and opening[-1].words(self.text).isupper() and self._heads_in_capitals(len(opening)):
            opening.append(self.entries[len(opening)])
        for entry in opening:
            entry.form, entry.level, entry.part = Form.HEADING, 2, Part.FRONT
        if opening:
            opening[-1].level = 1

    def _heads_in_capitals(self, n: int) -> bool:
        return (
            n < len(self.entries)
            and self._is_heading(n, self.entries[n])
            and self.entries[n].words(self.text).isupper()
        )

    def _lines(self, start: int, count: int) -> list[tuple[int, Entry]]:
        """Up to ``count`` entries from ``start`` on, as long as they are plain paragraphs."""
        found = []
        for n in range(start, min(start + count, len(self.entries))):
            if self.entries[n].form is not Form.PARAGRAPH:
                break
            found.append((n, self.entries[n]))
        return found

    def _name(self, n: int, entry: Entry) -> None:
        label = _label(self.text, entry.block)
        number = _PARAGRAPH_NUMBER.search(entry.block.marker)
        if entry.block.form is Form.PARAGRAPH and entry.block.body > entry.block.start:
            self._announce(self.text[entry.block.start : entry.block.body])
        elif label is not None:
            entry.form, entry.level = Form.LABEL, 2
            self.part = label
            if label is Part.OUTCOME:
                self._announce(entry.words(self.text))
        elif number:
            entry.form, entry.number = Form.PARAGRAPH, number[0]
            if not self._numbers_outcome(n):
                self.part = Part.BODY
        elif self._is_section(n, entry):
            entry.form, entry.level, self.part = Form.HEADING, 2, Part.BODY
            self.section += 1
            entry.number = str(self.section)
        elif self._is_heading(n, entry):
            entry.form = Form.HEADING
            entry.level = 3 if self._is_list_member(n + 1) else 2
            if entry.level == 2:
                self.part = Part.TAIL if _TAIL_HEADING.match(entry.words(self.text)) else Part.BODY
        elif entry.form is Form.PARAGRAPH and (inline := _OUTCOME_LINE.match(entry.words(self.text))):
            self._announce(inline[1] or inline[2])
            self.inline = True
        elif entry.form is Form.PARAGRAPH and self.inline:
            # "RESOLVED that…" within the text decides in its own paragraph and the list under it.
            self.part, self.inline = Part.BODY, False

    def _announce(self, label: str) -> None:
        """What follows was decided, under the word that says how."""
        self.part, self.outcome, self.inline = Part.OUTCOME, fold(label).strip(" :").lower(), False
        self.open_headings = [n for n in self.open_headings if self.entries[n].level < 2]

    def _numbers_outcome(self, n: int) -> bool:
        """Whether a numbered paragraph is a decision: it comes straight after "RESOLVED:", or after one that does."""
        before = self.entries[n - 1] if n else None
        return self.part is Part.OUTCOME and before is not None and (before.form is Form.LABEL or bool(before.number))

    def _is_list_member(self, n: int) -> bool:
        entry = self.entries[n]
        numbered = _PARAGRAPH_NUMBER.search(entry.block.marker) or self._is_section(n, entry)
        return entry.form is Form.ITEM and not numbered

    def _place(self, n: int, entry: Entry) -> None:
        # A short heading straight above a list ("Positives") governs that list and no more.
        if self.open_headings and self.entries[self.open_headings[-1]].level == 3 and entry.form is not Form.ITEM:
            self.open_headings.pop()
        if entry.form in (Form.HEADING, Form.LABEL):
            while self.open_headings and self.entries[self.open_headings[-1]].level >= entry.level:
                self.open_headings.pop()
            entry.headings = tuple(self.open_headings)
            entry.part = self.part if entry.part is Part.BODY else entry.part
            if entry.level == 1 and entry.form is Form.HEADING and (n or self.body_is_marked):
                self.part = Part.INTRODUCTION
            self.open_headings.append(n)
            return
        entry.headings = tuple(self.open_headings)
        entry.part = self.part
        entry.outcome = self.outcome if self.part is Part.OUTCOME else ""
        if entry.form is Form.PARAGRAPH and not entry.number:
            self.counts[entry.headings, entry.part] += 1
            entry.nth = self.counts[entry.headings, entry.part]
            if self.part is Part.INTRODUCTION and not self.body_is_marked:
                self.part = Part.BODY

    def _is_section(self, n: int, entry: Entry) -> bool:
        """Whether "6. Progress since the inspection" heads a section, rather than being the sixth of a list."""
        number = _SECTION_NUMBER.match(entry.block.marker)
        if number is None or int(number[1]) != self.section + 1 or entry.block.form is not Form.ITEM:
            return False
        words = entry.words(self.text)
        if len(words) > _LONGEST_SECTION_HEADING or words[-1:] in {".", ",", ";", ":"} or not words[:1].isupper():
            return False
        if n and self._precedes_item(self.entries[n - 1], int(number[1])):
            return False
        following = self.entries[n + 1].block if n + 1 < len(self.entries) else None
        return following is not None and not _SECTION_NUMBER.match(following.marker)

    def _precedes_item(self, before: Entry, number: int) -> bool:
        """Whether ``before`` makes a list member of the numbered line after it: it introduces it, or is the one above."""
        if before.form is Form.ITEM:
            above = _SECTION_NUMBER.match(before.block.marker)
            return above is not None and int(above[1]) == number - 1
        return before.form is Form.LABEL or self.text[before.block.end - 1] == ":"

    def _is_heading(self, n: int, entry: Entry) -> bool:
        """Whether a short line without a full stop stands above text of its own."""
        words = entry.words(self.text)
        if entry.block.form is not Form.PARAGRAPH or len(words) > _LONGEST_HEADING or len(words.split()) > 12:
            return False
        if words[-1:] in {".", ",", ";", ":", "?", "!"} or not words[:1].isupper() or "@" in words:
            return False
        following = self.entries[n + 1] if n + 1 < len(self.entries) else None
        if following is None or following.form in (Form.FIELD, Form.ROW, Form.RULE):
            return False
        between = self.text[entry.block.end : following.block.start]
        before = self.text[self.entries[n - 1].block.end : entry.block.start] if n else "\n\n"
        return len(between.splitlines()) > 1 and len(before.splitlines()) > 1


def _marks_body(text: str, block: Block) -> bool:
    """Whether a block says that what came before it was an introduction: "Minutes:", or a paragraph's number."""
    return _label(text, block) is Part.BODY or bool(_PARAGRAPH_NUMBER.search(block.marker))


def _label(text: str, block: Block) -> Part | None:
    """The part that a line such as "Minutes:" or "RESOLVED" opens, or None for any other line."""
    if block.form is not Form.PARAGRAPH or block.end - block.start > _LONGEST_LABEL:
        return None
    words = fold(text[block.start : block.end]).strip()
    part = _PART_LABELS.get(words.rstrip(" :").lower())
    # "Agreed" and "Minutes" are words too: without a colon, only capitals or the page's own opening are labels.
    if part is None or not (words.endswith(":") or words.isupper() or part is Part.FRONT):
        return None
    return part
