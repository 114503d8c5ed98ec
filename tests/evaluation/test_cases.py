"""The evaluation's questions: what a file of them must hold, and how an answer's words are found in a document."""

import json
from pathlib import Path

import pytest

from corpus.model import Document, Source
from evaluation.cases import BadQuestions, Case, Span, find_span, read

BAD_LINES = {
    "not JSON": "{",
    "no turns": '{"id": "a", "type": "fact", "turns": [], "match": "none", "answers": []}',
    "answers where there are none": (
        '{"id": "a", "type": "fact", "turns": ["q"], "match": "none", '
        '"answers": [{"document": "d", "start": 0, "end": 1}]}'
    ),
    "no answers where there are some": '{"id": "a", "type": "fact", "turns": ["q"], "match": "all", "answers": []}',
    "a match that is none of the three": '{"id": "a", "type": "fact", "turns": ["q"], "match": "some", "answers": []}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_wrong_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(BadQuestions, match="line 2"):
        read(path)


TEXT = (
    "Helping part-time staff.\n\n- Plans that are child-centred and ‘good’;\n\n- the art of care: good\n\nArea\tGood\n"
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Plans that are", "Plans that are"),
        ("Plans  that\n are ", "Plans that are"),
        ("child-\ncentred", "child-centred"),
        ("childcentred and", "child-centred and"),
        ("part\ufffetime", "part-time"),
        ("'good';", "‘good’;"),
        ("staff. ◼ Plans", "staff.\n\n- Plans"),
        ("’good’;\nthe art", "‘good’;\n\n- the art"),
        ("art", "art"),
        ("Area Good", "Area\tGood"),
    ],
    ids=[
        "as it stands",
        "white space",
        "a hyphen at a line end",
        "a hyphen lost",
        "a hyphen of the PDF's",
        "quotation marks",
        "over two blocks",
        "over two items",
        "a whole word",
        "a row",
    ],
)
def test_a_quote_is_found(quote: str, found: str) -> None:
    span = find_span(Document(Source("a", "a.pdf"), TEXT), quote)
    assert TEXT[span.start : span.end] == found


def test_a_quote_is_found_as_whole_words() -> None:
    assert find_span(Document(Source("a", "a.pdf"), TEXT), "art").start == TEXT.index("art of")


@pytest.mark.parametrize(
    "quote", ["children", "elping", "", " - "], ids=["absent", "part of a word", "empty", "a bullet"]
)
def test_a_quote_that_is_absent_is_named_with_its_document(quote: str) -> None:
    with pytest.raises(ValueError) as raised:
        find_span(Document(Source("a", "a.pdf"), TEXT), quote)
    assert str(raised.value) == f"a does not say {quote!r}"


ANSWER = {"document": "a", "quote": "Plans that are child-\ncentred"}


def written(folder: Path, *answers: dict[str, object]) -> Path:
    """A file of one question that has these answers."""
    path = folder / "questions.jsonl"
    row = {"id": "q1", "type": "fact", "turns": ["plans?"], "match": "any", "answers": answers}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_an_answer_stands_where_its_offsets_say_or_where_its_words_are(tmp_path: Path) -> None:
    path = written(tmp_path, {"document": "b", "start": 3, "end": 8, "quote": "not looked at"}, ANSWER)
    start = TEXT.index("Plans")
    spans = (Span("b", 3, 8), Span("a", start, start + len("Plans that are child-centred")))
    assert read(path, {"a": Document(Source("a", "a.pdf"), TEXT)}) == [Case("q1", "fact", ("plans?",), "any", spans)]


@pytest.mark.parametrize(
    ("quote", "documents", "words"),
    [("elping part-time", ["a"], "a does not say"), ("Plans", ["b"], "KeyError"), ("Plans", [], "KeyError")],
    ids=["absent words", "no such document", "no documents"],
)
def test_an_answer_that_is_not_there_is_named(tmp_path: Path, quote: str, documents: list[str], words: str) -> None:
    path = written(tmp_path, {"document": "a", "quote": quote})
    with pytest.raises(BadQuestions, match=f"line 1: .*{words}"):
        read(path, {id: Document(Source(id, f"{id}.pdf"), TEXT) for id in documents})
