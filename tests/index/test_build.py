"""A build: what is indexed of a passage, what is encoded again, and when nothing is done."""

import pickle
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import document, fact, passage, source
from fakes import FakeEncoder
from numpy.typing import NDArray

from corpus.model import Document, Item, Span
from corpus.receipts import Change, Fate, Receipt
from index import report
from index.build import build
from index.files import columns, generations, publishing
from index.files.columns import Columns
from index.files.generations import IndexBusy
from index.local import LocalIndex
from index.report import Report
from index.texts import CONTEXT_CHARACTERS, encoded_text, indexed_text
from index.vectors import unfinished

FACTS = {"council": "Medway Council", "body": "Cabinet", "title": "Ofsted report", "date": "2019-09-03"}
TEXT = "Areas for improvement:\n\nArea\n\nHealth\n\nThe relationship with partners"


def test_the_surroundings_are_indexed_with_the_passage() -> None:
    item = passage("The relationship with partners", start=TEXT.index("The relationship"))
    item = replace(
        item,
        lead_in=Span(0, 22),
        columns=(Span(24, 28),),
        label=Span(30, 36),
        headings=("3. Findings", "3.2 Detail"),
        item=Item(1, "Inspection outcome"),
    )
    whole = Document(source("a", **FACTS), TEXT, (item,))
    assert indexed_text(whole, item).split("\n") == [
        "Medway Council",
        "Cabinet",
        "Ofsted report",
        "Inspection outcome",
        "3. Findings",
        "3.2 Detail",
        "Area",
        "Areas for improvement:",
        "Health",
        "The relationship with partners",
    ]
    assert encoded_text(whole, item).split("\n") == [
        "Ofsted report",
        "3.2 Detail",
        "Areas for improvement:",
        "Health",
        "Area",
        "The relationship with partners",
    ]


def test_nothing_is_said_twice() -> None:
    text = "Health partners – reference was made"
    whole = document(
        text,
        facts={"title": "Ofsted  Report"},
        headings=("OFSTED REPORT",),
        item=Item(1, "Ofsted report"),
        label=Span(0, 15),
    )
    assert indexed_text(whole, whole.passages[0]) == f"Ofsted  Report\n{text}"
    assert encoded_text(whole, whole.passages[0]) == f"Ofsted  Report\n{text}"


def test_what_is_not_stated_adds_nothing() -> None:
    whole = document("Members noted the report.")
    assert indexed_text(whole, whole.passages[0]) == "Members noted the report."
    assert encoded_text(whole, whole.passages[0]) == "Members noted the report."


def test_a_long_context_is_cut_to_what_is_nearest() -> None:
    lead_in = "remote " * 100 + "near:"
    whole = document(lead_in, "A short bullet", facts=FACTS)
    bullet = replace(whole.passages[1], lead_in=Span(0, len(lead_in)))
    context, text = encoded_text(whole, bullet).rsplit("\n", 1)
    assert text == "A short bullet"
    assert len(context) == CONTEXT_CHARACTERS
    assert context.endswith("remote near:")


DOCUMENTS = (
    document("Health partners must contribute.", "Caseloads were high.", id="a", facts=FACTS),
    document("Caseloads had been high.", "The fostering service was praised.", id="b"),
)


