"""Whose words a sentence gives, read from how council papers attribute speech.

Minutes report speech ("officers confirmed that…"), often at second hand ("reference was made to the comment within
the letter"), often with nobody named ("It was added that"). Only what is written is used: a sentence that names
nobody continues the one before it in the same passage, and otherwise its voice is not stated.
"""

import re
from dataclasses import dataclass

from corpus.folding import fold
from corpus.model import Kind, Span, Voice, VoiceSpan
from corpus.sentences import sentences

_SAYS = (
    r"(?:acknowledged|added|advised|agreed|asked|assured|clarified|commented|concurred|confirmed|drew|emphasised|"
    r"enquired|explained|expressed|felt|gave|highlighted|indicated|informed|noted|outlined|praised|provided|queried|"
    r"questioned|raised|recognised|reiterated|remarked|reported|requested|responded|said|stated|stressed|suggested|"
    r"thanked|told|undertook|(?:was|were) concerned|welcomed|will provide)"
)
_FOUND = (
    r"(?:acknowledged|advised|been clear|comments|commented|concluded|confirmed|found|highlights|highlighted|"
    r"identified|indicated|judged|looked at|notes|noted|praised|recognises|recognised|recommended|reports|said|saw)"
)
_OFFICER = (
    r"(?:officers?|dcs|(?:assistant |deputy )?directors?(?: of [\w ']{3,50}?)?|chief executive|"
    r"head of [\w ]{3,40}?|(?:team|service|practice) managers?|principal social worker)"
)
_NAMES = r"(?: and|,? (?-i:[A-Z])[\w'-]+){0,6}"
_MEMBER = (
    rf"(?:members|(?:committee|board|panel|cabinet) members?|(?:councillors?|cllrs?){_NAMES}|"
    r"(?:vice[- ])?chair(?:man|woman|person)?|lead member(?: for [\w ]{3,40}?)?|portfolio holder)"
)
_OFSTED = r"(?:ofsted|inspectors|the inspection|the (?:published|ofsted|inspection) (?:report|letter))"
_ADVERB = r"(?:\s+(?:also|then|further|again|all|both|lastly|had|has|have|that|it|will))"
# The one who is spoken of or to is not the one who speaks.
_SUBJECT = r"(?<!of the )(?<!by the )(?<!with the )(?<!to the )(?<!where the )(?<!provided )(?<!informed )\b"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OFFICER_SAYS = _compile(rf"{_SUBJECT}{_OFFICER}(?: \([A-Z]+\))?(?:,[^,.;]{{0,80}},)?{_ADVERB}*\s+{_SAYS}\b")
_MEMBER_SAYS = _compile(rf"{_SUBJECT}{_MEMBER}(?:,[^,.;]{{0,80}},)?{_ADVERB}*\s+{_SAYS}\b")
_PRONOUN_SAYS = _compile(rf"^(?:he|she){_ADVERB}*\s+{_SAYS}\b")
_OFSTED_FOUND = _compile(
    rf"\b{_OFSTED}\b{_ADVERB}*(?:\s+not)?\s+{_FOUND}\b|\bjudged the service\b|"
    r"\b(?:was|were|been|being|is|are) (?:identified|highlighted|found|given|raised|judged) by (?:ofsted|inspectors)\b"
)
_OF_OFSTED = _compile(
    r"\b(?:comments?|commentary|findings)\b[^.;:]{0,40}\b(?:within|in|from|of|by) (?:the |its )?"
    r"(?:letter|ofsted|published)\b|"
    r"\bofsted's (?:comments?|findings|view|judgement|concerns)\b"
)
# Who draws attention to Ofsted's comments gives them; who finds them fair gives an opinion.
_POINTS_TO_OFSTED = _compile(
    r"\b(?:drew (?:[\w']+ ){0,5}attention to|pointed to|quoted|referred to|summarised)(?: [\w']+){0,3}? "
    r"(?:ofsted's (?:comments?|findings|view|concerns)|(?:comments?|commentary|findings) (?:of|by|from|within|in) "
    r"(?:the |its )?(?:letter|ofsted))\b"
)
# In a council's report "this report" is the council's own, and "the report recognises" is Ofsted's.
_REPORT_FOUND = _compile(rf"^(?:the report|it)(?: also)? {_FOUND}\b")
_IT_FOUND = _compile(rf"^it{_ADVERB}* {_FOUND}\b")
_NOBODY_SAYS = _compile(
    rf"\bit was (?:\w+ )?{_SAYS}\b|\b(?:was|were) (?:informed|advised|told)\b|\breference was made\b|"
    r"\ban update was provided\b"
)
# A member's words run on into the next sentence only where it leans on the one before; Ofsted's only where it adds
# to the one before, since "these changes…" may be the council's own view of what Ofsted found.
_LEANS = _compile(r"(?:however|also|as a result|furthermore|in addition|this|these|it|they|he|she)\b")
_ADDS = _compile(r"(?:however|also|as a result|furthermore|in addition)\b")
_ONE_OFFICER = _compile(r"\b(?:dcs|director|chief executive|officer)\b")
_ONE_MEMBER = _compile(r"\b(?:chair(?:man|woman|person)?|lead member|councillor|cllr|board member)\b")
_OURS = _compile(r"\b(?:our|we|council's|self[- ](?:assessment|evaluation))\b")
_OFSTED_LIST = _compile(r"\bareas for improvement\b|\bareas needing focus\b|\bpositives\b|\bstrengths\b|\bjudgement\b")


