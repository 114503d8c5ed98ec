"""The page of a document that has pages: where each begins, and the page of every passage."""

import re
from html import unescape
from pathlib import Path

import pytest
from fakes import FakeEncoder
from pdfs import pdf
from small_council import SECRET

from corpus.collection import Collection
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant

PAGES = (
    [
        ("Placements", 72, 700, "F2 16"),
        ("Placements have been stable.", 72, 660, "F1 12"),
        ("What needs to improve", 72, 620, "F2 12"),
        ("- The visits to children.", 72, 590, "F1 12"),
    ],
    [("- The plans for children.", 72, 780, "F1 12"), ("Leaders have a plan.", 72, 700, "F1 12")],
    [],
    [("It was agreed by all.", 72, 780, "F1 12")],
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "placements.pdf").write_bytes(pdf(*PAGES))
    intake = Collection.open([folder]).read()
    build(intake.documents, folder / "index", FakeEncoder(), receipts=intake.receipts)
    client = create_app(LiveAssistant.open(folder / "index", FakeEncoder()).current, SECRET).test_client()
    return client.get("/documents/placements").get_data(as_text=True)


def test_each_page_is_marked_where_it_begins(shown: str) -> None:
    plain = re.sub(r"<a class=\"self-link\".*?</a>", "", shown[shown.index('class="document-text"') :], flags=re.DOTALL)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())
    said = re.findall(r"Page \d|Placements have|The visits|The plans|Leaders have|It was agreed", words)
    assert said == [
        *("Page 1", "Placements have", "The visits"),
        *("Page 2", "The plans", "Leaders have"),
        *("Page 4", "It was agreed"),
    ]


def test_the_link_to_a_passage_says_its_page(shown: str) -> None:
    assert re.search(r'aria-label="Link to [^"]+, page 4"', shown)


def test_a_document_without_pages_has_no_marks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Placements\n\nThey have been stable.")
    build(Collection.open([tmp_path]).read().documents, tmp_path / "index", FakeEncoder())
    client = create_app(LiveAssistant.open(tmp_path / "index", FakeEncoder()).current, SECRET).test_client()
    assert "page-mark" not in client.get("/documents/a").get_data(as_text=True)
