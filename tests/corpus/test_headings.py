"""Lines of inspection reports that head what follows: those that end in a judgement, and those that ask."""

import pytest
from test_outline import shape

LONG = "The experiences and progress of children who need help and protection and of those in care and care leavers"


@pytest.mark.parametrize(
    "line",
    [
        "The experiences and progress of children in care: good",
        "The experiences and the progress of all children in care and of care leavers: requires improvement to be good",
        f"{LONG}: Outstanding",
        "The impact of leaders on social work practice: inadequate",
        "What needs to improve in this area of social work practice?",
        "What needs to improve",
    ],
    ids=["a judgement", "a judgement of many words", "a long line", "inadequate", "a question", "a plain heading"],
)
def test_a_line_that_heads_what_follows(line: str) -> None:
    text = f"Inspection of Westmarch\n\n1. Findings\n\nLeaders act.\n\n{line}\n\n1. Plans are clear.\n"
    assert f"heading/body {line}" in shape(text)


@pytest.mark.parametrize(
    "line",
    [
        "The experiences and progress of children in care: good.",
        f"{LONG}: better",
        f"{LONG}, who are all too often moved: good",
        f"{LONG}, {LONG}: good",
        "Leaders act for children. The experiences and progress of all children in care and of care leavers: good",
        "the experiences and progress of children in care are now, after some years of slow work by all: good",
        "The experiences and progress of children in care:",
    ],
    ids=[
        "a full stop",
        "no judgement",
        "a hundred and thirty",
        "too long",
        "two sentences",
        "in small letters",
        "none",
    ],
)
def test_a_line_that_heads_nothing(line: str) -> None:
    text = f"Inspection of Westmarch\n\n1. Findings\n\nLeaders act.\n\n{line}\n\n1. Plans are clear.\n"
    assert f"heading/body {line}" not in shape(text)
