"""Passages laid out: headings, paragraphs, nested lists, tables and fields, in order."""

from typing import Any

import pytest
from builders import passage

from corpus.model import Form
from webapp.layout.passages import Fields, Heading, List, Paragraph, Part, Table, laid_out


def outline_of(part: Part) -> object:
    """A part as its kind and its words, for comparison."""
    match part:
        case Heading():
            return f"h{part.rank}", said(part.line.words)
        case Paragraph():
            return "p", *(said(one.words) for one in part.lines)
        case List():
            return "ul", *(
                (*(said(one.words) for one in item.lines), *map(outline_of, item.lists)) for item in part.items
            )
        case Table():
            return "table", part.columns, *(tuple(map(said, row.cells)) for row in part.rows)
        case Fields():
            return "dl", *(tuple(map(said, row.cells)) for row in part.rows)


def said(segments: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in segments)


def row(group: int) -> dict[str, Any]:
    return {"form": Form.ROW, "group": group}


def heading(level: int, form: Form = Form.HEADING) -> dict[str, Any]:
    return {"form": form, "level": level}


def item(group: int, position: int, level: int) -> dict[str, Any]:
    return {"form": Form.ITEM, "group": group, "position": position, "level": level}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            [("A", heading(3)), ("B", heading(1)), ("C", heading(9, Form.LABEL))],
            [("h2", "A"), ("h2", "B"), ("h3", "C")],
        ),
        ([("A", {}), ("B", {})], [("p", "A"), ("p", "B")]),
        ([("A", item(1, 1, 1)), ("B", item(1, 2, 1))], [("ul", ("A",), ("B",))]),
        ([("A", item(1, 1, 1)), ("B", item(2, 1, 1))], [("ul", ("A",)), ("ul", ("B",))]),
        (
            [("A", item(1, 1, 1)), ("B", item(2, 1, 2)), ("C", item(2, 2, 2)), ("D", item(1, 2, 1))],
            [("ul", ("A", ("ul", ("B",), ("C",))), ("D",))],
        ),
        ([("A", item(1, 1, 1)), ("B", {}), ("C", item(1, 2, 1))], [("ul", ("A",)), ("p", "B"), ("ul", ("C",))]),
        ([("A", item(1, 1, 1)), ("B", item(1, 1, 1))], [("ul", ("A", "B"))]),
        (
            [("H\tI", {"form": Form.HEADER, "opens": 4}), ("--\t--", {"form": Form.RULE}), ("A\tB", row(4))],
            [("table", (), ("H", "I"), ("A", "B"))],
        ),
        ([("A\tB", row(4)), ("C\tD", row(5))], [("table", (), ("A", "B")), ("table", (), ("C", "D"))]),
        ([("A:\tB", {"form": Form.FIELD}), ("C:\tD", {"form": Form.FIELD})], [("dl", ("A:", "B"), ("C:", "D"))]),
        ([("2.3 Grade", {"form": Form.LABEL, "opens": 4})], [("p", "2.3 Grade")]),
    ],
    ids=[
        "ranks",
        "paragraphs",
        "list",
        "two lists",
        "nested",
        "broken list",
        "long item",
        "table",
        "two tables",
        "fields",
        "caption",
    ],
)
def test_passages_are_laid_out(made: list[tuple[str, dict[str, Any]]], expected: list[object]) -> None:
    text, passages = "", []
    for ordinal, (words, fields) in enumerate(made):
        passages.append(passage(words, ordinal=ordinal, start=len(text), **fields))
        text += words + "\n\n"
    assert [outline_of(part) for part in laid_out(text, passages)] == expected


def test_a_marker_stands_apart_from_its_words() -> None:
    text = "·\u00a0\u00a0\u00a0 Quality of practice"
    made = passage(text, form=Form.ITEM, group=1, position=1, level=1, body=5)
    (found,) = laid_out(text, [made])
    assert isinstance(found, List)
    assert (said(found.items[0].lines[0].marker), said(found.items[0].lines[0].words)) == ("·", "Quality of practice")


def test_a_label_above_its_paragraph_is_words_and_not_a_marker() -> None:
    text = "AGREED\n\nThat the update be noted."
    (found,) = laid_out(text, [passage(text, body=8)])
    assert isinstance(found, Paragraph)
    assert (found.lines[0].marker, said(found.lines[0].words)) == ((), "AGREED That the update be noted.")


def test_pieces_of_one_long_paragraph_stay_one_paragraph() -> None:
    text = "First sentence. Second sentence.\n\nAnother paragraph."
    made = [
        passage(text[:15], ordinal=0, reference="para 1"),
        passage(text[16:32], ordinal=1, start=16, reference="para 1"),
        passage(text[34:], ordinal=2, start=34, reference="para 1"),
    ]
    assert [outline_of(part) for part in laid_out(text, made)] == [
        ("p", "First sentence.", "Second sentence."),
        ("p", "Another paragraph."),
    ]
