"""Officers' advice: what a report says of law, money, risk and the like beside the matter itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Form, Item, Passage

_SUBJECT = (
    r"(?:legal|financ\w+|resourc\w+|risks?|equalit\w+|diversity|human resources?|staffing|workforce|procurement|"
    r"data protection|privacy|climate|sustainab\w+|carbon|environment\w*|safeguarding|crime and disorder|"
    r"constitutional|property|human rights|value for money|public health)"
)
_HEADING = re.compile(
    rf"^\W*(?:\d[\d.]*\W*)?(?:{_SUBJECT}\b.*\b(?:implications?|management|considerations?|assessments?|impacts?|"
    rf"comments?|advice)\b|(?:implications?|advice|comments?) (?:of|for|on|from)\b.*\b{_SUBJECT}\b|{_SUBJECT})\W*$",
    re.IGNORECASE,
)
_SHOWN = frozenset({Form.PARAGRAPH, Form.ITEM, Form.ROW, Form.FIELD})


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands under one heading of advice, in order."""

    heading: str
    passages: tuple[Passage, ...]


def advice(passages: Iterable[Passage], item: Item) -> tuple[Advice, ...]:
    """The advice given on an item, among the passages of its document, by heading in order."""
    under: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.item == item and (heading := _heading(passage)):
            under.setdefault(heading, []).append(passage)
    return tuple(Advice(heading, tuple(found)) for heading, found in under.items())


def advises(passage: Passage) -> bool:
    """Whether a passage gives officers' advice: it stands under such a heading."""
    return bool(_heading(passage))


def _heading(passage: Passage) -> str:
    """The innermost heading of advice that a passage stands under, or nothing."""
    if passage.form not in _SHOWN:
        return ""
    return next((words for words in reversed(passage.headings) if _HEADING.match(words)), "")
