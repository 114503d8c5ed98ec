"""Whether a sentence can supply what a question wants: a number of the thing, a name or a post, a date, a reason…"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.kinds import supplies
from assistant.questions.wants import Want


def able(asked: str, wants: Want, sentence: str) -> bool:
    return supplies(asked, wants)(sentence)


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("how many social workers", "The first two of 10 international social workers came.", True),
        ("how many social workers", "Ten social workers came.", True),
        ("how many social workers", "No social workers came.", True),
        ("how many social workers", "Social workers came.", False),
        ("how many social workers", "Twelve foster carers came.", False),
        ("how many social workers", "Social workers came in July 2019.", False),
        ("how many social workers", "6.5 Social workers came.", False),
        ("how many social workers", "Social workers are in appendix 2.", False),
        ("how many social workers", "One of the social workers came.", False),
        ("how many cases", "One case was late.", True),
        ("how many people came", "It was undertaken by two inspectors.", True),
        ("how many authorities are partners", "It is one of five partners.", True),
        (
            "how many authorities are partners",
            "Five children met, and after a long talk with others came partners.",
            False,
        ),
        ("kids in an unregistered home - how many", "There was one child in such a home.", True),
        ("kids in an unregistered home - how many", "There was one thing to be said for it.", False),
        ("how many cases", "They had no doubt that cases were late.", False),
        ("how many cases", "Cases rose to 40 in the year.", True),
        ("how many cases", "They met 40 times, and after a long talk about many other things came to cases.", False),
        ("how many cases", "In 2019 cases rose.", False),
        ("how many additional posts has it", "It has 8 posts more.", True),
        ("the number of foster carers", "There are 12 foster carers.", True),
        ("the number of foster carers", "There are 12 buses.", False),
        ("foster carer numbers", "There are 12 foster carers.", True),
        ("foster carer numbers", "There are 12 buses.", False),
        ("how many", "There were 1,250 of them.", True),
        ("what percentage are agency", "Below 30% of staff were agency.", True),
        ("what percentage are agency", "Below 30 per cent were agency.", True),
        ("what percentage are agency", "Some 30 of them were agency.", False),
        ("how much did it cost", "It cost £40,000.", True),
        ("how much did it cost", "It cost 2 million.", True),
        ("how much did it cost", "It cost 35 people their time.", False),
        ("what is she paid", "She is paid £ 5 a day.", True),
        ("how much does the department give", "The department gave funding.", False),
        ("how much of it", "A third of it.", True),
        ("what was the vote", "The vote was seven to two.", True),
        ("what was the vote", "Votes were recorded.", False),
    ],
)
def test_how_many(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.HOW_MANY, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("who is it", "Mrs Eleanor Brazil is.", True),
        ("who is it", "The Director said so.", True),
        ("who is it", "Ofsted said so.", True),
        ("who is it", "It was said so.", False),
        ("who is the director", "Sue Butcher, Director of Services, spoke.", True),
        ("who is the director", "The Director spoke.", False),
        ("who is the director", "Mrs Eleanor Brazil is commissioner.", False),
        ("who is the chair", "Councillor Cooper, the Chairman, spoke.", False),
        ("who is the chairman", "Councillor Cooper is the Chairman.", True),
        ("what is her name", "Dr Jones spoke.", True),
        ("what is her name", "The officer spoke.", False),
        ("who is the DCS", "Sue Butcher, Director of Services, spoke.", True),
        ("who is the DCS", "Councillor Cooper spoke.", False),
    ],
)
def test_who(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.WHO, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("when was it", "It was on 10 February 2020.", True),
        ("when was it", "It was in November 2022.", True),
        ("when was it", "It was in June.", True),
        ("when was it", "It followed after two years.", True),
        ("when was it", "It was late.", False),
        ("when was it", "The panel met monthly.", False),
        ("when is it", "A full inspection is expected in the Autumn.", True),
        ("when is the next visit", "It will be on 10 February 2020.", True),
        ("when is the next visit", "The next is in June.", True),
        ("when is the next visit", "The visit was on 10 February 2020.", False),
        ("when is the next visit", "It will be soon.", False),
        ("when will it end", "It ended in June.", False),
        ("how often is it", "The panel meets monthly.", True),
        ("how often is it", "It is monitored on a six-weekly basis.", True),
        ("how often is it", "It meets twice a year.", True),
        ("how often is it", "It met in June.", False),
        ("how long is it", "It takes two days.", True),
    ],
)
def test_when(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.WHEN, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("which council is helping Medway", "Medway is helped by Kent.", True),
        ("which council is helping Medway", "Another authority helps Medway.", False),
        ("which council is helping Medway", "Medway helps itself.", False),
        ("what authority was it", "It was Kent.", True),
        ("which organisation runs the hub", "It is run by Adoption Partnership South East.", True),
        ("which organisation runs the hub", "It is run by the NSPCC.", True),
        ("which organisation runs the hub", "It is run by a charity.", False),
        ("which organisation runs the Safeguarding Hub", "The Safeguarding Hub is slow.", False),
        ("under what legislation", "It was done under the Children and Families Act 2014.", True),
    ],
)
def test_which(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.WHICH, sentence) is supplied


@pytest.mark.parametrize(
    ("sentence", "supplied"),
    [
        ("It rose because staff left.", True),
        ("Due to a lack of carers, it rose.", True),
        ("Staff left, which led to delay.", True),
        ("This was so that nobody was missed.", True),
        ("He explained that staff had left.", True),
        ("It rose.", False),
        ("The causeway was shut.", False),
    ],
)
def test_why(sentence: str, supplied: bool) -> None:
    assert able("why did it rise", Want.WHY, sentence) is supplied


@pytest.mark.parametrize(
    ("sentence", "supplied"),
    [
        ("Leaders are good.", True),
        ("Leadership was judged to be inadequate.", True),
        ("It requires improvement to be good.", True),
        ("Care leavers\tGood", True),
        ("The experiences of children in care: good", True),
        ("Staffing\tC3", True),
        ("The action is amber.", True),
        ("Leaders take good decisions.", False),
        ("It was inadequately staffed.", False),
        ("Leaders were inspected.", False),
    ],
    ids=ascii,
)
def test_grades(sentence: str, supplied: bool) -> None:
    assert able("what grade did they get", Want.GRADE, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("what does MASH stand for", "The Multi-Agency Safeguarding Hub (MASH) was slow.", True),
        ("what are IROs", "Each independent reviewing officer (IRO) was asked.", True),
        ("what does MASH stand for", "The MASH was slow.", False),
        ("what does MASH stand for", "Each independent reviewing officer (IRO) was asked.", False),
    ],
)
def test_meanings(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.MEANING, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("what did they decide", "The Committee noted the report.", True),
        ("what did they decide", "It was resolved to wait.", True),
        ("what did they decide", "b) That the plan be sent to Cabinet.", True),
        ("what did they decide", "That the plan be sent to Cabinet.", True),
        ("what did they decide", "Members asked about caseloads.", False),
        ("what did they decide", "The Cabinet is asked to note the report.", False),
        ("what was the cabinet asked to decide", "The Cabinet is asked to note the report.", True),
        ("what was recommended and agreed", "The Cabinet is asked to note the report.", True),
    ],
)
def test_decisions(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.DECISION, sentence) is supplied


@pytest.mark.parametrize("wants", [Want.FACT, Want.LIST, Want.PRECEDENT])
def test_other_questions_are_met_by_any_sentence(wants: Want) -> None:
    assert able("what did they say", wants, "Anything.")


HOSTILE = [
    "1,",
    "1.",
    "£1",
    "1 ",
    "item  ",
    "Aa ",
    "Aa Bb-",
    "Aa Bb, ",
    "Mr. ",
    "one ",
    "in the ",
    "2020 ",
    "every ",
    " ",
    "Aa and ",
    "A (a",
    "because ",
    "10 July ",
    "one a a case a a ",
]


@pytest.mark.parametrize("wants", Want)
@pytest.mark.parametrize(
    "asked", ["how many cases", "what did it cost", "what percentage", "who is the chair", "THE IRO"]
)
@pytest.mark.parametrize("part", HOSTILE)
def test_long_sentences_are_read_to_their_end(asked: str, part: str, wants: Want) -> None:
    """Were any pattern to go back over the text, these would take hours."""
    assert able(asked, wants, part * (30_000 // len(part)) + "x") in (True, False)


@given(st.sampled_from(Want), st.text(max_size=200), st.text(max_size=200))
def test_any_sentence_can_be_held_against_any_question(wants: Want, asked: str, sentence: str) -> None:
    assert able(asked, wants, sentence) is able(asked, wants, sentence)