@dataclass(slots=True)
class Speaker:
    """The one person last mentioned in an item: whom "He reiterated" may mean, in that passage or the next."""

    voice: Voice = Voice.NOT_STATED
    passages_ago: int = 0


def voices(
    text: str, span: Span, kind: Kind, speaker: Speaker, lead_in: str = "", spoken: bool = True
) -> tuple[VoiceSpan, ...]:
    """Whose words each sentence of ``text[span]`` gives, in order.

    ``lead_in`` introduces the list that the passage is in, and its attribution holds for the list. ``speaker`` is
    carried from passage to passage of one item. Words that are not ``spoken``, as a decision's are the meeting's own,
    are left not stated.
    """
    if not spoken:
        return tuple(VoiceSpan(*sentence, Voice.NOT_STATED) for sentence in sentences(text, span))
    own = Voice.AUTHOR if kind is Kind.REPORT else Voice.NOT_STATED
    start = (own, Voice.NOT_STATED)
    of_list = _attributes_list(lead_in)
    if of_list:
        start = (Voice.OFSTED_REPORTED, own)
    speaker.passages_ago += 1
    current = start
    found = []
    for sentence in sentences(text, span):
        words = fold(sentence.of(text))
        current = _of_sentence(words, kind, start if kind is Kind.REPORT else current, own, speaker, of_list)
        _remember(words, speaker)
        found.append(VoiceSpan(*sentence, *current))
    return tuple(found)


def _attributes_list(lead_in: str) -> bool:
    """Whether the last sentence of a lead-in says that the list under it is Ofsted's."""
    last = sentences(lead_in)[-1:]
    words = fold(last[0].of(lead_in)) if last else ""
    if _OFSTED_FOUND.search(words):
        return True
    return bool(_OFSTED_LIST.search(words)) and not _OURS.search(words)


def _of_sentence(
    words: str, kind: Kind, current: tuple[Voice, Voice], own: Voice, speaker: Speaker, in_list: bool
) -> tuple[Voice, Voice]:
    """The voice of one sentence and, where it is Ofsted's at second hand, who reports it."""
    by, said_at = _speech(words, speaker)
    ofsted = _OFSTED_FOUND.search(words, said_at) or _POINTS_TO_OFSTED.search(words)
    if by is not Voice.NOT_STATED:
        return (Voice.OFSTED_REPORTED, by) if ofsted else (by, Voice.NOT_STATED)
    if ofsted or _OF_OFSTED.search(words):
        return Voice.OFSTED_REPORTED, own
    if kind is Kind.REPORT and _REPORT_FOUND.match(words):
        return Voice.OFSTED_REPORTED, own
    if current[0] is Voice.OFSTED_REPORTED and _IT_FOUND.match(words):
        return current
    if kind is not Kind.REPORT and _NOBODY_SAYS.search(words):
        return Voice.NOT_STATED, Voice.NOT_STATED
    runs_on = _ADDS if current[0] is Voice.OFSTED_REPORTED else _LEANS
    if in_list or current[0] is Voice.OFFICER or runs_on.match(words):
        return current
    return own, Voice.NOT_STATED


def _speech(words: str, speaker: Speaker) -> tuple[Voice, int]:
    """Who speaks first in the sentence, and where what they say begins."""
    officer, member = _OFFICER_SAYS.search(words), _MEMBER_SAYS.search(words)
    if officer and (member is None or officer.start() <= member.start()):
        return Voice.OFFICER, officer.end()
    if member:
        return Voice.MEMBER, member.end()
    pronoun = _PRONOUN_SAYS.match(words)
    if pronoun and speaker.passages_ago <= 1:
        return speaker.voice, pronoun.end()
    return Voice.NOT_STATED, 0


def _remember(words: str, speaker: Speaker) -> None:
    officers = [match.start() for match in _ONE_OFFICER.finditer(words)]
    members = [match.start() for match in _ONE_MEMBER.finditer(words)]
    if officers or members:
        speaker.voice = Voice.OFFICER if max(officers, default=-1) > max(members, default=-1) else Voice.MEMBER
        speaker.passages_ago = 0
