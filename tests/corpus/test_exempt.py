"""Exempt papers: what says that it is private, and what only speaks of private matters."""

import pytest

from corpus.exempt import is_named_exempt, mentions_exempt, why_exempt
from corpus.reading.reading import Page, Reading

BODY = "\n\nThe Cabinet considered the placement of children outside the county.\n\n" + "Costs rose. " * 200


@pytest.mark.parametrize(
    "line",
    [
        "NOT FOR PUBLICATION",
        "(NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972)",
        "Not for publication: exempt information under paragraph 1 of Schedule 12A",
        "EXEMPT REPORT",
        "Exempt – by virtue of paragraphs 1, 2 and 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
        "By virtue of paragraph(s) 3 of Schedule 12A".replace("(s)", ""),
        "*** CONFIDENTIAL ***",
        "Private and confidential",
        "RESTRICTED",
        "OFFICIAL-SENSITIVE",
        "OFFICIAL SENSITIVE: not to be shared",
        "Part B – exempt",
        "This report contains exempt information as defined in Schedule 12A",
        "This report is not for publication",
    ],
)
@pytest.mark.parametrize("before", ["", "NORTHBRIDGE COUNCIL\n\nCABINET\n\n"], ids=["first", "under the masthead"])
def test_a_paper_that_says_so_is_exempt(line: str, before: str) -> None:
    assert (why_exempt(Reading(before + line + BODY)) or "").startswith("says at its top “")


@pytest.mark.parametrize(
    "line",
    [
        "Exclusion of the press and public",
        "RESOLVED: That the press and public be excluded under paragraph 3 of Schedule 12A.",
        "Appendix 2 is not for publication by virtue of paragraph 3 of Schedule 12A.",
        "NOT FOR PUBLICATION: the following items are to be considered in private",
        "Exempt items: none",
        "Confidential information about children was handled well, inspectors said.",
        "Restricted visiting was lifted in May.",
        "Exemptions from council tax for care leavers were agreed.",
        "Items that are not for publication of this meeting",
        "Exempt information:\tNo",
        "Not for publication: None",
        "It was confidential",
        "Exempt accommodation was discussed.",
    ],
)
def test_a_paper_that_speaks_of_it_is_not(line: str) -> None:
    assert why_exempt(Reading(f"CABINET\n\n{line}" + BODY)) is None


def test_what_stands_further_down_is_of_something_else() -> None:
    reading = Reading("CABINET" + BODY + "\n\nNOT FOR PUBLICATION")
    assert why_exempt(reading) is None
    assert mentions_exempt(reading)
    assert not mentions_exempt(Reading("CABINET" + BODY))


def test_the_top_of_a_later_page_is_of_the_paper() -> None:
    text = "CABINET" + BODY + "\n\nNOT FOR PUBLICATION\n\nAppendix 2"
    pages = (Page(0, 1), Page(text.index("NOT FOR"), 7))
    assert why_exempt(Reading(text, pages)) == "says at the top of page 7 “NOT FOR PUBLICATION”"


@pytest.mark.parametrize(
    ("name", "exempt"),
    [
        ("2019/exempt-appendix-a.pdf", True),
        ("Cabinet_RESTRICTED.docx", True),
        ("not for publication.txt", True),
        ("exemptions-policy.pdf", False),
        ("confidential/report.pdf", False),
        ("unrestricted.pdf", False),
    ],
)
def test_a_name_that_says_so(name: str, exempt: bool) -> None:
    assert is_named_exempt(name) is exempt


def test_what_is_shown_of_it_is_short() -> None:
    reason = why_exempt(Reading("Not for publication " + "because of the matter " * 15))
    assert reason is not None
    assert len(reason) < 150
