"""A collection: which files it finds, what it calls them, and what it says of those it cannot read."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.collection import Collection, EmptyCollection, Intake
from corpus.kept import keeping, key
from corpus.model import Known
from corpus.reading.reading import Page, Reading
from corpus.receipts import Fate


def write(folder: Path, *names: str, **texts: str) -> Path:
    """Files in a folder, each with a text of its own, or the one given by its name without the ending."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = texts.get(path.stem, f"Fostering update\n\nIt went well in {folder.name}/{name}.")
        path.write_text(text, encoding="utf-8")
    return folder


def ids(*folders: Path) -> list[str]:
    return [document.id for document in Collection.open(folders).read().documents]


def whole(read: Intake) -> Intake:
    """An intake with its documents in memory, to be compared."""
    return replace(read, documents=tuple(read.documents))


def fates(read: Intake) -> list[tuple[str, str]]:
    """Each file's name, and what became of it: nothing for one that was read, or the beginning of why not."""
    return [(one.name, "" if one.fate is Fate.READ else one.reason[:17]) for one in read.receipts]


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
    ids=["in order", "below", "kinds that are read", "letters alike", "names that clash", "no Latin letter", "a stop"],
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
    (document,) = Collection.open([write(tmp_path, "a.txt")]).read().documents
    assert (document.source.title.value, document.source.title.known) == ("Fostering update", Known.STATED)
    assert document.source.council.known is Known.NOT_STATED
    assert document.source.path == "a.txt"


def test_its_length_counts_the_files(tmp_path: Path) -> None:
    assert len(Collection.open([write(tmp_path, "a.txt", "b.txt")])) == 2


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    collection = Collection.open([write(tmp_path, "a.txt", "b.txt")])
    assert whole(collection.read()) == whole(collection.read())


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/folder.txt/z.txt", "out.txt")
    folder = tmp_path / "in"
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_bytes(b"\xff\xfe")
    (folder / "d.txt").symlink_to(folder / "nowhere")
    (folder / "e.txt").symlink_to(folder / "e.txt")
    (folder / "f.txt").symlink_to(tmp_path / "out.txt")
    assert fates(Collection.open([folder]).read()) == [
        ("a.txt", ""),
        ("b.txt", "holds no text"),
        ("c.txt", "is not UTF-8 text"),
        ("d.txt", "cannot be opened "),
        ("e.txt", "cannot be opened "),
        ("f.txt", "is a link to a fi"),
        ("folder.txt/z.txt", ""),
    ]


def test_a_catalogue_may_list_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    catalogue = '[[source]]\nfile = "a.txt"\nbody = { value = "Board", stated = "Board" }'
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    assert [one.fate for one in Collection.open([tmp_path]).read().receipts] == [Fate.UNREADABLE]


def test_files_of_other_kinds_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.DOC", "c.doc", "d", "e.xlsx", "catalogue.toml", a="Pay", catalogue="")
    assert Collection.open([tmp_path]).read().others == {"": 1, ".doc": 2, ".xlsx": 1}


def test_what_programs_keep_for_themselves_is_passed_over(tmp_path: Path) -> None:
    assert ids(write(tmp_path, "a.txt", ".b.txt", "~$c.txt", ".git/d.txt", "a_files/e.txt")) == ["a", "a-files-e"]


SAME = "Fostering update\n\nIt went well."
CATALOGUED = '[[source]]\nfile = "{}"\nbody = {{ value = "{}", supplied = true }}\n'


@pytest.mark.parametrize(
    ("texts", "catalogue", "read", "repeat"),
    [
        ({"a": SAME, "b": SAME}, "", "a.txt", ("b.txt", "says the same, word for word, as another file", "a.txt")),
        (
            {"a": SAME, "b": SAME.replace("\n", "\n\n")},
            "",
            "a.txt",
            ("b.txt", "says the same, word for word, as another file", "a.txt"),
        ),
        (
            {"a": SAME, "b": SAME},
            CATALOGUED.format("b.txt", "Board"),
            "b.txt",
            ("a.txt", "says the same, word for word, as another file", "b.txt"),
        ),
        (
            {"a": SAME, "b": SAME},
            CATALOGUED.format("a.txt", "Board") + CATALOGUED.format("b.txt", "Board"),
            "a.txt",
            ("b.txt", "says the same, word for word, as another file", "a.txt"),
        ),
    ],
    ids=["the content", "the text", "the one in the catalogue stays", "entries that say the same"],
)
def test_a_file_that_repeats_another_is_left_out(
    texts: dict[str, str], catalogue: str, read: str, repeat: tuple[str, str, str], tmp_path: Path
) -> None:
    write(tmp_path, "a.txt", "b.txt", **texts)
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    intake = Collection.open([tmp_path]).read()
    assert [document.source.path for document in intake.documents] == [read]
    (left,) = (one for one in intake.receipts if one.fate is Fate.DUPLICATE)
    assert (left.name, left.reason, left.same_as) == repeat


