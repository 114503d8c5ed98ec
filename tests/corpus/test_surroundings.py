"""What a file's name, its folders and its properties suggest."""

import pytest

from corpus.model import Known
from corpus.sources.surroundings import suggested

FACTS = ("council", "body", "date", "kind", "title")


def found(path: str, **about: str) -> tuple[str | None, ...]:
    """The suggested values, each None where nothing is suggested."""
    facts = suggested(path, about)
    assert all(fact.known is Known.UNSURE and fact.span is None for fact in facts.values())
    return tuple(facts[name].value if name in facts else None for name in FACTS)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cabinet-2019-09-03.txt", (None, "Cabinet", "2019-09-03", None, None)),
        (
            "2019/Minutes of Cabinet 3 September 2019.pdf",
            (None, "Cabinet", "2019-09-03", "minutes", "Minutes of Cabinet 3 September 2019"),
        ),
        ("CYPOSC 14.09.22 minutes.docx", (None, None, "2022-09-14", "minutes", "CYPOSC 14.09.22 minutes")),
        (
            "Croydon/Printed minutes 03092019 1500 Scrutiny Board.pdf",
            ("London Borough of Croydon", "Scrutiny Board", "2019-09-03", "minutes", None),
        ),
        (
            "medway-corporate-parenting-board-2022.txt",
            ("Medway Council", "Corporate Parenting Board", None, None, None),
        ),
        ("cheshire_east/20240916_report.pdf", ("Cheshire East Council", None, "2024-09-16", "report", None)),
        ("bournemouth/a.txt", (None, None, None, None, None)),
        ("reading-list.txt", (None, None, None, None, None)),
        ("99.99.99.txt", (None, None, None, None, None)),
        ("a.txt", (None, None, None, None, None)),
    ],
)
def test_a_name_suggests(path: str, expected: tuple[str | None, ...]) -> None:
    council, body, day, kind, title = found(path)
    if expected[4] is None and title is not None:  # a name in words is a title as it stands
        assert title in path
        title = None
    assert (council, body, day, kind, title) == expected


@pytest.mark.parametrize(
    ("about", "council", "body", "title"),
    [
        (
            {"title": "Agenda item - Ofsted update - Medway Council"},
            "Medway Council",
            None,
            "Ofsted update",
        ),
        ({"title": "Meeting of Cabinet on 3 May 2019"}, None, "Cabinet", "Meeting of Cabinet on 3 May 2019"),
        ({"url": "https://democracy.leics.gov.uk/mgAi.aspx?ID=1"}, "Leicestershire County Council", None, None),
        ({"url": "https://cheshire-east.moderngov.co.uk/x"}, "Cheshire East Council", None, None),
        ({"url": "https://medway.example/x"}, None, None, None),
        ({"url": "javascript://medway.gov.uk/x"}, None, None, None),
        ({"url": "https://[medway.gov.uk/x"}, None, None, None),
        ({"title": "  "}, None, None, None),
    ],
)
def test_what_is_about_a_file_suggests(
    about: dict[str, str], council: str | None, body: str | None, title: str | None
) -> None:
    facts = found("a.html", **about)
    assert (facts[0], facts[1], facts[4]) == (council, body, title)


def test_only_a_councils_own_address_is_kept() -> None:
    assert "url" not in suggested("a.html", {"url": "https://medway.example/x"})
    assert suggested("a.html", {"url": "https://www.medway.gov.uk/x"})["url"].value == "https://www.medway.gov.uk/x"
