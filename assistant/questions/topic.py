"""What a text is about: its terms, without those that only frame a question."""

import re
from collections.abc import Collection

from index.words.analysis import term_spans, terms

# What words that were taken out leave behind: a comma after nothing, or two.
_COMMAS = re.compile(r"\s*(,)(?:\s*,)+\s*|\s+,\s*")
# How people frame a question, as opposed to what it is about.
FRAMING = """
    say says said tell told think thought know list name number many much date happen happened happening give
    given find found show please anything anyone anybody someone something everything thing things mention
    mentioned discuss discussed regarding concerning look mean means meant get got getting going go went come
    came report reported state stated decide decided decision agree agreed resolve resolved resolution precedent
    percent percentage average rate long soon often ok okay still now currently want wants sorry
    council committee meeting minutes note noted vs versus compare compared comparison different difference
    same ever precedents every latest recent recently bit bits stuff point points part parts mean meant one ones
"""
_FRAMING = frozenset(terms(FRAMING))


def topic_terms(text: str) -> tuple[str, ...]:
    """The terms of ``text`` that are its subject, and not the framing of a question."""
    return tuple(dict.fromkeys(term for term in terms(text) if term not in _FRAMING))


def without(text: str, gone: Collection[str]) -> str:
    """``text`` without the words whose terms are in ``gone``, its white space and the commas left over folded."""
    for term, start, end in reversed(term_spans(text)):
        if term in gone:
            text = text[:start] + text[end:]
    return _COMMAS.sub(lambda left: ", " if left[1] else " ", " ".join(text.split())).strip(" ,")
