"""Naming: what each block of a document is, and under which headings and in which part it stands."""

import re
from collections import Counter
from collections.abc import Mapping

from corpus.folding import fold
from corpus.model import Form
from corpus.passages.entry import (
    PARAGRAPH_NUMBER,
    Entry,
    Part,
    ends_outcome,
    inline_outcome,
    marks_body,
    outcome_meant,
    part_label,
)
from corpus.passages.heads import Head
from corpus.reading.text import BULLET

_TAIL_HEADING = re.compile(r"(?:lead officers?|contact|appendi|background (?:papers|documents))", re.IGNORECASE)
_SECTION_NUMBER = re.compile(r"([0-9]{1,2})\.$")
_LONGEST_HEADING = 80
# Inspection reports head a part with its judgement: "The experiences and progress of children in care: good".
_GRADED_HEADING = re.compile(
    r"[^.:;]{10,130}: (?:outstanding|good|adequate|requires improvement(?: to be good)?|inadequate)", re.IGNORECASE
)
_LONGEST_TITLE = 300
# A report has a line or two for the body, the day, the title and what is under it. More are text.
_MOST_FRONT_LINES = 6
_LONGEST_SECTION_HEADING = 100


class Naming:
    """One walk over the entries that names headings, labels, numbered paragraphs and the parts they stand in."""

    def __init__(self, text: str, entries: list[Entry], heads: Mapping[int, Head]) -> None:
        self.text = text
        self.entries = entries
        self.heads = heads
        # Above the first item is who was there, and in a formal one what every meeting has.
        self.formal = bool(heads)
        self.item: int | None = None
        self.part = self._body()
        self.body_is_marked = any(marks_body(text, entry.block) for entry in entries)
        self.outcome = ""
        self.inline = False
        self.section = 0
        self.open_headings: list[int] = []
        self.counts: Counter[tuple[tuple[int, ...], Part]] = Counter()

    def run(self) -> None:
        self._front()
        for n, entry in enumerate(self.entries):
            if head := self.heads.get(n):
                self._begin(n, entry, head)
            elif entry.form in (Form.PARAGRAPH, Form.ITEM) and entry.level == 0:
                self._name(n, entry)
            entry.item = self.item
            self._place(n, entry)

    def _begin(self, n: int, entry: Entry, head: Head) -> None:
        """An agenda item: all that is known of where the last one stood is past."""
        self.item, self.formal, self.inline, self.outcome = n, head.formal, False, ""
        self.open_headings = [m for m in self.open_headings if self.entries[m].level < 2]
        entry.called = head.called
        if head.is_heading:
            entry.form, entry.level, entry.number = Form.HEADING, 2, head.number
        end = next((m for m in range(n + 1, len(self.entries)) if m in self.heads), len(self.entries))
        labelled = any(part_label(self.text, one.block) is Part.BODY for one in self.entries[n + 1 : end])
        self.part = Part.INTRODUCTION if labelled and not head.formal else self._body()

    def _body(self) -> Part:
        """The part that an item's text is of."""
        return Part.FRONT if self.formal else Part.BODY

    def _level(self, level: int) -> int:
        """A heading's level: one further in within an agenda item."""
        return level if self.item is None else level + 1

    def _front(self) -> None:
        """The title: the line after "Agenda item", above a report's header fields, or last of the opening capitals."""
        if self.entries and part_label(self.text, self.entries[0].block) is Part.FRONT:
            for entry in self._lines(1, 1):
                if part_label(self.text, entry.block) is None:
                    entry.form, entry.level = Form.HEADING, 1
            return
        if marked := next((entry for entry in self.entries if entry.block.level == 1), None):
            marked.form, marked.level = Form.HEADING, 1
            return
        opening = self._above_fields() or self._opening_capitals()
        if not opening and self.entries and self._is_heading(0, self.entries[0]):
            opening = self.entries[:1]
        for entry in opening:
            entry.form, entry.level, entry.part = Form.HEADING, 2, Part.FRONT
        if opening:
            opening[-1].level = 1

    def _above_fields(self) -> list[Entry]:
        """The lines at the top of a report, where its header fields ("Author:") come straight after them."""
        lines = self._lines(0, _MOST_FRONT_LINES)
        after = self.entries[len(lines)] if len(lines) < len(self.entries) else None
        if after is None or after.form is not Form.FIELD:
            return []
        return [] if any(entry.words(self.text).endswith(".") for entry in lines) else lines

    def _opening_capitals(self) -> list[Entry]:
        """The short lines in capitals at the top: "CABINET", "3 SEPTEMBER 2019" and, last of them, the title."""
        found = []
        for entry in self._lines(0, _MOST_FRONT_LINES):
            words = entry.words(self.text)
            if not words.isupper() or len(words) > _LONGEST_HEADING or part_label(self.text, entry.block) is not None:
                break
            found.append(entry)
        return found if len(found) < len(self.entries) else []

    def _lines(self, start: int, count: int) -> list[Entry]:
        """Up to ``count`` entries from ``start`` on, as far as they are plain and short enough to be a title."""
        found = []
        for n in range(start, min(start + count, len(self.entries))):
            block = self.entries[n].block
            if (
                n in self.heads
                or self.entries[n].form is not Form.PARAGRAPH
                or block.end - block.start > _LONGEST_TITLE
            ):
                break
            found.append(self.entries[n])
        return found

    def _name(self, n: int, entry: Entry) -> None:
        part = part_label(self.text, entry.block)
        number = PARAGRAPH_NUMBER.search(entry.block.marker)
        if entry.block.form is Form.PARAGRAPH and entry.block.body > entry.block.start:
            self._announce(self.text[entry.block.start : entry.block.body])
        elif part is not None:
            entry.form, entry.level = Form.LABEL, self._level(2)
            self.part = self._body() if part is Part.BODY else part
            if part is Part.OUTCOME:
                self._announce(entry.words(self.text))
        elif self.part is Part.OUTCOME and ends_outcome(self.text, entry.block):
            entry.form, entry.level, self.part, self.inline = Form.LABEL, self._level(2), self._body(), False
        elif entry.block.level:
            self._mark(entry)
        elif number:
            entry.form, entry.number = Form.PARAGRAPH, number[0]
            if not self._numbers_outcome(n):
                self.part = self._body()
        elif self._is_section(n, entry):
            entry.form, entry.level, self.part = Form.HEADING, 2, Part.BODY
            self.section += 1
            entry.number = str(self.section)
        elif self._is_heading(n, entry):
            entry.form = Form.HEADING
            over_list = self._is_list_member(n + 1)
            entry.level = self._level(3 if over_list else 2)
            if not over_list:
                self.part = Part.TAIL if _heads_tail(entry.words(self.text)) else self._body()
        elif entry.form is Form.PARAGRAPH and (inline := inline_outcome(entry.words(self.text))):
            self._announce(inline)
            self.inline = True
        elif entry.form is Form.PARAGRAPH and self.inline:
            # "RESOLVED that…" within the text decides in its own paragraph and the list under it.
            self.part, self.inline = self._body(), False

    def _mark(self, entry: Entry) -> None:
        """A line that the file itself marks as a heading is one; only one heading is the title."""
        entry.form, entry.level = Form.HEADING, max(entry.block.level, self._level(2))
        if entry.block.marker and entry.block.marker[-1:] != BULLET:
            entry.number = entry.block.marker.strip("().")
        self.part = Part.TAIL if _heads_tail(entry.words(self.text)) else self._body()

    def _announce(self, label: str) -> None:
        """What follows was decided, under the word that says how."""
        plain = fold(label).strip().rstrip(" :-").lower().removesuffix(" unanimously")
        self.part, self.outcome, self.inline = Part.OUTCOME, outcome_meant(plain) or plain, False
        self.open_headings = [n for n in self.open_headings if self.entries[n].level < self._level(2)]

    def _numbers_outcome(self, n: int) -> bool:
        """Whether a numbered paragraph is a decision: it comes straight after "RESOLVED:", or after one that does."""
        before = self.entries[n - 1] if n else None
        return self.part is Part.OUTCOME and before is not None and (before.form is Form.LABEL or bool(before.number))

    def _is_list_member(self, n: int) -> bool:
        entry = self.entries[n]
        numbered = PARAGRAPH_NUMBER.search(entry.block.marker) or self._is_section(n, entry)
        return entry.form is Form.ITEM and not numbered

    def _place(self, n: int, entry: Entry) -> None:
        # A short heading straight above a list ("Positives") governs that list and no more.
        last = self.entries[self.open_headings[-1]] if self.open_headings else None
        if last is not None and last.level == self._level(3) and not last.block.level and entry.form is not Form.ITEM:
            self.open_headings.pop()
        if entry.form in (Form.HEADING, Form.LABEL):
            while self.open_headings and self.entries[self.open_headings[-1]].level >= entry.level:
                self.open_headings.pop()
            entry.headings = tuple(self.open_headings)
            entry.part = self.part if entry.part is Part.BODY else entry.part
            if entry.level == 1 and entry.form is Form.HEADING and (n or self.body_is_marked) and not self.heads:
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
        if self.heads or number is None or int(number[1]) != self.section + 1 or entry.block.form is not Form.ITEM:
            return False
        words = entry.words(self.text)
        if len(words) > _LONGEST_SECTION_HEADING or words[-1:] in {".", ",", ";", ":"} or not words[:1].isupper():
            return False
        if n and self._precedes_item(self.entries[n - 1], int(number[1])):
            return False
        following = self.entries[n + 1].block if n + 1 < len(self.entries) else None
        return following is not None and not _SECTION_NUMBER.match(following.marker)

    def _precedes_item(self, before: Entry, number: int) -> bool:
        """Whether ``before`` makes the numbered line after it a list member: by introducing it, or as the one above."""
        if before.form is Form.ITEM:
            above = _SECTION_NUMBER.match(before.block.marker)
            return above is not None and int(above[1]) == number - 1
        return before.form is Form.LABEL or self.text[before.block.end - 1] == ":"

    def _is_heading(self, n: int, entry: Entry) -> bool:
        """Whether a line shaped like a heading stands above text of its own, rather than among others like it."""
        if not self._is_shaped_as_heading(n, entry):
            return False
        heads_tail = _heads_tail(entry.words(self.text))
        # A name or "None" in the tail is no heading, however short.
        if (self.part is Part.TAIL or self.formal) and not heads_tail:
            return False
        following = self.entries[n + 1] if n + 1 < len(self.entries) else None
        if following is None or following.form in (Form.FIELD, Form.ROW, Form.RULE):
            return False
        between = self.text[entry.block.end : following.block.start]
        if len(between.splitlines()) < 2:
            return False
        return n == 0 or heads_tail or not self._is_shaped_as_heading(n + 1, following)

    def _is_shaped_as_heading(self, n: int, entry: Entry) -> bool:
        """Whether an entry is a short line without a full stop, below a blank line."""
        words = entry.words(self.text)
        short = len(words) <= _LONGEST_HEADING and len(words.split()) <= 12
        if entry.block.form is not Form.PARAGRAPH or not (short or _GRADED_HEADING.fullmatch(words)):
            return False
        if words[-1:] in {".", ",", ";", ":", "!"} or not words[:1].isupper() or "@" in words:
            return False
        before = self.text[self.entries[n - 1].block.end : entry.block.start] if n else "\n\n"
        return len(before.splitlines()) > 1


def _heads_tail(words: str) -> bool:
    return _TAIL_HEADING.match(words) is not None
