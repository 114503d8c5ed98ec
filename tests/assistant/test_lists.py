"""Lists that questions ask for by what they are headed, on the headings of several frameworks."""

from pathlib import Path

import pytest
from asking import assistant, quotes, reading

from assistant.answer import Status
from assistant.assistant import Assistant
from assistant.questions.lists import listing, lists_named

TO_IMPROVE = """What needs to improve?

- The timeliness of visits to children.
- Supervision of new social workers."""
WELL = """What is working well?

- Foster carers are matched with care."""
REPORT = f"""Findings

Social workers visit children. The weaknesses of the last inspection were many.

{TO_IMPROVE}

{WELL}
"""
LONG = "What needs to improve?\n\n" + "\n\n".join(
    f"- The {n} team leaves " + "many cases waiting " * 40
    for n in ("duty", "court", "care", "early help", "adoption", "night")
)


@pytest.fixture(scope="module")
def westmarch(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    documents = (
        reading("report", REPORT, council="Westmarch Council", kind="inspection"),
        reading("long", LONG, council="Eastmarch Council", kind="inspection"),
    )
    return assistant(tmp_path_factory.mktemp("index"), *documents)


ASKED = {
    "what needs to improve in Leeds": {"to improve"},
    "areas for improvement Leeds 2022": {"to improve"},
    "what are its weaknesses": {"to improve"},
    "recommendations for Stoke": {"to improve"},
    "what should Bolton do better": {"to improve"},
    "and the bad bits": {"to improve"},
    "what went wrong": {"to improve"},
    "what is Southampton not doing well": {"to improve"},
    "what went well": {"well"},
    "the good points": {"well"},
    "what did Ofsted tell Leicester to fix": {"to improve"},
    "list the points that they said Barnet should work on": {"to improve"},
    "the one thing to put right": {"to improve"},
    "what has been done to improve visits": set(),
    "what has it got to get better at": set(),
    "what do the partners have to get better at": {"to improve"},
    "did visits get better": set(),
    "strengths and weaknesses": {"to improve", "well"},
    "caseloads of social workers": set(),
    "the wrong form": set(),
    "": set(),
}
HEADED = {
    "What needs to improve?": "to improve",
    "What does the area partnership need to do better?": "to improve",
    "Areas for improvement": "to improve",
    "Recommendations": "to improve",
    "Areas needing focus": "to improve",
    "Priority and immediate action": "to improve",
    "What is the area partnership doing that is effective?": "well",
    "Positives": "well",
    "The local authority’s strengths": "well",
    "Inspection findings": "",
}


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked or "nothing")
def test_which_lists_are_asked_for(asked: str) -> None:
    headed = lists_named(asked)
    found = {which for heading, which in HEADED.items() if any(pattern.search(heading) for pattern in headed)}
    assert found == ASKED[asked]


@pytest.mark.parametrize("heading", HEADED)
def test_a_heading_is_of_one_list(heading: str) -> None:
    of = [pattern.search(heading) is not None for pattern in lists_named("strengths and weaknesses")]
    assert of == [HEADED[heading] == "to improve", HEADED[heading] == "well"]


def test_what_only_names_a_list_is_no_subject() -> None:
    assert listing("areas for improvement in early help") == {"area", "improv"}
    assert listing("caseloads") == frozenset()
    assert listing("what Ofsted told Leicester to fix") == {"told", "fix"}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("what are the weaknesses at Westmarch", [TO_IMPROVE]),
        ("what does Westmarch need to do better", [TO_IMPROVE]),
        ("what is Westmarch doing well", [WELL]),
    ],
)
def test_a_list_is_found_under_another_name(westmarch: Assistant, asked: str, shown: list[str]) -> None:
    """Though other words of the document are nearer to the question's."""
    assert quotes(westmarch.answer(asked)) == shown


def test_a_list_too_long_to_be_shown_whole_is_shown_in_part(westmarch: Assistant) -> None:
    answer = westmarch.answer("what are the weaknesses at Eastmarch")
    assert answer.status is Status.ANSWERED
    assert all(quote.startswith("- The ") for quote in quotes(answer))


def test_a_question_left_with_its_list_alone_is_asked_of_all(westmarch: Assistant) -> None:
    assert westmarch.answer("what are the weaknesses").status is Status.ANSWERED
    assert westmarch.answer("and what about it").status is Status.NEEDS_DETAIL


@pytest.mark.parametrize("part", ["did it ", "area need ", "not doing so ", "do "])
def test_long_questions_are_read_to_their_end(part: str) -> None:
    """Were any pattern to go back over the text again and again, these would take hours."""
    assert listing(part * (1_000 // len(part))) >= frozenset()


def test_paragraphs_under_such_a_heading_are_a_list(tmp_path: Path) -> None:
    text = (
        "Findings\n\nSocial workers visit children.\n\nAreas for improvement\n\n"
        "Leaders should write plans with families.\n\nPartners should share what they know.\n\n"
        "About this inspection\n\nIt was led by two inspectors."
    )
    asking = assistant(tmp_path, reading("report", text, kind="inspection report"))
    answer = asking.answer("what are the areas for improvement")
    assert set(quotes(answer)) == {"Leaders should write plans with families.", "Partners should share what they know."}
