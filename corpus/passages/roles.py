"""What a passage is: finding, judgement, recommendation, decision, risk, action, or discussion."""

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.model import Form, Role, Voice, VoiceSpan
from corpus.passages.entry import Entry, Part

# How much of an introduction's end is read.
_ENDING = 200
GRADE = r"(?:inadequate|requires? improvement(?: to be good)?|good|outstanding)"
# "Judged to be making good progress" gives no grade.
_NOT_GRADED = "(?:examples?|outcomes?|practice|progress|quality|relationships?|understanding|use|work)"
_HEADING_FORMS = frozenset({Form.HEADING, Form.LABEL, Form.FIELD, Form.HEADER, Form.RULE})
_JUDGED = re.compile(
    rf"\b(?:judged|rated|graded|judgement|overall effectiveness)\b[^.;]{{0,80}}\b{GRADE}\b(?! {_NOT_GRADED}\b)"
    rf"|(?:^|\t)['\"]?{GRADE}['\"]?(?:\t|$)",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"(?:when|where|if)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:is|are) (?:asked|invited|recommended|requested) to\b|\bit is recommended that\b|"
    r"\brecommended that (?:the )?(?:board|cabinet|committee|council|panel)\b",
    re.IGNORECASE,
)
_DONE = (
    "(?:appointed|arranged|brought|circulated|created|established|introduced|presented|provided|recruited|"
    "reported|set up|shared|submitted)"
)
_DO = "(?:bring|circulate|prepare|present|provide|report back|share|submit)"
_PROMISED = re.compile(
    rf"\bundertook to\b|\bofficers? (?:agreed|offered) to\b|\bwill (?:meet|work|appoint)\b|"
    rf"\b(?:will|would|to) (?:also )?be {_DONE}\b|\b(?:would|will) (?:also )?{_DO}\b|"
    r"\bwould need to submit\b|\brequired to submit\b",
    re.IGNORECASE,
)
_ACTION_LINE = re.compile(r"actions?(?: points?| required)?\s*:", re.IGNORECASE)
_ACTION_HEADING = re.compile(r"\b(?:next steps|following steps|actions?|improvements have been made)\b", re.IGNORECASE)
_FINDING_HEADING = re.compile(
    r"\b(?:areas for improvement|strengths|positives|areas needing focus|findings)\b", re.IGNORECASE
)


def role(entry: Entry, text: str, voices: Sequence[VoiceSpan], headings: Sequence[str], lead_in: str) -> Role:
    """The role of a passage that ``entry`` was cut into.

    ``text`` is the passage's words after its marker, ``headings`` run from the outermost in, and ``lead_in``
    introduces the list or table it is in. What introduces a list has the list's role. One sentence that gives
    Ofsted's words makes a passage a finding: who looks for findings would rather see it than miss it.
    """
    words = fold(text)
    above = fold(headings[-1]) if headings else ""
    introduced = fold(lead_in)[-_ENDING:] if lead_in or entry.opens is None else words[-_ENDING:]
    if entry.outcome:
        return Role.RECOMMENDATION if entry.outcome.startswith("recommend") else Role.DECISION
    if entry.form in _HEADING_FORMS or entry.part in (Part.FRONT, Part.TAIL):
        return Role.HEADING
    if re.match(r"(?:\d+\.\s*)?recommendations?\b", above, re.IGNORECASE) or _ASKED.search(words):
        return Role.RECOMMENDATION
    if entry.form is Form.ROW and re.search(r"\brisks?\b", f"{above} {introduced}", re.IGNORECASE):
        return Role.RISK
    if _JUDGED.search(words) and not _CONDITIONAL.match(words):
        return Role.JUDGEMENT
    if _FINDING_HEADING.search(f"{above} {introduced}" if entry.group else introduced):
        return Role.FINDING
    promised = _PROMISED.search(words) and entry.part is not Part.INTRODUCTION
    said = any(voice.voice in (Voice.OFFICER, Voice.MEMBER) for voice in voices)
    if promised or _ACTION_LINE.match(words) or (_ACTION_HEADING.search(introduced) and not said):
        return Role.ACTION
    if any(voice.voice in (Voice.OFSTED, Voice.OFSTED_REPORTED) for voice in voices):
        return Role.FINDING
    return Role.DISCUSSION
