"""Whether a sentence can supply what a question wants: a number of the thing, a name or a post, a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.kinds import supplies
from assistant.question import Question, Want


def able(asked: str, wants: Want, sentence: str) -> bool:
    return supplies(Question(asked=asked, text=asked, terms=(), topic={}, wants=wants))(sentence)


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
        ("how many additional posts has it", "It has 8 posts more.", True),
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
        ("which council is helping Medway", "Medway is helped by Kent.", True),
        ("which council is helping Medway", "Another authority helps Medway.", False),
    ],
)
def test_who(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.WHO, sentence) is supplied


@pytest.mark.parametrize(
    ("asked", "sentence", "supplied"),
    [
        ("when is it", "It is on 10 February 2020.", True),
        ("when is it", "It is in November 2022.", True),
        ("when is it", "A full inspection is expected in the Autumn.", True),
        ("when is it", "It is in June.", True),
        ("when is it", "It follows after two years.", True),
        ("when is it", "It may be soon.", False),
        ("when is it", "The panel meets monthly.", False),
        ("how often is it", "The panel meets monthly.", True),
        ("how often is it", "It is monitored on a six-weekly basis.", True),
        ("how often is it", "It meets twice a year.", True),
        ("how often is it", "It met in June.", False),
        ("how long is it", "It takes two days.", True),
    ],
)
def test_when(asked: str, sentence: str, supplied: bool) -> None:
    assert able(asked, Want.WHEN, sentence) is supplied


@pytest.mark.parametrize("wants", [Want.FACT, Want.LIST, Want.DECISION])
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
]


@pytest.mark.parametrize("asked", ["how many cases", "what did it cost", "what percentage", "who", "who is the chair"])
@pytest.mark.parametrize("part", HOSTILE)
def test_long_sentences_are_read_to_their_end(asked: str, part: str) -> None:
    """Were any pattern to go back over the text, these would take hours."""
    wants = Want.WHO if asked.startswith("who") else Want.HOW_MANY
    assert able(asked, wants, part * (100_000 // len(part)) + "x") in (True, False)


@given(st.sampled_from([Want.HOW_MANY, Want.WHO, Want.WHEN]), st.text(max_size=200), st.text(max_size=200))
def test_any_sentence_can_be_held_against_any_question(wants: Want, asked: str, sentence: str) -> None:
    assert able(asked, wants, sentence) is able(asked, wants, sentence)