def test_two_entries_that_differ_are_two_documents(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", a=SAME, b=SAME)
    catalogue = CATALOGUED.format("a.txt", "Board") + CATALOGUED.format("b.txt", "Cabinet")
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    assert len(Collection.open([tmp_path]).read().documents) == 2


def test_exempt_papers_are_set_aside_and_doubtful_ones_noted(tmp_path: Path) -> None:
    private, minutes = "NOT FOR PUBLICATION\n\nCosts.", "Minutes\n\nThe public left.\n\n(See Schedule 12A.)"
    write(tmp_path, "a.txt", "b.txt", "exempt-c.txt", a=private, b=minutes)
    intake = Collection.open([tmp_path]).read()
    assert [(one.name, one.fate.value, one.reason, one.notes) for one in intake.receipts] == [
        ("a.txt", "set aside", "says at its top “NOT FOR PUBLICATION”", ()),
        ("b.txt", "read", "", ("speaks of what is not for publication: see that it may be public",)),
        ("exempt-c.txt", "set aside", "its name says that it is exempt or restricted", ()),
    ]
    assert [document.id for document in intake.documents] == ["b"]


def test_what_repeats_an_exempt_paper_is_as_exempt(tmp_path: Path) -> None:
    private = "NOT FOR PUBLICATION\n\nCosts."
    write(tmp_path, "a.txt", "b.txt", "c.txt", "restricted.txt", a=private, b=private, c=SAME, restricted=SAME)
    intake = Collection.open([tmp_path]).read()
    assert [(one.name, one.fate.value, one.same_as) for one in intake.receipts] == [
        (name, "set aside", "") for name in ("a.txt", "b.txt", "c.txt", "restricted.txt")
    ]
    assert list(intake.documents) == []


def test_what_was_kept_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "documents", "a.txt", "b.txt", "c.txt")
    with keeping(tmp_path / "kept") as known:
        first = Collection.open([folder]).read(known)
    write(folder, "b.txt", b="Another text.")
    (folder / "c.txt").unlink()
    asked: list[str] = []
    with keeping(tmp_path / "kept") as known:
        monkeypatch.setattr(known, "put", lambda key, reading: asked.append(reading.text))
        second = Collection.open([folder]).read(known)
    assert asked == ["Another text."]
    assert whole(second) == whole(Collection.open([folder]).read())
    assert second.documents[0] == first.documents[0]


def test_a_file_that_took_too_long_is_not_tried_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "documents", "a.txt")
    for expected in ("takes longer than 0 seconds to read", "takes longer than 0 seconds to read (last time; "):
        with keeping(tmp_path / "kept") as known:
            (receipt,) = Collection.open([folder]).read(known, seconds=0).receipts
        assert receipt.reason.startswith(expected)


def test_a_fault_of_the_program_is_a_line_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "documents", "a.txt", "b.txt")
    broken = Reading("Pay\n\nIt is low.", pages=(Page("no number", 1),))  # type: ignore[arg-type]
    with keeping(tmp_path / "kept") as known:
        known.put(key(hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest(), ".txt"), broken)
        intake = Collection.open([folder]).read(known)
    assert [document.id for document in intake.documents] == ["b"]
    (fault,) = intake.unreadable
    assert fault.reason.startswith("meets a fault of this program (TypeError in collection.py, line ")


def test_progress_counts_every_file_once(tmp_path: Path) -> None:
    told: list[int] = []
    write(tmp_path, "a.txt", "b.txt", "c.txt", "d.txt", a=SAME, b=SAME, c="")
    Collection.open([tmp_path]).read(progress=told.append)
    assert sum(told) == 4


@pytest.mark.parametrize(
    "before",
    [[], ["documents"], ["documents", "documents/inside"]],
    ids=["alone", "beside one", "beside two"],
)
def test_a_folder_with_nothing_to_read_says_so(before: list[str], tmp_path: Path) -> None:
    """Beside others it may be a share that is not there, whose documents would leave the index."""
    write(tmp_path / "documents" / "inside", "a.txt", a="Caseloads were high.")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "old.doc").write_bytes(b"")
    with pytest.raises(EmptyCollection, match=r"There are no documents \(\.aspx, .*, \.txt files\) in \S+/share\. If"):
        Collection.open([tmp_path / name for name in (*before, "share")])
    assert len(Collection.open([tmp_path / name for name in before or ["documents"]])) == 1


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyCollection, match=r"is not a folder\. Name a folder of documents with --documents\."):
        Collection.open([tmp_path / "nothing"])
