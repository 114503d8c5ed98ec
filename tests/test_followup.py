"""What a turn carries from the turns before it."""

import pytest
from builders import source

from assistant.followup import Turn, carried

SOURCES = (
    source("m", council="Medway Council"),
    source("b", council="Middlesbrough Council"),
    source("l", council="Leicestershire County Council"),
)


@pytest.mark.parametrize(
    ("history", "asked", "text"),
    [
        ([], "what about caseloads", "what about caseloads"),
        (["caseloads in Medway"], "who chairs the improvement board", "who chairs the improvement board"),
        (["caseloads in Medway"], "and in Middlesbrough?", "caseloads in and in Middlesbrough?"),
        (
            ["what did Medway say about caseloads"],
            "why are they high",
            "what did Medway say about caseloads why are they high",
        ),
        (["caseloads in Medway", "and Middlesbrough?"], "why", "caseloads in Middlesbrough why"),
        (["caseloads in Medway", "and Middlesbrough?"], "and norfolk?", "caseloads in and norfolk?"),
        (
            ["overall judgement Medway"],
            "sorry I meant Leicestershire",
            "overall judgement sorry I meant Leicestershire",
        ),
        (["caseloads in Medway"], "when", "caseloads in Medway when"),
        (
            ["caseloads in Medway"],
            "is there a risk register in Middlesbrough",
            "is there a risk register in Middlesbrough",
        ),
        (
            ["early help in Medway"],
            "who works there with families",
            "early help in Medway who works there with families",
        ),
        (
            ["caseloads in Medway", "health partners in Leicestershire"],
            "and what did they say",
            "health partners in Leicestershire and what did they say",
        ),
        (
            ["caseloads in Medway"],
            "is it the same in Middlesbrough",
            "caseloads in Medway is it the same in Middlesbrough",
        ),
        (
            ["caseloads in Medway", "and Middlesbrough?"],
            "how do they compare with Leicestershire",
            "caseloads in Middlesbrough how do they compare with Leicestershire",
        ),
        (
            ["caseloads in Medway"],
            "does Middlesbrough have better retention than Medway",
            "does Middlesbrough have better retention than Medway",
        ),
    ],
    ids=[
        "nothing to lean on",
        "stands alone",
        "a council replaced",
        "a pronoun",
        "a council replaced before",
        "a council replaced twice",
        "a correction",
        "next to nothing",
        "there is a new topic",
        "there, the place",
        "the last that stood alone",
        "a comparison keeps the council named before",
        "and the one that replaced it",
        "a comparison that stands alone",
    ],
)
def test_what_is_carried(history: list[str], asked: str, text: str) -> None:
    turn = carried(asked, history, SOURCES)
    assert turn.text == text
    assert turn.asked == asked
    assert turn.leans == (text != asked)


def test_a_turn_without_a_base_is_what_was_asked() -> None:
    assert Turn("caseloads") == Turn("caseloads", "")
    assert (Turn("caseloads").text, Turn("caseloads").leans) == ("caseloads", False)
    assert (Turn("why", "caseloads").text, Turn("why", "caseloads").leans) == ("caseloads why", True)
