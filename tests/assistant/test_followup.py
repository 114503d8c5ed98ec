"""What a turn carries from the turns before it."""

import pytest

from assistant.questions.followup import Turn, carried

HELD = ("Medway Council", "Middlesbrough Council", "Leicestershire County Council")


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
        (["caseloads in Medway"], "whats the MASH", "whats the MASH"),
        (["caseloads in Medway"], "was anything agreed at middlesbrough?", "was anything agreed at middlesbrough?"),
        (["caseloads in Medway"], "leicestershire?", "caseloads in leicestershire?"),
        (
            ["caseloads in Medway"],
            "sorry, what did inspectors say about placement moves",
            "sorry, what did inspectors say about placement moves",
        ),
        (
            ["when was Medway inspected in 2019", "by when must they send their action statement"],
            "and Middlesbrough?",
            "by when must they send their action statement 2019 and Middlesbrough?",
        ),
        (
            ["when was Medway inspected", "by when must they send their action statement"],
            "why",
            "by when must they send their action statement Medway why",
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
        "a question about an acronym",
        "a question about a council",
        "a council alone",
        "a whole question after a word that joins",
        "the last that said enough, of the date before",
        "the last that said enough, of the council before",
    ],
)
def test_what_is_carried(history: list[str], asked: str, text: str) -> None:
    turn = carried(asked, history, HELD)
    assert turn.text == text
    assert turn.asked == asked
    assert turn.leans == (text != asked)


def test_a_turn_without_a_base_is_what_was_asked() -> None:
    assert Turn("caseloads") == Turn("caseloads", "")
    assert (Turn("caseloads").text, Turn("caseloads").leans) == ("caseloads", False)
    assert (Turn("why", "caseloads").text, Turn("why", "caseloads").leans) == ("caseloads why", True)


def test_a_date_named_replaces_the_one_before() -> None:
    turn = carried("no I meant the 2020 one", ["caseloads in Medway in 2019"], HELD)
    assert turn.text == "caseloads in Medway in no I meant the 2020 one"


@pytest.mark.parametrize(
    ("asked", "points_at"),
    [
        ("sorry I meant the one with the Social Worker Academy", "the Social Worker Academy"),
        ("no, the report about foster carers", "foster carers"),
        ("I meant the one in Middlesbrough", ""),
        ("no, the one about 2020", ""),
        ("and what does the report about foster carers say", ""),
    ],
    ids=["what the document has", "what it is about", "a council", "a date", "a question of its own"],
)
def test_a_turn_that_says_which_document_asks_the_question_before_again(asked: str, points_at: str) -> None:
    turn = carried(asked, ["when is the next visit?"], HELD)
    assert turn.points_at == points_at
    assert (turn.text == "when is the next visit?") is bool(points_at)


def test_a_turn_can_do_without_the_dates_it_carries() -> None:
    turn = carried("and in Middlesbrough?", ["caseloads in Medway in 2018"], HELD)
    assert "2018" in turn.text
    assert turn.undated().text.split() == ["caseloads", "in", "in", "and", "in", "Middlesbrough?"]
