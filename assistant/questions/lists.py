"""Lists that a question asks for by what they are headed: what is to improve, and what is done well.

Inspections, and the reports on them, end in such lists, under headings that differ with the framework and the year.
"""

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.model import Form, Kind, Passage
from index.index import Index
from index.words.analysis import terms

_SHORTCOMINGS = (
    r"\bneeds? to (?:improve|do better|be improved)\b|"
    r"\bareas? (?:for|of|needing|that need\w*) (?:to )?(?:improve\w*|focus)\b|"
    r"\brecommendations\b|\bpriority (?:and immediate )?actions?\b|\bweaknesses\b|\bshortcomings\b"
)
_MEND = r"(?:fix|improve|put right|sort(?: out)?|work on)"
_STRENGTHS = r"\bstrengths\b|\bpositives\b|\bthat is effective\b|\b(?<!not )(?:working|went|going|does) well\b"
# What such lists are headed, and how else they are asked for.
_LISTS = tuple(
    (re.compile(headed, re.IGNORECASE), re.compile(rf"{headed}|{asks}", re.IGNORECASE))
    for headed, asks in (
        (
            _SHORTCOMINGS,
            r"\bdo better\b(?! than)|\b(?:have|has|must|needs?|should) (?:to )?get better\b|"
            r"\bimprovements? (?:needed|required)\b|\bfailings\b|\bproblems\b|"
            r"\b(?:bad|weak) (?:bits|points|things)\b|"
            rf"\b(?:asked|ordered|says?|said|tell|told|want(?:ed|s)?|should|must)\b(?: \S+){{0,6}}? (?:to )?{_MEND}\b|"
            rf"\b(?:points|things|thing|what) to {_MEND}\b|"
            r"\b(?:went|gone|do(?:es|ing)?|did) (?:\w+ ){0,2}(?:wrong|badly)\b|"
            r"\bnot (?:good|going|doing)(?: (?:so )?well)?\b",
        ),
        (_STRENGTHS, r"\bgood (?:bits|points|things|at)\b|(?<!not )\bdo(?:es|ing)? (?:\w+ )?well\b|\bpraise[ds]?\b"),
    )
)


# What in such words names a list, and not whose it is or of what ("what Ofsted told *Leicester* to fix").
_NAMING = frozenset(
    terms(
        "action area ask asked bad badly better bit do doing done effective failing fix focus go going gone good "
        "immediate improve improvement need not order ordered point positive praise priority problem put "
        "recommendation right said shortcoming should sort strength tell thing told want weak weakness well went "
        "work working wrong"
    )
)


def lists_named(question: str) -> tuple[re.Pattern[str], ...]:
    """What the lists are headed that ``question`` asks for ("the weaknesses"); none where it asks for none."""
    folded = fold(question)
    return tuple(headed for headed, asks in _LISTS if asks.search(folded))


def listing(question: str) -> frozenset[str]:
    """The terms of ``question`` that only name the lists it asks for ("areas for improvement")."""
    folded = fold(question)
    named = (term for _, asks in _LISTS for found in asks.finditer(folded) for term in terms(found[0]))
    return _NAMING & frozenset(named)


def in_lists(passage: Passage, lists: Sequence[re.Pattern[str]], index: Index) -> bool:
    """Whether a passage opens one of ``lists``, or is in it, which is told by what introduces it.

    In an inspection report paragraphs under such a heading are a list too: inspections of local areas set theirs out
    so, while a council's report has other things under "recommendations".
    """
    listed = passage.opens is not None or passage.group is not None
    if not lists or not (listed or passage.form is Form.PARAGRAPH):
        return False
    if passage.opens is not None:
        return any(headed.search(passage.text) for headed in lists)
    document = index.document(passage.document)
    if not listed and (document is None or document.source.kind.value != Kind.INSPECTION):
        return False
    lead_in = passage.lead_in.of(document.text) if document is not None and passage.lead_in else ""
    introduced = "\n".join((*passage.headings[-1:], lead_in))
    return any(headed.search(introduced) for headed in lists)
