"""Wants: the kind of answer that a question asks for, read from its words."""

import re
from enum import StrEnum

from corpus.folding import fold
from corpus.model import Role, Voice
from index.words.analysis import terms


class Want(StrEnum):
    """The kind of answer a question asks for."""

    FACT = "fact"
    WHO = "who"
    WHICH = "which"
    WHEN = "when"
    HOW_MANY = "how many"
    WHY = "why"
    GRADE = "grade"
    MEANING = "meaning"
    LIST = "list"
    DECISION = "decision"
    PRECEDENT = "precedent"


# What has a name of its own, and is asked for by it: "which organisation", "under what legislation".
_NAMED_THING = (
    r"(?:other |local |different )?(?:acts?|agency|authority|charity|company|contractor|council|firm|law|"
    r"legislation|organisation|provider|regulations?|school|university)"
)

GRADES = re.compile(r"\b(?:inadequate|requir\w+ improvement(?: to be good)?|good|outstanding)\b", re.IGNORECASE)

# Words that lead up to a question.
_LEADS_UP = r"^\W*(?:(?:and|but|so|ok|also|then|please)\W+)*"

# In order: the first that matches is what is wanted.
_WANTS = (
    (
        Want.WHY,
        rf"{_LEADS_UP}(?:why|how come)\b",
    ),
    (
        Want.PRECEDENT,
        r"\bprecedents?\b|\b(?:has|have|was|were|did) (?:anyone|anybody|(?:it|there) ever)\b"
        r"(?! (?:ask|comment|mention|raise|said|say|talk))|"
        r"\b(?:has|have|was|were|did) any (?:other )?(?:council|committee|authority|board|cabinet)\b",
    ),
    (
        Want.DECISION,
        r"\b(?:what|anything)\b.*\b(?:decided?|decides|agreed?|resolved?|approved?)\b|"
        r"\b(?:decisions?|resolutions?)\b(?! (?:to|making))|"
        r"\b(?:committees?|boards?|cabinets?|councils?|panels?)\b.*\b(?:noted|resolved?|agreed?|decided?)\b",
    ),
    (
        Want.MEANING,
        r"\bstands? for\b|(?-i:^\W*what(?:'s| is| are| does)(?: an?| the)? [A-Z]{2,}s?(?: mean)?\W*$)|"
        r"(?-i:\bwhat does [A-Z]{2,}s? mean\b)",
    ),
    (
        Want.HOW_MANY,
        r"\bhow many\b|\bhow much (?!progress|better|worse|improve|support|help)|%|\bper ?cent(?:age)?\b|"
        r"\bwhat (?:number|proportion|share)\b|\bnumbers? of\b|"
        r"\bnumbers\W*$|\baverage\b|\brate per\b|\bwhat(?:'s| is| was| are| were)\b.*\brates?\b|"
        r"\bcost(?:s|ing)?\b|\bpaid\b|\bsalary\b|\bspen(?:d|t|ding)\b|\bthe vote\b",
    ),
    (
        Want.WHICH,
        rf"\b(?:which|what) {_NAMED_THING}\b(?! plan| rule)",
    ),
    (
        Want.WHO,
        r"\bwho(?:se|m|s|'s)?\b|\b(?:his|her|their|what) name\b|\bname of\b|\bjob title\b|"
        r"\bwhich (?:officers?|councillors?|person|people)\b|\b(?:phone|email)\b|\bcontact (?:for|details|number)\b",
    ),
    (
        Want.WHEN,
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bdates? (?:of|for)\b|\bhow (?:long|soon|often)\b|"
        r"\bdeadline\b|(?<!\bto )(?<!\bof )\bdate\b",
    ),
    (
        Want.WHY,
        r"\bwhy\b|\bhow come\b|\breasons? (?:for|why|behind)\b|\bwhat (?:caused|led to|lay behind|(?:is|was) behind)\b",
    ),
    (
        Want.GRADE,
        r"\bgrades?\b|\bgraded\b|\bratings?\b|\bverdict\b|\boverall effectiveness\b|"
        r"(?<!inadequate )(?<!good )(?<!poor )\bjudge?ments?\b(?! inspection)|"
        r"\b(?:ofsted|inspection)(?:'s)? (?:results?|outcome)\b|"
        r"\b(?:results?|outcome) (?:of|for|from)\b.*\b(?:ofsted|inspection)\b|"
        r"\bhow (?:was|were|is|are|did|does|do)\b.*\b(?:rated?|graded?|judged?)\b|"
        r"^\W*(?:\w+\W+)?(?:is|was|are|were) (?:\S+ ){1,6}(?:inadequate|outstanding|requires improvement|"
        r"(?:rated|graded|judged) \w+|good(?=\W*$))\b",
    ),
    (
        Want.LIST,
        r"^\W*(?:please )?(?:list|name)\b|\bwhat (?:are|were) (?:all )?(?:the|their|its)\b|"
        r"\b(?:which|what) [a-z-]+s (?:are|were|did|have|has|need)\b|\ball (?:of )?the\b|\beverything\b|\bevery\b",
    ),
)
# "who" and "when" ask where they come first, or after words that lead up to a question; in "children who go missing"
# and "what happens when a child is hurt" they only join.
_OTHER_ASKS = re.compile(
    rf"{_LEADS_UP}(?:what|which|why|how|where|is|are|was|were|do|does|did|has|have|had|"
    r"can|could|will|would|should|list|name)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?<!\band)(?<!\bor)(?<!\bknow)(?<!\bknown)(?<!\bsay)(?<!\bsaid)(?<!\bme)(?<!\bus)(?<!\bof)(?<!\bto)(?<!\bby)"
    r"(?<!\bout)(?<=[a-z])\s(?:who(?:se|m)?|when)\b",
    re.IGNORECASE,
)
_WHENEVER = re.compile(r"^\W*when (?!(?:is|are|was|were|do|does|did|has|have|had|can|will)\b)(?=.* (?:what|how|who)\b)")
_WANTS_COMPILED = tuple((want, re.compile(pattern, re.IGNORECASE)) for want, pattern in _WANTS)

