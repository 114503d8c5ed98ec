"""Which meetings' minutes the minutes of a later one confirm.

The web service seldom says whether minutes are a draft. The next meeting's do: "RESOLVED that the minutes of the
meeting held on 9 July 2019 be agreed as a correct record."
"""

import html
import re
from collections.abc import Iterator
from datetime import date

from corpus.dates import find_dates
from corpus.folding import on_one_line
from corpus.moderngov.records import Meeting

_OF_MINUTES = re.compile(r"\b(?:minutes|records?) of\b|^(?:the )?(?:\w+ ){0,2}(?:minutes|record)\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:minutes|record of (?:the )?(?:\w+ )?meetings?)\b", re.IGNORECASE)
_CONFIRMED = re.compile(
    r"\b(?:correct|accurate|true) record\b|\b(?:confirmed|approved|agreed|signed|accepted)\b", re.IGNORECASE
)
_NOT_CONFIRMED = re.compile(
    r"\b(?:not|defer(?:red)?|unable|postponed|until|next meeting|future meeting|subject to confirmation)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(])")
_BREAK = re.compile(r"</?(?:p|div|li|tr|td|h[1-6]|br)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


def confirmed(meeting: Meeting) -> frozenset[date]:
    """The days of earlier meetings whose minutes this one's published minutes say it confirmed.

    Only an item about minutes is read, and only a sentence that names the minutes, the day and the confirming.
    """
    return frozenset(
        day
        for item in meeting.items
        if item.minutes_published and not item.restricted and _OF_MINUTES.search(item.title)
        for sentence in _sentences(item.minutes)
        if _MINUTES.search(sentence) and _CONFIRMED.search(sentence) and not _NOT_CONFIRMED.search(sentence)
        for day in _days(sentence)
        if day < meeting.day
    )


def _sentences(words: str) -> Iterator[str]:
    for paragraph in _BREAK.sub("\n\n", words).split("\n\n"):
        yield from _SENTENCE.split(on_one_line(html.unescape(_ANY_TAG.sub(" ", paragraph))))


def _days(sentence: str) -> Iterator[date]:
    return (found.first for found in find_dates(sentence) if found.first == found.last)
