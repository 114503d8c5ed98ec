"""A collection: which files it finds, what it calls them, and what it says of those it cannot read."""

from pathlib import Path

import pytest

from corpus.collection import Collection, EmptyCollection, Unreadable
from corpus.model import Document, Known


def write(folder: Path, *names: str, text: str = "Fostering update\n\nIt went well.") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def ids(*folders: Path) -> list[str]:
    return [d.id for d in Collection.open(folders).read() if isinstance(d, Document)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b.txt", "a.txt"], ["a", "b"]),
        (["2019/Minutes of 4 May.TXT"], ["2019-minutes-of-4-may"]),
        (["a.txt", "a.rtf", "catalogue.txt.bak"], ["a"]),
        (["A.txt", "a.txt"], ["a", "a-2"]),
        (["a b.txt", "a-b.txt", "a-b-2.txt"], ["a-b", "a-b-2", "a-b-3"]),
        (["会议.txt"], ["document"]),
        (["v1.2.txt"], ["v1-2"]),
    ],
    ids=["in order", "below", "text alone", "letters alike", "names that clash", "no Latin letter", "a stop"],
)
def test_documents_and_their_ids(names: list[str], expected: list[str], tmp_path: Path) -> None:
    assert ids(write(tmp_path, *names)) == expected


def test_folders_may_hold_the_same_name(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, "a.txt") for name in ("first", "second")]
    assert ids(*folders) == ["a", "a-2"]


def test_folders_that_overlap_give_a_document_once(tmp_path: Path) -> None:
    write(tmp_path, "below/a.txt", "b.txt")
    assert ids(tmp_path, tmp_path / "below") == ["b", "below-a"]


def test_a_folder_without_a_catalogue_works(tmp_path: Path) -> None:
    (document,) = Collection.open([write(tmp_path, "a.txt")]).read()
    assert isinstance(document, Document)
    assert (document.source.title.value, document.source.title.known) == ("Fostering update", Known.STATED)
    assert document.source.council.known is Known.NOT_STATED
    assert document.source.path == "a.txt"


def test_its_length_counts_the_files(tmp_path: Path) -> None:
    assert len(Collection.open([write(tmp_path, "a.txt", "b.txt")])) == 2


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    collection = Collection.open([write(tmp_path, "a.txt", "b.txt")])
    assert list(collection.read()) == list(collection.read())


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "folder.txt/z.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e.txt").symlink_to(tmp_path / "e.txt")
    read = list(Collection.open([tmp_path]).read())
    assert [(one.id if isinstance(one, Document) else (one.path, one.reason[:17])) for one in read] == [
        "a",
        ("b.txt", "holds no text"),
        ("c.txt", "is not UTF-8 text"),
        ("d.txt", "cannot be opened "),
        ("e.txt", "cannot be opened "),
        "folder-txt-z",
    ]


def test_a_catalogue_may_list_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    catalogue = '[[source]]\nfile = "a.txt"\nbody = { value = "Board", stated = "Board" }'
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    (only,) = Collection.open([tmp_path]).read()
    assert isinstance(only, Unreadable)


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection, match=r"There are no documents \(.*\.pdf, .*\.txt files\) in "):
        Collection.open([tmp_path])


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection, match=r"is not a folder\. Name a folder of documents with --documents\."):
        Collection.open([tmp_path / "nothing"])
