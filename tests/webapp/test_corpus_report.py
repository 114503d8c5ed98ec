"""The page that says what became of each file: what it names, what it does not, and hostile names as text."""

from html import unescape
from pathlib import Path

import pytest
from builders import document
from fakes import FakeEncoder
from flask.testing import FlaskClient
from small_council import SECRET

from corpus.receipts import Fate, Receipt
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.pages import corpus_report
from webapp.settings import Groups, Proxy, Settings

DOCUMENTS = [document("Caseloads were high.", id="a"), document("Pay was low.", id="b")]
FILES = [
    Receipt("a", "a.pdf", Fate.READ, "0a", notes=("page 2: scanned, not readable",), pages=3, passages=1),
    Receipt("b", "b & <b>.txt", Fate.READ, "0b", passages=1),
    Receipt("c", "c.txt", Fate.UNREADABLE, "0c", "holds no text"),
    Receipt("d", "d.txt", Fate.DUPLICATE, "0b", "says the same, word for word, as another file", same_as="b.txt"),
    Receipt("e", "dismissal of the director.pdf", Fate.SET_ASIDE, "0d", "says at its top “NOT FOR PUBLICATION”"),
]


def visitor(folder: Path, *builds: list[Receipt]) -> FlaskClient:
    for receipts in builds:
        build(DOCUMENTS, folder, FakeEncoder(), receipts=receipts, others={"": 1, ".doc": 2})
    return create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET).test_client()


def words(client: FlaskClient) -> str:
    return " ".join(unescape(client.get("/corpus/report").get_data(as_text=True)).split())


@pytest.mark.parametrize(
    "said",
    [
        "What became of the 4 files of the last build, ",
        "<dd>2: 2 new, 0 changed, 0 unchanged since the build before</dd>",
        '<a href="/documents/a"><bdi>a.pdf</bdi></a>: page 2: scanned, not readable',
        '<a href="/documents/a"><bdi>a.pdf</bdi></a>, 3 pages',
        "<bdi>c.txt</bdi>: holds no text",
        "<bdi>d.txt</bdi>: says the same, word for word, as another file, <bdi>b.txt</bdi>",
        "kinds that are not read: 1 without an ending, 2 .doc.",
    ],
)
def test_what_the_page_says(said: str, tmp_path: Path) -> None:
    assert said in words(visitor(tmp_path, FILES))


def test_private_papers_are_counted_for_officers_alone(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder(), receipts=FILES)
    live = LiveAssistant.open(tmp_path, FakeEncoder())
    behind = Proxy.model_validate({"addresses": ["127.0.0.1"], "user": "X-User", "groups": "X-Groups"})
    settings = Settings(proxy=behind, groups=Groups(officers=("officers",)))
    client = create_app(live.current, SECRET, settings=settings).test_client()
    assert "Set aside" not in words(client)
    client.environ_base |= {"HTTP_X_USER": "ann", "HTTP_X_GROUPS": "officers"}
    assert "1 paper says that it is not for publication, and is not searched." in words(client)


def test_private_papers_have_no_name_here_even_when_they_are_gone(tmp_path: Path) -> None:
    assert "dismissal" not in words(visitor(tmp_path, FILES))
    assert "dismissal" not in words(visitor(tmp_path, FILES, FILES[:2]))


def test_what_has_gone_is_named(tmp_path: Path) -> None:
    assert "<h2>Removed</h2> <p>Nothing of these is found any more.</p> <ul><li><bdi>c.txt</bdi></li>" in words(
        visitor(tmp_path, FILES, FILES[:2])
    )


def test_names_are_text(tmp_path: Path) -> None:
    client = visitor(tmp_path, FILES)
    assert "b &amp; &lt;b&gt;.txt" in client.get("/corpus/report").get_data(as_text=True)


def test_long_lists_are_cut_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_report, "LONGEST", 1)
    assert "And 1 more, in the file report.json of the index." in words(visitor(tmp_path, FILES))


def test_an_index_that_was_not_made_of_files_says_so(tmp_path: Path) -> None:
    assert "from documents that were not files" in words(visitor(tmp_path, []))


def test_the_list_of_documents_leads_to_it(client: FlaskClient) -> None:
    assert 'href="/corpus/report"' in client.get("/documents").get_data(as_text=True)
