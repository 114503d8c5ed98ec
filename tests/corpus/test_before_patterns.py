"""What is looked for before a pattern stands in all that the pattern matches: nothing is missed for being quick."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import dates
from corpus.inspections import judgements, mentions, timeline

# Single words, a space between.
DATES = "2019 20 1 03 May may MAY Mar. sept December of and to or / - , st th (the) 2019-03-04 é x\n _ 1998/99"
WORDS = (
    "monitoring visits Visit the this took place was held focused assurance joint targeted area JTAI SEND (SEND) "
    "re-inspection reinspections single SIF inspection of local authority children's services ILACS safeguarding and "
    "looked after children adoption child protection by in on ."
)
DUE = (
    "statutory directions improvement notice annual engagement conversation meeting be to must should submit "
    "submitted present brought back bring report reported an update plan Ofsted the Secretary of State for Education "
    "committee Cabinet next meeting by in at a future ."
)
GRADES = (
    "the overall effectiveness experiences and progress of children in care leavers who need help protection impact "
    "leaders requires improvement to be good Good outstanding inadequate adequate 1.2 . : \t is judgement local "
    "safeguarding children board grade 2 ' services"
)


def texts(words: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*words.split(" "), *" " * 4]), max_size=14).map(" ".join)


@given(texts(DATES), texts(DATES).map(lambda text: text.replace(" ", "")))
@example("xMay 2019 1may 2019", "é2019")
def test_dates_start_where_they_are_looked_for(one: str, other: str) -> None:
    for text in (one, other):
        starts = {match.start() for match in dates._MAY_START.finditer(text)}
        assert {match.start() for match in dates._PATTERN.finditer(text)} <= starts


@given(texts(WORDS))
def test_mentions_have_a_word_that_is_looked_for(text: str) -> None:
    if mentions._MENTION.search(text) or mentions._ANAPHOR.search(text):
        assert mentions._speaks(text)


@given(texts(DUE))
def test_events_have_a_word_that_is_looked_for(text: str) -> None:
    for pattern, words in timeline._SPEAKING:
        if pattern.search(text):
            assert any(word in text.lower() for word in words)


@given(texts(GRADES))
def test_judgements_have_a_word_that_is_looked_for(text: str) -> None:
    end = text.lower().rstrip()[-judgements._LONGEST_GRADE :]
    if any(pattern.fullmatch(text.rstrip()) for pattern in (judgements._ROW, judgements._LINE, judgements._BOARD)):
        assert judgements._has(end, judgements._GRADING)
    if judgements._SEND.search(text):
        assert judgements._has(text.lower(), judgements._OUTCOMES)


@pytest.mark.parametrize(
    "kind", [name for name in mentions._MENTION.groupindex if name in mentions.Visit.__members__], ids=str
)
def test_every_kind_of_visit_is_found(kind: str) -> None:
    spoken = {
        "MONITORING": "a monitoring visit",
        "FOCUSED": "a focused visit",
        "ASSURANCE": "an assurance visit",
        "JTAI": "the JTAI",
        "SEND": "a special educational needs and/or disabilities (SEND) inspection",
        "REINSPECTION": "the re-inspection",
        "SIF": "a SIF inspection",
        "ILACS": "an ILACS inspection",
        "SAFEGUARDING_AND_LOOKED_AFTER": "the inspection of safeguarding and looked after children",
        "LOOKED_AFTER": "the inspection of looked after children",
        "SAFEGUARDING": "a child protection inspection",
        "ADOPTION": "the inspection of adoption services",
        "FOSTERING": "the inspection of fostering services",
        "INSPECTION": "the inspection",
    }[kind]
    match = mentions._MENTION.search(spoken)
    assert match is not None
    assert match.lastgroup == kind
    assert mentions._speaks(spoken)
