"""What a passage is: finding, judgement, recommendation, decision, risk, action, or discussion."""

import re
from collections.abc import Sequence

from corpus.entry import Entry, Part
from corpus.folding import fold
from corpus.model import Form, Role, Voice, VoiceSpan

GRADE = r"(?:inadequate|requires? improvement(?: to be good)?|good|outstanding)"
_HEADING_FORMS = frozenset({Form.HEADING, Form.LABEL, Form.FIELD, Form.HEADER, Form.RULE})
_JUDGED = re.compile(
    rf"\b(?:judged|rated|graded|judgement|overall effectiveness)\b[^.;]{{0,80}}\b{GRADE}\b|\t['\"]?{GRADE}$", re.IGNORECASE
)
_CONDITIONAL = re.compile(r"(?:when|where|if)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:is|are) (?:asked|invited|recommended|requested) to\b|\brecommended that (?:the )?(?:board|cabinet|committee|council|panel)\b", re.IGNORECASE
)
_PROMISED = re.compile(
    r"\bundertook to\b|\bwill (?:be|meet|work|appoint)\b|\bwould (?:also )?be (?:brought|presented|submitted|provided)\b|"
    r"\bwould need to submit\b|\brequired to submit\b",
    re.IGNORECASE,
)
_ACTION_HEADING = re.compile(r"\b(?:next steps|following steps|actions?|improvements have been made)\b", re.IGNORECASE)
_FINDING_HEADING = re.compile(r"\b(?:areas for improvement|strengths|positives|areas needing focus|findings)\b", re.IGNORECASE)


def role(entry: Entry, text: str, voices: Sequence[VoiceSpan], headings: Sequence[str], lead_in: str) -> Role:
    """The role of the passage ``text`` that ``entry`` was cut into; ``headings`` run from the outermost in."""
    words = fold(text)
    above = fold(headings[-1]) if headings else ""
    if entry.outcome:
        return Role.RECOMMENDATION if entry.outcome.startswith("recommend") else Role.DECISION
    if entry.form in _HEADING_FORMS or entry.part is Part.TAIL:
        return Role.HEADING
    if re.match(r"(?:\d+\.\s*)?recommendations?\b", above, re.IGNORECASE) or _ASKED.search(words):
        return Role.RECOMMENDATION
    if entry.form is Form.ROW and re.search(r"\brisks?\b", f"{above} {fold(lead_in)}", re.IGNORECASE):
        return Role.RISK
    if _JUDGED.search(words) and not _CONDITIONAL.match(words[entry.block.body - entry.block.start :]):
        return Role.JUDGEMENT
    if _FINDING_HEADING.search(f"{above} {fold(lead_in)[-200:]}" if entry.group else ""):
        return Role.FINDING
    if _ACTION_HEADING.search(fold(lead_in)[-200:]) or _PROMISED.search(words):
        return Role.ACTION
    if any(voice.voice in (Voice.OFSTED, Voice.OFSTED_REPORTED) for voice in voices):
        return Role.FINDING
    return Role.DISCUSSION
