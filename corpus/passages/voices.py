"""Whose words a sentence gives, read from how council papers attribute speech.

Minutes report speech ("officers confirmed that…"), often at second hand ("reference was made to the comment within
the letter"), often with nobody named ("It was added that"). Only what is written is used: a sentence that names
nobody continues the one before it in the same passage, and otherwise its voice is not stated.
"""

import re
from dataclasses import dataclass

from corpus.folding import fold
from corpus.model import Kind, Span, Voice, VoiceSpan
from corpus.passages.roles import GRADE
from corpus.sentences import sentences

# Verbs that give what somebody said. "Considered a report", "observed a visit" and "supported families" do not.
_SAYS = (
    r"(?:accepted|acknowledged|added|advised|agreed|answered|argued|asked|assured|believed|clarified|commended|"
    r"commented|concurred|confirmed|congratulated|considered that|disagreed|drew|emphasised|enquired|explained|"
    r"expressed|felt|gave|highlighted|hoped|indicated|informed|insisted|mentioned|noted|observed that|outlined|"
    r"pointed out|praised|promised|proposed|provided|queried|questioned|raised|recalled|recognised|recommended|"
    r"referred to|reiterated|remarked|reminded|replied|reported|requested|responded|said|sought|stated|stressed|"
    r"suggested|thanked|told|undertook|urged|wanted to know|warned|welcomed|will provide|wished to know|wondered|"
    r"(?:was|were) (?:not )?(?:concerned|convinced|disappointed|pleased|surprised|worried|of the (?:view|opinion)))"
)
# Of the present tense, "members note" asks members to note, and "that officers advise" asks officers to advise.
_SAYS_NOW = r"(?:advises|believes|comments|confirms|considers|explains|proposes|recommends|states|suggests|supports)"
_THEY_SAY_NOW = r"(?:advise|believe|consider|propose|recommend|suggest)"
_FOUND = (
    r"(?:acknowledged|advised|comments|commented|concluded|confirmed|found|highlights|highlighted|"
    r"identified|indicated|judged|notes|noted|praised|recognises|recognised|recommended|reports|said|saw)"
)
# "It is clear" is anybody's, so this takes a noun for its subject.
_FELT = r"(?:is|are|was|were|been) (?:clear|complimentary|concerned|critical|positive|satisfied)"
_OFFICER = (
    r"(?:officers?|dcs|(?:assistant |deputy )?directors?(?: (?:of|for) [\w ']{3,50}?)?|chief executive|"
    r"head of [\w ]{3,40}?|(?:team|service|practice) managers?|principal social worker)"
)
_NAMES = r"(?: and|,? (?-i:[A-Z])[\w'-]+){0,6}"
_OF_A_BODY = (
    r"(?: of the (?:(?!youth\b|care\b|school\b)[\w'&-]+ ){0,8}?(?:committee|board|panel|cabinet|council|commission))?"
)
_MEMBER = (
    rf"(?:members{_OF_A_BODY}|(?:committee|board|panel|cabinet) members?|(?:councillors?|cllrs?){_NAMES}|"
    r"(?:vice[- ])?chair(?:man|woman|person)?|lead member(?: for [\w' ]{3,40}?)?|portfolio holder)"
)
_OFSTED = r"(?:ofsted|inspectors|the inspection|the (?:published|ofsted|inspection) (?:report|letter))"
_ADVERB = r"(?:\s+(?:also|then|further|again|all|both|lastly|had|has|have|that|it|will))"
_ASIDE = r"(?: \([^()]{1,40}\))?(?:,[^,.;]{0,80},)?"
# The one who is spoken of or to is not the one who speaks, nor is every officer or member the council's.
_SUBJECT = (
    r"(?<!of the )(?<!by the )(?<!with the )(?<!to the )(?<!where the )(?<!provided )(?<!informed )"
    r"(?<!police )(?<!probation )(?<!family )(?<!staff )(?<!team )(?<!independent )\b"
)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OFFICER_SAYS = _compile(
    rf"{_SUBJECT}{_OFFICER}{_ASIDE}{_ADVERB}*\s+(?:{_SAYS}|{_SAYS_NOW})\b|(?<!that )\bofficers {_THEY_SAY_NOW}\b"
)
_MEMBER_SAYS = _compile(
    rf"{_SUBJECT}{_MEMBER}{_ASIDE}{_ADVERB}*\s+{_SAYS}\b|"
    rf"\bthe (?:lead member|portfolio holder)[\w' ]{{0,50}}? {_SAYS_NOW}\b"
)
_PRONOUN_SAYS = _compile(rf"^(?:he|she){_ADVERB}*\s+{_SAYS}\b")
# Somebody speaks, and nothing of what is said is given.
_ONLY_SPEAKS = _compile(
    rf"{_SUBJECT}(?:{_OFFICER}|{_MEMBER}|he|she){_ASIDE}{_ADVERB}*\s+(?:asked|gave|provided|raised)\b"
    r"(?: [\w']+){0,9}? (?:(?:an?|the)(?: \w+)? (?:update|overview|presentation|summary)|"
    r"(?:a number of|a range of|several|some|various)(?: \w+)? "
    r"(?:questions|comments|points|queries)(?= and (?:comments|questions|points)|[,.:]))\b"
    rf"(?!.*\band{_ADVERB}* {_SAYS}\b)"
)
_OFSTED_FOUND = _compile(
    rf"\b{_OFSTED}\b{_ADVERB}*(?:\s+not)?\s+(?:{_FOUND}|{_FELT})\b|\bjudged the service\b|"
    r"\b(?:was|were|been|being|is|are) (?:identified|highlighted|found|given|raised|judged) by (?:ofsted|inspectors)\b|"
    rf"\baccording to {_OFSTED}\b"
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
_REPORT_FOUND = _compile(rf"^(?:the (?:report|letter)|it)(?: also)? {_FOUND}\b|^the (?:report|letter) {_FELT}\b")
# After a sentence that gives Ofsted's words.
_IT_FOUND = _compile(rf"^(?:it|they|the letter){_ADVERB}* {_FOUND}\b")
_GRADED = _compile(rf"\b(?:rated|graded|judged)(?: as| to be)? ['\"]?{GRADE}\b")
_NOBODY_SAYS = _compile(
    rf"\bit was (?:\w+ )?{_SAYS}\b|\b(?:was|were) (?:informed|advised|told)\b|\breference was made\b|"
    r"\ban update was provided\b|\bheard that\b|"
    r"\b(?:was|were) (?:agreed|approved|endorsed|noted|seconded|supported|welcomed) by\b"
)
# A member's words run on into the next sentence only where it leans on the one before; Ofsted's only where it adds
# to the one before, since "these changes…" may be the council's own view of what Ofsted found.
_LEANS = _compile(r"(?:however|also|as a result|furthermore|in addition|this|these|it|they|he|she)\b")
_ADDS = _compile(r"(?:however|also|as a result|furthermore|in addition)\b")
_ONE_OFFICER = _compile(r"\b(?:dcs|director|chief executive|head of|officer)\b")
_ONE_MEMBER = _compile(r"\b(?:chair(?:man|woman|person)?|lead member|councillor|cllr|board member)\b")
_OURS = _compile(r"\b(?:our|we|council's|self[- ](?:assessment|evaluation))\b")
_INSPECTED = _compile(rf"\b{_OFSTED}\b")
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
    are left not stated. All of an inspection report is Ofsted's, whomever it quotes.
    """
    cut = sentences(text, span)
    if kind is Kind.INSPECTION:
        return tuple(VoiceSpan(*sentence, Voice.OFSTED) for sentence in cut)
    if not spoken:
        return tuple(VoiceSpan(*sentence, Voice.NOT_STATED) for sentence in cut)
    own = Voice.AUTHOR if kind is Kind.REPORT else Voice.NOT_STATED
    of_list = _of_list(lead_in, fold(span.of(text)), own)
    start = of_list or (own, Voice.NOT_STATED)
    speaker.passages_ago += 1
    current = start
    found = []
    for sentence in cut:
        words = fold(sentence.of(text))
        current = (
            _attributed(words, kind, current, own, speaker)
            or of_list
            or _running_on(words, start if kind is Kind.REPORT else current, own)
        )
        _remember(words, speaker)
        found.append(VoiceSpan(*sentence, *current))
    return tuple(found)


def _of_list(lead_in: str, words: str, own: Voice) -> tuple[Voice, Voice] | None:
    """Ofsted's voice, and who reports it, where the last sentence of a lead-in says that the list under it is Ofsted's.

    So it is where the lead-in speaks of an inspection, and the list's member gives a grade.
    """
    last = sentences(lead_in)[-1:]
    introduced = fold(last[0].of(lead_in)) if last else ""
    if not _attributes_list(introduced) and not (_INSPECTED.search(introduced) and _GRADED.search(words)):
        return None
    by, _ = _speech(introduced, Speaker())
    return Voice.OFSTED_REPORTED, own if by is Voice.NOT_STATED else by


def _attributes_list(words: str) -> bool:
    return bool(_OFSTED_FOUND.search(words) or (_OFSTED_LIST.search(words) and not _OURS.search(words)))


def _attributed(
    words: str, kind: Kind, current: tuple[Voice, Voice], own: Voice, speaker: Speaker
) -> tuple[Voice, Voice] | None:
    """The voice that a sentence itself states and, where it is Ofsted's at second hand, who reports it."""
    if _ONLY_SPEAKS.search(words):
        return own, Voice.NOT_STATED
    by, said_at = _speech(words, speaker)
    ofsted = _OFSTED_FOUND.search(words, said_at) or _POINTS_TO_OFSTED.search(words)
    if by is not Voice.NOT_STATED:
        return (Voice.OFSTED_REPORTED, by) if ofsted else (by, Voice.NOT_STATED)
    if current[0] is Voice.OFSTED_REPORTED and _IT_FOUND.match(words):
        return current
    if ofsted or _OF_OFSTED.search(words) or (kind is Kind.REPORT and _REPORT_FOUND.match(words)):
        return Voice.OFSTED_REPORTED, Voice.OFFICER if Voice.OFFICER in current else own
    if words.endswith(":") and _attributes_list(words):
        return Voice.OFSTED_REPORTED, own
    if kind is not Kind.REPORT and _NOBODY_SAYS.search(words):
        return Voice.NOT_STATED, Voice.NOT_STATED
    return None


def _running_on(words: str, current: tuple[Voice, Voice], own: Voice) -> tuple[Voice, Voice]:
    """The voice of a sentence that names nobody, from that of the one before it.

    An officer's words run on, through what the officer reports of Ofsted, until somebody else speaks.
    """
    if words.endswith(":"):
        return own, Voice.NOT_STATED
    if (_ADDS if current[0] is Voice.OFSTED_REPORTED else _LEANS).match(words):
        return current
    return (Voice.OFFICER if Voice.OFFICER in current else own), Voice.NOT_STATED


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
