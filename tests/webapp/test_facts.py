"""What is known of a document, in words, with how it is known."""

import pytest
from flask.testing import FlaskClient

from corpus.model import Fact, Known, Source, Span
from webapp.layout.facts import entries, line, web_address

SOURCE = Source(
    "a",
    "a.txt",
    council=Fact("Westmarch Council", Known.STATED, Span(3, 20)),
    body=Fact("Cabinet", Known.SUPPLIED),
    url=Fact("https://council.example/a", Known.SUPPLIED),
)


def test_a_source_line_says_what_is_supplied_and_what_is_not_stated() -> None:
    assert line(SOURCE) == ["Westmarch Council", "Cabinet (supplied)", "date not stated"]


def test_a_source_line_says_what_is_unsure() -> None:
    unsure = Source(
        "a", "a.txt", council=Fact("Westmarch Council", Known.UNSURE), date=Fact("2019-09-03", Known.UNSURE)
    )
    assert line(unsure) == ["Westmarch Council (unsure)", "Body not stated", "3 September 2019 (unsure)"]


def test_every_fact_has_how_it_is_known(client: FlaskClient) -> None:
    with client.application.test_request_context():
        found = [(entry.name, entry.value, entry.known.value, entry.url) for entry in entries(SOURCE)]
    assert found == [
        ("Council", "Westmarch Council", "stated", "/documents/a?start=3&end=20#cited"),
        ("Body", "Cabinet", "supplied", ""),
        ("Date", "Not stated", "not stated", ""),
        ("Title", "Not stated", "not stated", ""),
        ("Kind", "Not stated", "not stated", ""),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://council.example/a", "https://council.example/a"),
        ("javascript:alert(1)", None),
        ("//council.example/a", None),
        (None, None),
    ],
    ids=str,
)
def test_only_a_web_address_is_linked(url: str | None, expected: str | None) -> None:
    assert web_address(Source("a", "a.txt", url=Fact(url, Known.SUPPLIED))) == expected