def test_a_first_build_encodes_every_distinct_text_once(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    told: list[tuple[int, int]] = []
    same = document("Caseloads were high.", id="c")
    report = build([*DOCUMENTS, same], tmp_path, encoder, progress=lambda done, total: told.append((done, total)))
    assert (report.documents, report.passages, report.searched) == (3, 5, 5)
    assert (report.encoded, report.reused, report.up_to_date) == (6, 0, False)  # of "a" with its title and without
    assert len(encoder.encoded) == 6
    assert told == [(done, 6) for done in range(7)]
    assert report.generation == generations.current(tmp_path)


def test_the_same_again_does_nothing(tmp_path: Path) -> None:
    first = build(DOCUMENTS, tmp_path, FakeEncoder())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    encoder = FakeEncoder()
    again = build(DOCUMENTS, tmp_path, encoder)
    assert again.up_to_date
    assert (again.generation, again.documents, again.searched) == (first.generation, 2, 4)
    assert encoder.encoded == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_full_builds_and_encodes_all_again(tmp_path: Path) -> None:
    first = build(DOCUMENTS, tmp_path, FakeEncoder())
    again = build(DOCUMENTS, tmp_path, FakeEncoder(), full=True)
    assert (again.encoded, again.reused, again.up_to_date) == (6, 0, False)
    assert again.generation != first.generation


def test_only_what_is_new_is_encoded_and_the_rest_is_found_as_before(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    encoder = FakeEncoder()
    report = build([document("Workforce churn.", id="c"), *DOCUMENTS], tmp_path, encoder)
    assert (report.encoded, report.reused) == (1, 6)
    assert encoder.encoded == ["Workforce churn."]
    opened = LocalIndex.open(tmp_path, FakeEncoder())
    assert opened.search("fostering service praised", top=1)[0].passage == DOCUMENTS[1].passages[1]
    assert opened.search("workforce churn", top=1)[0].cosine == 1.0


@pytest.mark.parametrize(
    ("changed", "encoded"),
    [
        (document("Health partners must contribute.", "Caseloads fell.", id="a", facts=FACTS), 2),
        (
            document(
                "Health partners must contribute.", "Caseloads were high.", id="a", facts=FACTS | {"body": "Board"}
            ),
            0,
        ),
        (document("Health partners must contribute.", "Caseloads were high.", id="a", facts=FACTS, page=2), 0),
        (replace(DOCUMENTS[0], source=replace(DOCUMENTS[0].source, url=fact("https://example.org"))), 0),
        (document("Health partners must contribute.", id="a", facts=FACTS), 0),
    ],
    ids=["text", "body", "page", "address", "a passage less"],
)
def test_any_change_is_published(tmp_path: Path, changed: Document, encoded: int) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    report = build([changed, DOCUMENTS[1]], tmp_path, FakeEncoder())
    assert not report.up_to_date
    assert report.encoded == encoded
    assert LocalIndex.open(tmp_path, None).document("a") == changed


def test_another_encoder_encodes_all_again(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path, FakeEncoder())
    report = build(DOCUMENTS, tmp_path, FakeEncoder("other", 32))
    assert (report.encoded, report.reused) == (6, 0)
    assert LocalIndex.open(tmp_path, FakeEncoder("other", 32)).search("caseloads")


def test_a_damaged_index_is_built_anew(tmp_path: Path) -> None:
    name = build(DOCUMENTS, tmp_path, FakeEncoder()).generation
    (tmp_path / name / "vectors.faiss").write_bytes(b"")
    report = build(DOCUMENTS, tmp_path, FakeEncoder())
    assert (report.encoded, report.up_to_date) == (6, False)
    assert LocalIndex.open(tmp_path, FakeEncoder()).search("caseloads")


class BrokenEncoder(FakeEncoder):
    """One that gives one portion and fails at the next."""

    portion = 2

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        yield next(super().encode_in_portions(texts))
        raise MemoryError


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    first = build(DOCUMENTS, tmp_path, FakeEncoder())
    with pytest.raises(MemoryError):
        build([document("New.", id="c")], tmp_path, BrokenEncoder())
    assert LocalIndex.open(tmp_path, FakeEncoder()).generation == first.generation


def test_what_a_failed_build_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    broken, sound = BrokenEncoder(), FakeEncoder()
    with pytest.raises(MemoryError):
        build(DOCUMENTS, tmp_path, broken)
    assert [path.name for path in tmp_path.glob(unfinished.FILES)] == ["vectors-4096.unfinished"]
    report = build(DOCUMENTS, tmp_path, sound)
    assert len(broken.encoded) == 2
    assert sorted(broken.encoded + sound.encoded) == sorted(set(broken.encoded + sound.encoded))
    assert (report.encoded, report.reused) == (4, 2)
    assert list(tmp_path.glob(unfinished.FILES)) == []

    other = tmp_path / "other"
    build(DOCUMENTS, other, FakeEncoder())
    both = [LocalIndex.open(folder, FakeEncoder()).search("caseloads") for folder in (tmp_path, other)]
    assert both[0] == both[1]


def test_what_a_failed_build_left_damaged_is_encoded_again(tmp_path: Path) -> None:
    """All from the first wrong byte on; what was written before that is kept."""
    with pytest.raises(MemoryError):
        build(DOCUMENTS, tmp_path, BrokenEncoder())
    (file,) = tmp_path.glob(unfinished.FILES)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    report = build(DOCUMENTS, tmp_path, FakeEncoder())
    assert (report.encoded, report.reused) == (5, 1)
    assert LocalIndex.open(tmp_path, FakeEncoder()).search("caseloads were high")[0].cosine is not None


@pytest.mark.parametrize(
    "left", [b"", b"\0", b"\xff" * 50_000, bytes(50_000)], ids=["nothing", "a byte", "no numbers", "zeros"]
)
def test_what_was_left_and_is_no_vector_is_of_no_use_and_no_harm(tmp_path: Path, left: bytes) -> None:
    tmp_path.joinpath("vectors-4096.unfinished").write_bytes(left)
    assert build(DOCUMENTS, tmp_path, FakeEncoder()).encoded == 6
    assert list(tmp_path.glob(unfinished.FILES)) == []


def test_a_build_anew_takes_nothing_that_a_failed_build_left(tmp_path: Path) -> None:
    with pytest.raises(MemoryError):
        build(DOCUMENTS, tmp_path, BrokenEncoder())
    assert build(DOCUMENTS, tmp_path, FakeEncoder(), full=True).encoded == 6


class Seen(Document):
    """A document that can be seen to be in memory still."""


class ReadWhenAsked(Sequence[Document]):
    """Documents of which none is kept: each is made anew whenever it is asked for.

    ``most`` is how many of them anybody has held at once.
    """

    def __init__(self, *documents: Document) -> None:
        self._kept = [pickle.dumps((one.source, one.text, one.passages)) for one in documents]
        self._made: list[weakref.ref[Document]] = []
        self.most = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, place: Any) -> Any:
        made = Seen(*pickle.loads(self._kept[place]))
        self._made = [*(one for one in self._made if one() is not None), weakref.ref(made)]
        self.most = max(self.most, len(self._made))
        return made


def files(folder: Path) -> dict[str, bytes]:
    """The files of the generation that serves, but for its manifest and its times."""
    generation = generations.open_current(folder).folder
    timed = {generations.MANIFEST, report.FILE, columns.FILE}
    return {path.name: path.read_bytes() for path in generation.iterdir() if path.name not in timed}


def test_an_index_is_the_same_however_its_documents_come(tmp_path: Path) -> None:
    """From a first build, and from one that follows: of kept documents, and of what is read as it is asked for."""
    moved = replace(DOCUMENTS[1], passages=DOCUMENTS[1].passages[:1])
    folders = [tmp_path / name for name in ("list", "sequence")]
    for folder, kind in zip(folders, (lambda *documents: list(documents), ReadWhenAsked), strict=True):
        for documents in ((DOCUMENTS[0], moved, document("Churn.", id="c")), (*DOCUMENTS, document("Churn.", id="d"))):
            build(kind(*documents), folder, FakeEncoder())
    one, other = (files(folder) for folder in folders)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    told = [generations.open_current(folder) for folder in folders]
    assert told[0].facts == told[1].facts
    both = [Columns.open(generation.folder) for generation in told]
    timeless = [field.name for field in fields(Columns) if field.name != "since"]
    assert all(getattr(both[0], name).tolist() == getattr(both[1], name).tolist() for name in timeless)


def test_no_document_is_kept(tmp_path: Path) -> None:
    """One is let go when the next has come, in a first build and in one that follows."""
    for last in ("e", "f"):
        several = ReadWhenAsked(*(document(f"Passage {id}.", "Noted.", id=id) for id in ("a", "b", "c", "d", last)))
        build(several, tmp_path, FakeEncoder())
        assert several.most == 2


def test_documents_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The same inputs again are known to be so, though each document is another object."""
    first = build(ReadWhenAsked(*DOCUMENTS), tmp_path, FakeEncoder())
    assert build(DOCUMENTS, tmp_path, FakeEncoder()).up_to_date
    assert build(ReadWhenAsked(*DOCUMENTS), tmp_path, FakeEncoder()).generation == first.generation
    assert LocalIndex.open(tmp_path, None).document("b") == DOCUMENTS[1]


RECEIPTS = [
    Receipt("a", "a.pdf", Fate.READ, "0a", notes=("page 2: scanned, not readable",), pages=2, passages=2),
    Receipt("b", "b.txt", Fate.READ, "0b", passages=1),
    Receipt("c", "c.txt", Fate.UNREADABLE, "0c", "holds no text"),
    Receipt("d", "d.txt", Fate.DUPLICATE, "0b", "has the same content as another file", "b.txt"),
]


def reported(folder: Path, *receipts: Receipt) -> Report:
    build(DOCUMENTS, folder, FakeEncoder(), receipts=receipts, others={".doc": 2})
    return LocalIndex.open(folder, FakeEncoder()).report


def test_the_report_says_what_became_of_each_file_since_the_build_before(tmp_path: Path) -> None:
    first = reported(tmp_path, *RECEIPTS)
    assert first.receipts == tuple(RECEIPTS)
    assert first.others == {".doc": 2}
    assert first.counts() == {
        "read": 2,
        "duplicate": 1,
        "set aside": 0,
        "unreadable": 1,
        "taken down": 0,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
    }
    second = reported(tmp_path, RECEIPTS[0], replace(RECEIPTS[1], digest="0e"), Receipt("e", "e.txt", Fate.READ, "0f"))
    assert [one.name for one in second.changed(Change.UNCHANGED)] == ["a.pdf"]
    assert [one.name for one in second.changed(Change.CHANGED)] == ["b.txt"]
    assert [one.name for one in second.changed(Change.NEW)] == ["e.txt"]
    assert second.changes.removed == ("c.txt", "d.txt")
    assert [one.name for one in second.noted] == ["a.pdf"]


def test_a_file_that_becomes_unreadable_is_published_though_no_document_changes(tmp_path: Path) -> None:
    assert reported(tmp_path, *RECEIPTS[:2]).of(Fate.UNREADABLE) == ()
    assert reported(tmp_path, *RECEIPTS[:3]).of(Fate.UNREADABLE) == (RECEIPTS[2],)


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Two documents have the id 'a'"):
        build([document("one"), document("two")], tmp_path, FakeEncoder())


def test_a_second_build_is_refused_while_one_runs(tmp_path: Path) -> None:
    with publishing.building(tmp_path), pytest.raises(IndexBusy):
        build(DOCUMENTS, tmp_path, FakeEncoder())


def test_documents_of_nothing_searched_can_be_indexed_and_grown(tmp_path: Path) -> None:
    build([document("Heading", searched=False)], tmp_path, FakeEncoder())
    assert LocalIndex.open(tmp_path, FakeEncoder()).search("heading") == []
    build([document("Heading")], tmp_path, FakeEncoder())
    assert [hit.passage.text for hit in LocalIndex.open(tmp_path, FakeEncoder()).search("heading")] == ["Heading"]
