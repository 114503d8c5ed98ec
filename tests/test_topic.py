"""What a text is about: its terms without the framing, and the acronyms in it."""

import pytest

from assistant.topic import ACRONYM, topic_terms


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what did ofsted say about health partners?", ("ofst", "health", "partner")),
        ("tell me anything about early help please", ("earli", "help")),
        ("what was decided at the committee meeting", ()),
        ("what happened?", ()),
        ("", ()),
        ("caseloads, caseloads and caseload", ("caseload",)),
        ("which risks are rated B2", ("risk", "b2")),
    ],
    ids=["question", "polite", "decision", "nothing", "empty", "once each", "rating is framing"],
)
def test_topic_leaves_out_the_framing(text: str, topic: tuple[str, ...]) -> None:
    assert topic_terms(text) == topic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is the MASH", ["MASH"]),
        ("how many ASYEs and LACs", ["ASYE", "LAC"]),
        ("the Mash is a hub", []),
        ("a B2 risk", []),
    ],
    ids=["one", "plural", "not in capitals", "a letter and a figure"],
)
def test_acronyms_are_runs_of_capitals(text: str, found: list[str]) -> None:
    assert [match[1] for match in ACRONYM.finditer(text)] == found
