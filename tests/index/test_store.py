"""Documents come back from disk exactly as they went in, whatever their text holds."""

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import pytest
from builders import document, source
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import (
    Document,
    Fact,
    Form,
    Item,
    Known,
    Passage,
    Role,
    Source,
    Span,
    Voice,
    VoiceSpan,
)
from index.files import store
from index.files.store import Store

# Every field differs from its default, so that one forgotten shows.
FULL = Document(
    Source(
        id="a",
        path="folder/a.txt",
        title=Fact("Report", Known.STATED, Span(0, 6)),
        council=Fact("Medway Council", Known.STATED, Span(1, 4)),
        body=Fact("Cabinet", Known.SUPPLIED),
        date=Fact("2019-09-03", Known.SUPPLIED),
        kind=Fact("report", Known.SUPPLIED),
        url=Fact("https://example.org/a", Known.SUPPLIED),
    ),
    "Report\x00 – caf\u00e9",
    (
        Passage(
            id="p-1",
            document="a",
            ordinal=3,
            start=6,
            end=13,
            text="\x00 – caf\u00e9",
            form=Form.ITEM,
            reference="para 6.12, third bullet",
            anchor="para-6-12-3",
            role=Role.RISK,
            voice=Voice.OFSTED_REPORTED,
            voices=(VoiceSpan(6, 8, Voice.OFFICER), VoiceSpan(8, 13, Voice.MEMBER)),
            item=Item(4, "Ofsted"),
            headings=("Report", "Risks"),
            level=2,
            body=7,
            label=Span(7, 9),
            lead_in=Span(0, 6),
            group=5,
            position=3,
            opens=6,
            columns=(Span(0, 2), Span(2, 4)),
            page=9,
            searched=False,
        ),
    ),
)


def stored(folder: Path, *documents: Document) -> Store:
    path = folder / store.FILE
    path.unlink(missing_ok=True)
    with store.writing(path) as written:
        for one in documents:
            written.add(one)
        written.finish(lambda held: {})
    return Store.open(path)


def test_the_example_has_no_field_at_its_default() -> None:
    (full,) = FULL.passages
    plain = document("x").passages[0]
    assert [f.name for f in fields(Passage) if getattr(full, f.name) == getattr(plain, f.name)] == ["document"]


def test_every_field_comes_back(tmp_path: Path) -> None:
    opened = stored(tmp_path, FULL)
    assert opened.document("a") == FULL
    assert opened.passages([0]) == list(FULL.passages)
    assert opened.sources() == (FULL.source,)
    assert all(isinstance(span, Span) for span in (opened.passages([0])[0].lead_in, *opened.passages([0])[0].columns))


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, title: str) -> None:
    original = document(text, "second", facts={"title": title}, id=title)
    assert stored(tmp_path_factory.mktemp("store"), original).document(title) == original


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\U0010ffff", "'; DROP TABLE passages; --"], ids=ascii)
def test_awkward_text_comes_back(tmp_path: Path, text: str) -> None:
    original = document(text, facts={"council": text}, id=text, headings=(text,))
    assert stored(tmp_path, original).document(text) == original


def test_passages_are_numbered_through_the_documents(tmp_path: Path) -> None:
    opened = stored(tmp_path, document("one", "two", id="a"), document("three", id="b"), document("four", id="c"))
    assert [passage.text for passage in opened.passages([3, 0, 2, 0])] == ["four", "one", "three", "one"]
    assert opened.passages([]) == []


def test_a_number_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        stored(tmp_path, document("one")).passages([0, 1])


def test_a_passage_is_found_by_its_id(tmp_path: Path) -> None:
    opened = stored(tmp_path, document("one", "two", id="a"), document("three", id="b"))
    assert [opened.number(id) for id in ("a-1", "b-0", "c-0")] == [1, 2, None]


@pytest.mark.parametrize(
    ("reference", "numbers"),
    [
        ("minute 11.4", [0, 1]),
        ("minute 11.4, first bullet", [1]),
        ("minute 1_.4", []),
        ("minute 11", []),
        ("minute %", []),
    ],
)
def test_passages_of_a_reference_and_inside_it(tmp_path: Path, reference: str, numbers: list[int]) -> None:
    references = ("minute 11.4", "minute 11.4, first bullet", "minute 11.45")
    whole = document("one", "two", "three")
    passages = (replace(p, reference=words) for p, words in zip(whole.passages, references, strict=True))
    assert stored(tmp_path, replace(whole, passages=tuple(passages))).referred(reference) == numbers


def test_the_passages_of_a_document_and_their_numbers(tmp_path: Path) -> None:
    opened = stored(tmp_path, document("one", id="a"), document("two", "three", id='"b"'))
    assert opened.ids_of('"b"') == {'"b"-0': 1, '"b"-1': 2}
    assert opened.ids_of("c") == {}


def test_where_passages_of_an_earlier_generation_are_now(tmp_path: Path) -> None:
    asked: dict[str, bool] = {}

    def moved(held: Callable[[str], bool]) -> Mapping[str, str | None]:
        asked.update({id: held(id) for id in ("a-0", "a-1", '"', "b-0")})
        return {"a-9": "a-1", "b-0": None}

    with store.writing(tmp_path / store.FILE) as written:
        written.add(document("one", "two"))
        written.finish(moved)
    opened = Store.open(tmp_path / store.FILE)
    assert asked == {"a-0": True, "a-1": True, '"': False, "b-0": False}
    assert [opened.moved(id) for id in ("a-9", "b-0", "a-0")] == ["a-1", None, None]
    assert opened.all_moved() == {"a-9": "a-1", "b-0": None}


def test_many_passages_may_have_moved(tmp_path: Path) -> None:
    gone = {f"b-{number}": "a-0" for number in range(500)}
    with store.writing(tmp_path / store.FILE) as written:
        written.add(document("one"))
        written.finish(lambda held: gone)
    assert Store.open(tmp_path / store.FILE).all_moved() == gone


def test_there_may_be_nothing(tmp_path: Path) -> None:
    opened = stored(tmp_path)
    assert (opened.sources(), opened.passages([]), opened.all_moved()) == ((), [], {})
    assert opened.document("a") is None


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        stored(tmp_path, document("one"), document("two"))


def test_what_is_open_cannot_be_written(tmp_path: Path) -> None:
    opened = stored(tmp_path, document("one"))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened._read("DELETE FROM passages")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Store.open(tmp_path / "absent.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    odd = tmp_path / "50% of #1? é"
    odd.mkdir()
    assert stored(odd, document("one")).document("a") == document("one")


def test_threads_read_at_once(tmp_path: Path) -> None:
    opened = stored(tmp_path, *(document(f"passage {number}", id=str(number)) for number in range(50)))
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda number: opened.passages([number])[0].text, list(range(50)) * 4))
    assert texts == [f"passage {number}" for number in range(50)] * 4


def test_facts_of_a_source_default_to_not_stated(tmp_path: Path) -> None:
    opened = stored(tmp_path, Document(source("a"), "", ()))
    assert opened.sources()[0].council == Fact(None, Known.NOT_STATED, None)