# Whose words are asked for: "what did Ofsted say", "what were members worried about".
_SPEAKS = (
    r"(?:say|said|says|find|found|think|thought|tell|told|identif\w+|rate[ds]?|judged?|praised?|criticis\w+|want\w*|"
    r"recommend\w*|worr\w+|raise[ds]?|concern\w*|view\w*|comment\w*|like[ds]?|make of|look(?:ed)? at|notice[ds]?|"
    r"flag\w*|highlight\w*|see|saw)"
)
_SPEAKERS = tuple(
    (frozenset(voices), re.compile(rf"\b({who})\b.*\b{_SPEAKS}\b", re.IGNORECASE))
    for who, voices in (
        (r"(?:ofsted|inspectors?)(?:'?s)?", (Voice.OFSTED, Voice.OFSTED_REPORTED)),
        (r"(?:members?|councillors?|cllrs?|chair(?:man|woman|person)?)", (Voice.MEMBER,)),
        (r"(?:officers?|director|dcs)", (Voice.OFFICER,)),
    )
)
# What a passage is, where the question asks for it by that name.
_ROLES = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.RECOMMENDATION, r"\brecommendations?\b|\basked to (?:decide|note|agree|approve|do)\b"),
        (Role.RISK, r"\brisks\b|\brisk (?:register|rating|table)\b"),
        (Role.JUDGEMENT, r"\bgrades?\b|\bjudge?ments?\b|\boverall\b|\bofsted rating\b"),
        (Role.ACTION, r"\bactions?\b(?! plan)"),
    )
)
# A question of what is to come.
_ASKS_AHEAD = re.compile(
    r"\b(?:will|next|upcoming|going to|due|likely|soonest|earliest)\b|\bwhen (?:is|are)\b", re.IGNORECASE
)


def wanted(question: str) -> Want:
    """The kind of answer that ``question`` asks for."""
    folded = fold(question)
    if _OTHER_ASKS.search(folded):
        folded = _JOINS.sub(" ", folded)
    folded = _WHENEVER.sub(" ", folded)
    return next((want for want, pattern in _WANTS_COMPILED if pattern.search(folded)), Want.FACT)


def asks_ahead(question: str) -> bool:
    """Whether ``question`` asks for what is yet to be ("when is the next visit")."""
    return bool(_ASKS_AHEAD.search(fold(question)))


def speakers(question: str) -> frozenset[Voice]:
    """The voices whose words ``question`` asks for; none where it does not say."""
    folded = fold(question)
    return frozenset().union(*(voices for voices, asks in _SPEAKERS if asks.search(folded)))


def speaking(question: str) -> frozenset[str]:
    """The terms of ``question`` that name whose words are asked for: Ofsted's own reports rarely say "Ofsted"."""
    folded = fold(question)
    return frozenset(term for _, asks in _SPEAKERS for found in asks.finditer(folded) for term in terms(found[1]))


def roles_named(question: str) -> frozenset[Role]:
    """The roles that ``question`` asks for by name ("which risks", "the recommendations"); none where it does not."""
    folded = fold(question)
    return frozenset(role for role, asks in _ROLES if asks.search(folded))
