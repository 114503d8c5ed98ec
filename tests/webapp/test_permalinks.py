"""Permalinks: they outlive rebuilds, and say so where a passage has changed or gone."""

from pathlib import Path
from urllib.parse import quote

import pytest
import small_council
from asking import reading
from fakes import FakeEncoder
from flask.testing import FlaskClient
from officers import ATTACK, page

from assistant.answers.compose import permalink
from corpus.model import Document
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant

MINUTES = """Agenda item

Caseloads

Minutes:

·       Foster carers – officers confirmed that twelve foster carers were recruited.

·       School attendance – attendance had risen to 94% by the end of the summer term.

Decision:

The Committee noted the report.
"""
ATTENDANCE = "·       School attendance – attendance had risen to 94% by the end of the summer term.\n\n"


class Council:
    """One folder's index, built again with other documents as often as a test likes, and its pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client: FlaskClient

    def holds(self, **texts: str) -> dict[str, Document]:
        documents = {id: reading(id, text, council="Westmarch Council") for id, text in texts.items()}
        build(documents.values(), self.folder, FakeEncoder())
        self.client = create_app(
            LiveAssistant.open(self.folder, FakeEncoder()).current, small_council.SECRET
        ).test_client()
        return documents


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(tmp_path)


def links(document: Document) -> list[str]:
    return [permalink(passage) for passage in document.passages]


def attendance(documents: dict[str, Document]) -> str:
    (found,) = (passage for passage in documents["a"].passages if "attendance" in passage.text)
    return permalink(found)


def test_a_permalink_opens_the_document_with_the_passage_marked(council: Council) -> None:
    documents = council.holds(a=MINUTES)
    response = council.client.get(attendance(documents))
    start = MINUTES.index("·       School attendance")
    end = MINUTES.index("summer term.") + len("summer term.")
    assert (response.status_code, response.location) == (302, f"/documents/a?start={start}&end={end}#cited")
    assert "School attendance" in page(council.client, response.location.partition("#")[0]).said()


def test_permalinks_outlive_a_rebuild_that_moves_the_text(council: Council) -> None:
    before = council.holds(a=MINUTES)
    longer = MINUTES.replace("Minutes:", "Minutes:\n\nA new first paragraph about apologies for absence.")
    council.holds(b="CABINET\n\nOther words.\n", a=longer)
    for link, passage in zip(links(before["a"]), before["a"].passages, strict=True):
        response = council.client.get(link)
        assert response.status_code == 302
        start, end = (int(part.split("=")[1]) for part in response.location.partition("?")[2].split("#")[0].split("&"))
        assert longer[start:end] == passage.text


@pytest.mark.parametrize("rebuilds", [1, 3])
def test_a_changed_passage_leads_to_the_nearest_and_says_so(council: Council, rebuilds: int) -> None:
    link = attendance(council.holds(a=MINUTES))
    for number in range(rebuilds):
        council.holds(a=MINUTES.replace("94%", f"9{5 + number}%"))
    shown = page(council.client, link)
    assert "This passage has changed" in shown.said()
    assert f"attendance had risen to 9{4 + rebuilds}% by the end of the summer term." in shown.said()
    leading = next(url for url in shown.links if url.startswith("/documents/a?"))
    assert council.client.get(leading.partition("#")[0]).status_code == 200


def test_a_passage_that_comes_back_is_there_again(council: Council) -> None:
    link = attendance(council.holds(a=MINUTES))
    council.holds(a=MINUTES.replace(ATTENDANCE, ""))
    council.holds(a=MINUTES)
    assert council.client.get(link).status_code == 302


def test_a_passage_that_has_gone_says_so(council: Council) -> None:
    link = attendance(council.holds(a=MINUTES))
    council.holds(a=MINUTES.replace(ATTENDANCE, ""))
    shown = page(council.client, link, 404)
    assert "This passage is no longer here" in shown.said()
    assert "no passage of it is like them" in shown.said()
    assert "/documents/a" in shown.links


def test_a_document_that_has_gone_is_not_found(council: Council) -> None:
    link = attendance(council.holds(a=MINUTES))
    council.holds(b="CABINET\n\nOther words.\n")
    assert "Document not found" in page(council.client, link, 404).said()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("a/000000000000", "This passage is no longer here"),
        ("a/", "This passage is no longer here"),
        ("nothing/000000000000", "Document not found"),
        ("nothing", "Document not found"),
        (quote(ATTACK), "Document not found"),
        ("%00", "Document not found"),
        ("a/../../etc/passwd", "Document not found"),
    ],
    ids=["passage", "no passage", "document", "no slash", "attack", "control", "path"],
)
def test_what_was_never_held(council: Council, path: str, words: str) -> None:
    council.holds(a=MINUTES)
    assert words in page(council.client, f"/passages/{path}", 404).said()


def test_hostile_words_stay_words_when_moved(council: Council) -> None:
    hostile = (
        f"Agenda item\n\nCaseloads\n\nMinutes:\n\nThe board {ATTACK} considered caseloads at length in one year.\n"
    )
    before = council.holds(a=hostile)
    (passage,) = (one for one in before["a"].passages if "at length" in one.text)
    council.holds(a=hostile.replace("one year", "two years"))
    shown = page(council.client, permalink(passage))
    assert "This passage has changed" in shown.said()
    assert shown.all("script") == []
    assert "<script>alert(1)</script>" in shown.words
