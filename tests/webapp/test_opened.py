"""The log of restricted documents opened: who, which and when, of each way to open one; and of nothing else."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import small_council
from builders import source
from flask import g
from flask.testing import FlaskClient

from corpus.access import Access
from corpus.model import Source
from index.engines import engines
from webapp.access.audiences import Audiences
from webapp.app import create_app
from webapp.records import opened
from webapp.records.__main__ import main
from webapp.records.database import CannotKeep, Records
from webapp.settings import Groups, Proxy, Settings

PROXY = Proxy.model_validate({"addresses": ["127.0.0.1"], "user": "X-User", "groups": "X-Groups"})
OFFICER = {"X-User": "bob", "X-Groups": "officers"}
LETTER = "officers-letter"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp = tmp_path_factory.mktemp("opened")
    documents = small_council.write(tmp / "documents")
    (documents / "officers").mkdir()
    (documents / "officers" / "letter.txt").write_text("Letter\n\nThe Director expects xylography.", encoding="utf-8")
    (documents / "officers" / "catalogue.toml").write_text('access = "officers"', encoding="utf-8")
    return small_council.index_levels(documents, tmp / "index")


def client(index: Path, records: Records) -> FlaskClient:
    held = Audiences.open(engines(index, None))
    chosen = Settings(proxy=PROXY, groups=Groups(officers=("officers",)))
    app = create_app(lambda: held.current(g.visitor.access), small_council.SECRET, settings=chosen, records=records)
    return app.test_client()


@pytest.mark.parametrize(
    ("address", "documents"),
    [
        (f"/documents/{LETTER}", [LETTER]),
        (f"/documents/{LETTER}?start=0&end=6", [LETTER]),
        (f"/api/v1/documents/{LETTER}", [LETTER]),
        (f"/api/v1/passages/{LETTER}/1bf163f269ae", [LETTER]),
        (f"/pack?passage={LETTER}/1bf163f269ae&passage={LETTER}/a75c0826daf2&passage=cabinet-report/p1", [LETTER]),
        (f"/pack.docx?passage={LETTER}/1bf163f269ae", [LETTER]),
        (f"/passages/{LETTER}/1bf163f269ae", []),
        ("/documents/cabinet-report", []),
        ("/documents/none", []),
        ("/documents", []),
        ("/search?q=xylography", []),
        ("/", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_opened_is_logged(index: Path, address: str, documents: list[str], tmp_path: Path) -> None:
    records = Records(tmp_path)
    before = datetime.now(UTC).replace(microsecond=0)
    client(index, records).get(address, headers=OFFICER)
    rows = opened.listed(records)
    assert [(who, document, access) for _, who, document, access in rows] == [
        ("bob", document, "officers") for document in documents
    ]
    assert all(before <= datetime.fromisoformat(time) <= datetime.now(UTC) for time, *_ in rows)


def test_questions_are_not_logged(index: Path, tmp_path: Path) -> None:
    asked = {"question": "what does the Director expect of xylography?"}
    answer = client(index, Records(tmp_path)).post("/ask", json=asked, headers=OFFICER).json
    assert answer["status"] == "answered"
    assert list(tmp_path.iterdir()) == []


def test_the_public_leaves_nothing(index: Path, tmp_path: Path) -> None:
    assert client(index, Records(tmp_path)).get(f"/documents/{LETTER}").status_code == 404
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [f"/documents/{LETTER}", f"/api/v1/documents/{LETTER}", f"/pack.md?passage={LETTER}/1bf163f269ae"],
    ids=str,
)
def test_what_cannot_be_logged_is_not_shown(index: Path, address: str) -> None:
    told = client(index, Records(None)).get(address, headers=OFFICER)
    assert told.status_code == 503
    assert "xylography" not in told.get_data(as_text=True)


def test_public_documents_are_shown_whatever_becomes_of_the_log(index: Path) -> None:
    assert client(index, Records(None)).get("/documents/cabinet-report", headers=OFFICER).status_code == 200


def restricted(id: str) -> Source:
    return replace(source(id), access=Access.MEMBERS)


def test_the_log_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened.add(Records(tmp_path), "=cmd()", [restricted("a"), restricted("b")], datetime(2026, 3, 4, 9, tzinfo=UTC))
    assert main(["opened", "--records", str(tmp_path)]) == 0
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["time", "who", "document", "access"],
        ["2026-03-04T09:00:00+00:00", "'=cmd()", "a", "members"],
        ["2026-03-04T09:00:00+00:00", "'=cmd()", "b", "members"],
    ]


def test_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST", 2)
    records = Records(tmp_path)
    for number in range(4):
        opened.add(records, "ann", [restricted(f"d{number}")], datetime.now(UTC))
    assert [row[2] for row in opened.listed(records)] == ["d2", "d3"]


def test_nowhere_to_log_is_told() -> None:
    with pytest.raises(CannotKeep, match="no folder was named"):
        opened.add(Records(None), "ann", [restricted("a")], datetime.now(UTC))
