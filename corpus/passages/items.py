"""Items: where the agenda items of a meeting's minutes begin.

What the numbers of one document's items have in common is that they run on, one at a time, before words that are set as
headings. A page of one item, a report and an inspection report have no more than the one.
"""

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.model import Block, Span
from corpus.passages.entry import Part, is_outcome, part_label
from corpus.passages.heads import Found, Head, candidates, is_formal

# A number may be left out, or its heading not be taken for one.
_MOST_MISSED = 2
# So much of a document's top says whether it is a report; so many of its first items are the formal ones.
_TOP, _FIRST_ITEMS = 15, 3
_USUAL = re.compile(
    r"\W*(?:any other|urgent|chair\w*(?:'s)? (?:announcements|communications|report)|announcements|public (?:question|"
    r"speaking|participation)|petitions|questions from|deputations|work programme|forward plan|membership|election of|"
    r"appointment of|welcome)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?:report (?:to|by|author|title)\b|purpose of (?:the )?report|wards? affected|author\s*[:\t]|report from\s*:|"
    r"portfolio holder\s*[:\t])",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"(?:(?:draft|printed|public) )*minutes\b|.{0,100}\b(?:agenda and (?:minutes|decisions)|minutes of|meeting of)\b|"
    r"(?:members )?present\b|in attendance\b",
    re.IGNORECASE,
)


def items(text: str, blocks: Sequence[Block]) -> tuple[list[Block], dict[int, Head]]:
    """``blocks``, with each item's heading as one block, and the heads of the items by their block's place among them.

    There are none where the document has fewer than two items, or is no minutes.
    """
    if not blocks or part_label(text, blocks[0]) is Part.FRONT or _is_report(text, blocks[:_TOP]):
        return list(blocks), {}
    found = list(candidates(text, blocks))
    chosen = next((run for run in _runs(text, blocks, found) if _is_agenda(text, blocks, run)), [])
    if not chosen:
        chosen = _marked(text, blocks)
    whole: list[Block] = []
    heads: dict[int, Head] = {}
    position = 0
    for one in chosen:
        whole += blocks[position : one.at]
        heads[len(whole)] = one.head
        whole += one.blocks
        position = one.at + one.replaces
    return [*whole, *blocks[position:]], heads


def _is_report(text: str, top: Sequence[Block]) -> bool:
    lines = [fold(text[block.start : block.end]) for block in top]
    reports = next((n for n, line in enumerate(lines) if _REPORT.match(line)), None)
    return reports is not None and not any(_MINUTES.match(line) for line in lines[: reports + 1])


def _runs(text: str, blocks: Sequence[Block], found: Sequence[Found]) -> list[list[Found]]:
    """The longest run of each series, the best first. A list, whose members stand one below another, is none."""
    weights = _weights(text, blocks, found)
    best: dict[tuple[tuple[str, ...], int], tuple[int, int, int]] = {}
    before: dict[tuple[int, tuple[str, ...]], int] = {}
    ends: dict[tuple[str, ...], tuple[int, int]] = {}
    for place, one in enumerate(found):
        if weights[place] <= 0:
            continue
        for key, value in one.series:
            score, came = weights[place], -1
            for missed in range(_MOST_MISSED + 1):
                earlier = best.get((key, value - 1 - missed))
                if earlier and earlier[0] + weights[place] - missed > score:
                    score, came = earlier[0] + weights[place] - missed, earlier[1]
            if score > best.get((key, value), (0, 0, 0))[0]:
                best[key, value] = (score, place, came)
                before[place, key] = came
                if score > ends.get(key, (0, 0))[0]:
                    ends[key] = (score, place)
    runs = []
    for key, (score, place) in ends.items():
        run = []
        while place >= 0:
            run.append(found[place])
            place = before[place, key]
        runs.append((score, run[::-1]))
    return [run for _, run in sorted(runs, key=lambda scored: -scored[0])]


def _weights(text: str, blocks: Sequence[Block], found: Sequence[Found]) -> list[int]:
    """How much like a heading each is: formal, in capitals or marked more, with no words of its own below it less."""
    weights = []
    for place, one in enumerate(found):
        words = one.head.title.of(text)
        weight = (
            4 + 2 * (one.head.formal or words.isupper() or bool(blocks[one.at].level)) if one.head.is_heading else 2
        )
        above, below = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
        near = (above is not None and _adjoin(above, one)) + (below is not None and _adjoin(one, below))
        if one.at and near == 0 and _introduces(text, blocks[one.at - 1]):
            weight = 0
        weights.append(weight if near == 0 else 1 if near == 1 and (weight > 4) else 0)
    return weights


def _adjoin(one: Found, other: Found) -> bool:
    """Whether two numbers that follow one another have nothing between them."""
    if one.has_text or one.at + one.replaces < other.at:
        return False
    return any(key == other_key and b - a == 1 for key, a in one.series for other_key, b in other.series)


def _introduces(text: str, block: Block) -> bool:
    """Whether a block makes the numbered one below it a member of a list."""
    part = part_label(text, block)
    return part is Part.OUTCOME or (part is None and text[block.start : block.end].rstrip()[-1:] == ":")


def _is_agenda(text: str, blocks: Sequence[Block], run: Sequence[Found]) -> bool:
    """Whether a run of numbered headings is of a meeting's items: of such as meetings have, or decided one by one."""
    if len(run) < 2:
        return False
    if any(one.head.formal for one in run[:_FIRST_ITEMS]):
        return True
    usual = sum(one.head.formal or bool(_USUAL.match(fold(one.head.title.of(text)))) for one in run)
    if usual >= 2:
        return True
    ends = [one.at for one in run[1:]] + [len(blocks)]
    return sum(_has_minutes(text, blocks[one.at + 1 : end]) for one, end in zip(run, ends, strict=True)) >= 2


def _has_minutes(text: str, blocks: Sequence[Block]) -> bool:
    """Whether what stands below a heading has minutes or a decision of its own."""
    return any(
        part_label(text, block) in (Part.BODY, Part.OUTCOME) or is_outcome(fold(text[block.start : block.end][:200]))
        for block in blocks
    )


def _marked(text: str, blocks: Sequence[Block]) -> list[Found]:
    """The headings of the second level that a file itself marks, where they are a meeting's items without numbers."""
    found = []
    for n, block in enumerate(blocks):
        if block.level == 2 and part_label(text, block) is None:
            words = fold(text[block.body : block.end])
            found.append(Found(n, Head(Span(block.body, block.end), formal=is_formal(words)), (block,), 1, ()))
    return found if _is_agenda(text, blocks, found) else []
