"""An index for each level of access: what the command builds, keeps and removes, and what one says of another."""

import json
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder

import build_index
from corpus.access import Access
from corpus.collection import Collection
from index import audiences
from index.build import build
from index.files import publishing
from index.files.generations import current
from index.local import LocalIndex

PUBLIC, MEMBERS, OFFICERS = Access
LETTER = "Letter to the Director\n\nThe inspectors will revisit Westmarch zymurgically in May."
BRIEFING = "Briefing for members\n\nThe Leader expects a difficult report on fostering."
LEVELS = 'access = "{}"\n'


def write(folder: Path, *levels: Access) -> Path:
    """The small council's documents, and a paper for each of some levels."""
    small_council.write(folder)
    for access, name, text in ((MEMBERS, "briefing", BRIEFING), (OFFICERS, "letter", LETTER)):
        place = folder / access.word
        for file in (place / f"{name}.txt", place / "catalogue.toml"):
            file.unlink(missing_ok=True)
        if access in levels:
            place.mkdir(exist_ok=True)
            (place / f"{name}.txt").write_text(text, encoding="utf-8")
            (place / "catalogue.toml").write_text(LEVELS.format(access.word), encoding="utf-8")
    return folder


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    class Found(FakeEncoder):
        @classmethod
        def find(cls, name: str | None) -> "Found":
            return cls()

        def __enter__(self) -> "Found":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def prepare(self) -> None:
            pass

    monkeypatch.setattr(build_index, "EncoderApart", Found)


def run(documents: Path, index: Path, *more: str) -> int:
    return build_index.main(["--documents", str(documents), "--index", str(index), *more])


def held(index: Path) -> dict[str, set[str]]:
    """The documents that the index of each level holds."""
    folders = {access: audiences.folder_of(index, access) for access in Access}
    return {
        access.word: {source.id for source in LocalIndex.open(folder, None).sources}
        for access, folder in folders.items()
        if current(folder)
    }


EVERYONES = {"cabinet-report", "visit-minutes"}


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((), {"public": EVERYONES}),
        ((OFFICERS,), {"public": EVERYONES, "officers": {*EVERYONES, "officers-letter"}}),
        ((MEMBERS,), {"public": EVERYONES, "members": {*EVERYONES, "members-briefing"}}),
        (
            (MEMBERS, OFFICERS),
            {
                "public": EVERYONES,
                "members": {*EVERYONES, "members-briefing"},
                "officers": {*EVERYONES, "members-briefing", "officers-letter"},
            },
        ),
    ],
    ids=["public", "officers", "members", "both"],
)
def test_each_level_with_documents_of_its_own_has_an_index(
    levels: tuple[Access, ...], expected: dict[str, set[str]], tmp_path: Path
) -> None:
    assert run(write(tmp_path / "documents", *levels), tmp_path / "index") == 0
    assert held(tmp_path / "index") == expected


@pytest.mark.usefixtures("built")
def test_what_is_no_longer_restricted_leaves_no_index_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents, index = tmp_path / "documents", tmp_path / "index"
    run(write(documents, MEMBERS, OFFICERS), index)
    assert "For officers. Indexed 4 documents" in capsys.readouterr().out
    run(write(documents, OFFICERS), index)
    assert set(held(index)) == {"public", "officers"}
    assert not (index / "members").exists()
    run(write(documents), index)
    assert set(held(index)) == {"public"}
    assert "For everyone" not in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.usefixtures("built")
def test_the_public_index_holds_no_byte_of_what_is_not_public(tmp_path: Path) -> None:
    index = tmp_path / "index"
    run(write(tmp_path / "documents", OFFICERS), index)

    def files(folder: Path) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())

    public, officers = (folder / (current(folder) or "") for folder in (index, index / "officers"))
    for words in (b"zymurgic", b"revisit", b"Director"):
        assert words in files(officers)
        assert words not in files(public)
    assert json.loads((public / "report.json").read_text())["counts"]["read"] == 2


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("stopped", [False, True], ids=["at once", "by the build after one that was stopped"])
def test_no_older_generation_keeps_what_has_been_withdrawn(
    stopped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, index = write(tmp_path / "documents"), tmp_path / "index"
    (documents / "letter.txt").write_text(LETTER, encoding="utf-8")
    run(documents, index)
    (documents / "catalogue.toml").write_text(
        small_council.CATALOGUE + '[[source]]\nfile = "letter.txt"\naccess = "officers"\n', encoding="utf-8"
    )
    if stopped:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(publishing, "others", stop)
            build_with(documents, index)
    run(documents, index)
    held = b"".join(path.read_bytes() for one in index.glob("2*") for path in one.iterdir())
    assert b"visit-minutes" in held
    assert b"zymurgic" not in held


def stop(folder: Path) -> list[Path]:
    raise KeyboardInterrupt


def build_with(documents: Path, index: Path) -> None:
    """The public index alone, with nothing that hears of being stopped."""
    seen = Collection.open([documents]).read().seen_by(PUBLIC)
    build(seen.documents, index, FakeEncoder(), receipts=seen.receipts, others=seen.others)


def test_vectors_held_beside_are_not_made_again(tmp_path: Path) -> None:
    intake = Collection.open([write(tmp_path / "documents", OFFICERS)]).read()
    public = build(intake.seen_by(PUBLIC).documents, tmp_path / "public", FakeEncoder())
    both = build(intake.documents, tmp_path / "officers", FakeEncoder(), beside=tmp_path / "public")
    alone = build(intake.documents, tmp_path / "alone", FakeEncoder())
    assert both.reused == public.encoded
    assert both.encoded == alone.encoded - public.encoded > 0


@pytest.mark.usefixtures("built")
def test_where_nothing_is_public_the_public_index_is_empty(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "letter.txt").write_text(LETTER, encoding="utf-8")
    (documents / "catalogue.toml").write_text(LEVELS.format("officers"), encoding="utf-8")
    assert run(documents, tmp_path / "index") == 0
    assert held(tmp_path / "index") == {"public": set(), "officers": {"letter"}}
