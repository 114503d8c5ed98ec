"""Exempt papers: those that say of themselves that they are not for publication.

Part VA of the Local Government Act 1972 lets a council meet in private on the matters of its Schedule 12A, and keep the
papers on them from the public (https://www.legislation.gov.uk/ukpga/1972/70/schedule/12A). What is public says so
often: minutes record that the public were excluded, a report that its appendix is exempt. Neither is exempt itself.
"""

import re
from collections.abc import Iterator

from corpus.folding import fold, on_one_line
from corpus.reading.reading import Reading

# A paper says so above its text; what comes later is of others, or of an item.
_OPENING = 1500
# How much of the top of a later page is its heading.
_TOP = 200
_LONGEST_LINE = 400
_LONGEST_SHOWN = 120

_PARAGRAPHS = r"paragraphs?\s+[0-9]+[a-z]?(?:[\s,&]+(?:and\s+)?[0-9]+[a-z]?)*"
# Lines that say it of the paper they stand in. Nothing but brackets, stars and dashes may stand before the words.
_SAYS_SO = re.compile(
    rf"""[\s\[(*\-–—]*(?:this\s+(?:report|paper|document|appendix|item|minute)\s+(?:is|contains)\s+)?(?:
        not\s+for\s+publication\b(?!\s+(?:of|items?|papers|reports)\b)
      | (?:strictly\s+)?(?:private\s+and\s+)?confidential(?:\s+(?:report|paper|minutes?|appendix|item))?[\s\])*.:;–—-]*$
      | exempt(?:\s+(?:from\s+publication|report|paper|minutes?|appendix|information|item|by\s+virtue))\b(?!s)
      | restricted(?:\s+(?:report|paper|minutes?|appendix|item|access))?[\s\])*.:;–—-]*$
      | (?:exempt|confidential|not\s+public|restricted|private)?[\s,:–—-]*
        by\s+virtue\s+of\s+{_PARAGRAPHS}[^.]*\bschedule\s+12a\b
      | official[\s-]+sensitive\b
      | part\s+(?:2|ii|b)\s*[\[(–—-]+\s*(?:exempt|private|confidential|not\s+for\s+publication)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Headings of a meeting's private part, what is said of another paper, and forms filled in "no".
_OF_OTHERS = re.compile(
    r"\b(?:appendi(?:x|ces)\s+\w+[^.]{0,40}\b(?:is|are)\b|following\s+(?:items?|reports?|papers?)"
    r"|[:?–-]\s*(?:no|none|nil|n/?a|not\s+applicable)\b"
    r"|exclu(?:de|sion)|the\s+(?:press|public)\b|items?\s+(?:below|listed))",
    re.IGNORECASE,
)
_NAMED_SO = re.compile(
    r"(?:^|[^a-z])(?:exempt|restricted|confidential|not[\W_]for[\W_]publication)(?:[^a-z]|$)", re.IGNORECASE
)
_ANYWHERE = re.compile(r"\b(?:not\s+for\s+publication|schedule\s+12a)\b", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")


def is_named_exempt(name: str) -> bool:
    """Whether a file's own name says that it is private; the folders above it do not count."""
    return _NAMED_SO.search(name.rsplit("/", 1)[-1].rsplit(".", 1)[0]) is not None


def why_exempt(reading: Reading) -> str | None:
    """Why a paper is to be set aside, in words for whoever supplied it; None where nothing says that it is private."""
    text = fold(reading.text)
    if said := next(_said(text, 0, _OPENING), None):
        return f"says at its top “{said}”"
    for page in reading.pages[1:]:
        if said := next(_said(text, page.start, page.start + _TOP), None):
            return f"says at the top of page {page.number} “{said}”"
    return None


def mentions_exempt(reading: Reading) -> bool:
    """Whether a paper that is not set aside speaks of private matters, so that a person should look."""
    return _ANYWHERE.search(fold(reading.text)) is not None


def _said(text: str, start: int, end: int) -> Iterator[str]:
    """The lines that begin in this part of the text and say that it is private, as far as they are shown."""
    for line in _LINE.finditer(text, start, min(end + _LONGEST_LINE, len(text))):
        if line.start() >= end:
            return
        words = on_one_line(line[0])
        if len(words) <= _LONGEST_LINE and _SAYS_SO.match(words) and not _OF_OTHERS.search(words):
            yield words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"
