"""Numbering Word paragraphs: the numbers that Word shows, counted from lists, levels and styles."""

from pathlib import Path

import pytest
from docxs import abstract, docx, levels, number, para, style

from corpus.reading.docx import read
from corpus.reading.docx_numbering import number as in_format

LEGAL = levels("decimal %1.", "decimal %1.%2", "decimal %1.%2.%3", "lowerLetter (%4)", "lowerRoman %5)")
ONE = abstract(0, LEGAL) + number(1, 0)
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
SHORTCUT = style("Numbers", "Numbers", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")

# Lists, paragraphs as "list level", and the numbers that they come out with.
COUNTED: dict[str, tuple[str, str, str]] = {
    "a report's sections and paragraphs": (
        ONE,
        "1/0 1/1 1/1 1/2 1/2 1/1 1/0 1/1 1/2",
        "1. | 1.1 | 1.2 | 1.2.1 | 1.2.2 | 1.3 | 2. | 2.1 | 2.1.1",
    ),
    "letters and numerals under a paragraph": (
        ONE,
        "1/0 1/1 1/3 1/3 1/4 1/4 1/3 1/1 1/3",
        "1. | 1.1 | (a) | (b) | i) | ii) | (c) | 1.2 | (a)",
    ),
    "a level before the one above it": (ONE, "1/1 1/1 1/0 1/1", "1.1 | 1.2 | 2. | 2.1"),
    "a level left out": (ONE, "1/0 1/2 1/2 1/1", "1. | 1.1.1 | 1.1.2 | 1.2"),
    "two lists that share a definition go on": (
        abstract(0, LEGAL) + number(1, 0) + number(2, 0),
        "1/0 1/0 2/0 2/1 1/0",
        "1. | 2. | 3. | 3.1 | 4.",
    ),
    "two definitions count apart": (
        abstract(0, LEGAL) + abstract(1, levels("lowerRoman %1)")) + number(1, 0) + number(2, 1),
        "1/0 2/0 2/0 1/0 2/0",
        "1. | i) | ii) | 2. | iii)",
    ),
    "a list started again": (
        abstract(0, LEGAL) + number(1, 0) + number(2, 0, RESTART.format(1)),
        "1/0 1/0 2/0 2/0 2/1 2/0",
        "1. | 2. | 1. | 2. | 2.1 | 3.",
    ),
    "a list started at six": (
        abstract(0, LEGAL) + number(1, 0, RESTART.format(6)),
        "1/0 1/1 1/1 1/0",
        "6. | 6.1 | 6.2 | 7.",
    ),
    "a second level started again": (
        abstract(0, LEGAL) + number(1, 0) + number(2, 0, RESTART.format(4).replace('ilvl="0"', 'ilvl="1"')),
        "1/0 1/1 1/1 2/1 2/1 2/0 2/1",
        "1. | 1.1 | 1.2 | 1.4 | 1.5 | 2. | 2.4",
    ),
    "a level of a list's own": (
        abstract(0, LEGAL)
        + number(1, 0)
        + number(2, 0, f'<w:lvlOverride w:ilvl="0">{levels("upperLetter %1)")}</w:lvlOverride>'),
        "1/0 2/0 2/1",
        "1. | B) | B.1",
    ),
    "a start of its own": (
        abstract(0, levels("decimal %1.", more={0: '<w:start w:val="7"/>'})) + number(1, 0),
        "1/0 1/0",
        "7. | 8.",
    ),
    "no start is nought": (
        abstract(0, levels("decimal %1.").replace('<w:start w:val="1"/>', "")) + number(1, 0),
        "1/0 1/0",
        "0. | 1.",
    ),
    "a level that never starts again": (
        abstract(0, levels("decimal %1.", "decimal Para %2", more={1: '<w:lvlRestart w:val="0"/>'})) + number(1, 0),
        "1/0 1/1 1/1 1/0 1/1",
        "1. | Para 1 | Para 2 | 2. | Para 3",
    ),
    "a level that the first alone starts again": (
        abstract(0, levels("decimal %1.", "decimal %1.%2", "lowerLetter %3)", more={2: '<w:lvlRestart w:val="1"/>'}))
        + number(1, 0),
        "1/0 1/1 1/2 1/1 1/2 1/0 1/2",
        "1. | 1.1 | a) | 1.2 | b) | 2. | a)",
    ),
    "Roman chapters, legal paragraphs": (
        abstract(0, levels("upperRoman %1", "decimal %1.%2", more={1: "<w:isLgl/>"})) + number(1, 0),
        "1/0 1/0 1/1 1/1",
        "I | II | 2.1 | 2.2",
    ),
    "Roman chapters, paragraphs that say so": (
        abstract(0, levels("upperRoman %1", "decimal %1.%2")) + number(1, 0),
        "1/0 1/0 1/1",
        "I | II | II.1",
    ),
    "words about the number": (
        abstract(0, levels("decimal Recommendation %1:", "upperLetter Appendix %2")) + number(1, 0),
        "1/0 1/0 1/1",
        "Recommendation 1: | Recommendation 2: | Appendix A",
    ),
    "bullets": (
        abstract(0, levels("bullet \uf0b7", "bullet o", "decimal %3.", "bullet  ")) + number(1, 0),
        "1/0 1/1 1/1 1/2 1/3",
        "- | - | - | 1. | ",
    ),
    "bullets between paragraphs leave the count": (
        abstract(0, LEGAL) + abstract(1, levels("bullet •")) + number(1, 0) + number(2, 1),
        "1/0 1/1 2/0 2/0 1/1",
        "1. | 1.1 | - | - | 1.2",
    ),
    "a picture for a bullet": (
        abstract(0, levels("bullet ", more={0: '<w:lvlPicBulletId w:val="0"/>'})) + number(1, 0),
        "1/0",
        "-",
    ),
    "no number shown": (
        abstract(0, levels("none %1", "decimal ", "decimal %1%3")) + number(1, 0),
        "1/0 1/1 1/2",
        " |  | 1",
    ),
    "nought removes it": (ONE, "1/0 0/0 1/0", "1. |  | 2."),
    "a list that is not there": (ONE, "1/0 9/0 1/8 1/0", "1. |  |  | 2."),
    "levels that do not say which they are": (
        abstract(0, LEGAL.replace('w:ilvl="0"', "").replace('w:ilvl="1"', "")) + number(1, 0),
        "1/0 1/1 1/1",
        "1. | 1.1 | 1.2",
    ),
    "a list that is another's style": (
        abstract(0, '<w:numStyleLink w:val="Numbers"/>')
        + abstract(1, '<w:styleLink w:val="Numbers"/>' + LEGAL)
        + number(1, 0)
        + number(2, 1),
        "1/0 1/1 2/1",
        "1. | 1.1 | 1.2",
    ),
    "a format beside the author's own": (
        abstract(
            0,
            levels("decimalZero %1").replace(
                '<w:numFmt w:val="decimalZero"/>',
                '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002"/>'
                '</mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>',
            ),
        )
        + number(1, 0),
        "1/0 1/0",
        "01 | 02",
    ),
}


@pytest.mark.parametrize(("lists", "paragraphs", "expected"), COUNTED.values(), ids=COUNTED)
def test_paragraphs_have_the_numbers_that_word_shows(
    lists: str, paragraphs: str, expected: str, tmp_path: Path
) -> None:
    named = [each.split("/") for each in paragraphs.split()]
    body = "".join(para("words", number=id, level=int(level)) for id, level in named)
    reading = read(docx(tmp_path / "a.docx", body, numbering=lists, styles=SHORTCUT))
    lines = reading.text.removesuffix("\n").split("\n\n")
    assert [line.removesuffix("words").removesuffix(" ") for line in lines] == expected.split(" | ")


LINKED = (
    abstract(
        0,
        levels(
            "decimal %1.",
            "decimal %1.%2",
            more={0: '<w:pStyle w:val="berschrift1"/>', 1: '<w:pStyle w:val="Para"/>'},
        ),
    )
    + abstract(1, levels("lowerLetter (%1)"))
    + number(1, 0)
    + number(2, 1)
)
LIST = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
STYLES = (
    style("berschrift1", "heading 1", LIST.format(1))
    + style("Para", "Numbered paragraph", LIST.format(1))
    + style("Para2", "Numbered paragraph, kept", based_on="Para")
    + style("Plain", "Plain", LIST.format(0), based_on="Para")
    + style("Ring", "Ring", based_on="Ring2")
    + style("Ring2", "Ring", based_on="Ring")
)

STYLED: dict[str, tuple[list[str], list[str]]] = {
    "the level is the one that the style is linked to": (
        [para("Background", style="berschrift1"), para("One", style="Para"), para("Two", style="Para")],
        ["1. Background", "1.1 One", "1.2 Two"],
    ),
    "a style based on it": (
        [para("Background", style="berschrift1"), para("One", style="Para2")],
        ["1. Background", "1.1 One"],
    ),
    "a style based on it that has no number": (
        [para("Background", style="berschrift1"), para("One", style="Plain"), para("Two", style="Para")],
        ["1. Background", "One", "1.1 Two"],
    ),
    "a paragraph without its style's number": (
        [para("Front", style="berschrift1", number="0"), para("Background", style="berschrift1")],
        ["Front", "1. Background"],
    ),
    "a paragraph in another list": (
        [para("Background", style="berschrift1"), para("One", style="Para", number="2", level=0)],
        ["1. Background", "(a) One"],
    ),
    "a paragraph on another level": (
        [para("Background", style="berschrift1"), para("One", style="berschrift1", level=1)],
        ["1. Background", "1.1 One"],
    ),
    "styles that go round in a ring": ([para("One", style="Ring")], ["One"]),
}


@pytest.mark.parametrize(("body", "expected"), STYLED.values(), ids=STYLED)
def test_styles_have_numbers(body: list[str], expected: list[str], tmp_path: Path) -> None:
    reading = read(docx(tmp_path / "a.docx", "".join(body), numbering=LINKED, styles=STYLES))
    assert reading.text.split("\n\n") == [*expected[:-1], f"{expected[-1]}\n"]


@pytest.mark.parametrize(
    ("count", "format", "expected"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (54, "upperLetter", "BBB"),
        (780, "lowerLetter", "z" * 30),
        (781, "lowerLetter", "781"),
        (0, "lowerLetter", "0"),
        (4, "lowerRoman", "iv"),
        (49, "upperRoman", "XLIX"),
        (999_999_999, "lowerRoman", "999999999"),
        (1, "ordinal", "1st"),
        (12, "ordinal", "12th"),
        (23, "ordinal", "23rd"),
        (2, "numberInDash", "- 2 -"),
        (2, "none", ""),
        (2, "cardinalText", None),
    ],
)
def test_a_number_in_a_format(count: int, format: str, expected: str | None) -> None:
    assert in_format(count, format) == expected


def test_a_format_that_is_not_known_is_said(tmp_path: Path) -> None:
    lists = abstract(0, levels("cardinalText %1.")) + number(1, 0)
    reading = read(docx(tmp_path / "a.docx", para("words", number="1", level=0), numbering=lists))
    assert reading.text == "1. words\n"
    assert reading.notes == (
        "numbers some paragraphs in a way that is not known (cardinalText); they are numbered 1, 2, 3",
    )


@pytest.mark.parametrize(
    "shown", [f"decimal {'%1' * 200}", f"lowerLetter {'%1' * 100}"], ids=["as it is defined", "as it is shown"]
)
def test_a_number_without_end_is_left_out(shown: str, tmp_path: Path) -> None:
    lists = abstract(0, levels(shown, more={0: '<w:start w:val="780"/>'})) + number(1, 0)
    assert read(docx(tmp_path / "a.docx", para("words", number="1"), numbering=lists)).text == "words\n"
