"""Plain text files: their characters as they stand, and their lines as blocks."""

import os
from pathlib import Path

import pytest

from corpus.model import Form
from corpus.reading.reading import UnreadableFile
from corpus.reading.text import BULLET, blocks, decode

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("line", "form", "marker", "body"),
    [
        ("Members noted the report.", Form.PARAGRAPH, "", "Members noted the report."),
        ("- 1.1 This report", Form.ITEM, "- 1.1", "This report"),
        ("1.4 Therefore the Cabinet", Form.ITEM, "1.4", "Therefore the Cabinet"),
        (f"11.1{NBSP * 4} The Director", Form.ITEM, "11.1", "The Director"),
        ("3.3.1 The report", Form.ITEM, "3.3.1", "The report"),
        ("2.1. With a last stop", Form.ITEM, "2.1.", "With a last stop"),
        ("1.1\tA tab after the number", Form.ITEM, "1.1", "A tab after the number"),
        ("7. Risk management", Form.ITEM, "7.", "Risk management"),
        (" 2. Indented", Form.ITEM, "2.", "Indented"),
        ("(3) Numbered in brackets", Form.ITEM, "(3)", "Numbered in brackets"),
        ("i) First", Form.ITEM, "i)", "First"),
        ("(iv) Fourth", Form.ITEM, "(iv)", "Fourth"),
        ("b. Second", Form.ITEM, "b.", "Second"),
        ("- a stroke", Form.ITEM, "-", "a stroke"),
        ("– a dash", Form.ITEM, "–", "a dash"),
        (f"·{NBSP * 7}A bullet", Form.ITEM, "·", "A bullet"),
        ("•\tA bullet and a tab", Form.ITEM, "•", "A bullet and a tab"),
        ("\uf0b7 A symbol font's bullet", Form.ITEM, "\uf0b7", "A symbol font's bullet"),
        (f"{NBSP * 7}A bullet whose glyph was lost", Form.ITEM, BULLET, "A bullet whose glyph was lost"),
        (f"{NBSP}Areas needing focus", Form.PARAGRAPH, "", "Areas needing focus"),
        ("A. N. Other spoke", Form.PARAGRAPH, "", "A. N. Other spoke"),
        ("2019 saw an inspection", Form.PARAGRAPH, "", "2019 saw an inspection"),
        ("-no space after the stroke", Form.PARAGRAPH, "", "-no space after the stroke"),
        ("Author:\tPat Example, Head of Quality", Form.FIELD, "", "Author:\tPat Example, Head of Quality"),
        ("Leadership\tGood", Form.ROW, "", "Leadership\tGood"),
        ("1.\tStaffing\tVacancies\tB2", Form.ROW, "", "1.\tStaffing\tVacancies\tB2"),
        ("--\t---\t---", Form.RULE, "", "--\t---\t---"),
        ("----------", Form.RULE, "", "----------"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_line_is_a_block(line: str, form: Form, marker: str, body: str) -> None:
    (block,) = blocks(line)
    assert (block.form, block.marker, line[block.body : block.end]) == (form, marker, body)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_offsets_count_the_characters_of_the_file(ending: str) -> None:
    text = ending.join(["First line", "", f" {NBSP}", "  Second line  ", ""])
    assert [text[block.start : block.end] for block in blocks(text)] == ["First line", "Second line"]


def test_a_byte_order_mark_stays_in_the_text_and_in_no_block(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffCABINET\r\n".encode())
    text = decode(path)
    assert text == "\ufeffCABINET\r\n"
    assert [(block.start, block.end) for block in blocks(text)] == [(1, 8)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no text"),
        (b" \r\n\t\n", "holds no text"),
        (b"\xef\xbb\xbf\n", "holds no text"),
        ("Councillors’ report".encode("cp1252"), "is not UTF-8 text (first wrong byte at position 11)"),
        ("A report".encode("utf-16"), "is not UTF-8 text (first wrong byte at position 0)"),
    ],
    ids=["empty", "blank", "byte order mark alone", "Windows characters", "UTF-16"],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"^" + reason.replace("(", r"\(").replace(")", r"\)")):
        decode(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        decode(tmp_path / "nothing.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Secret")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        decode(path)
