"""Reading PDFs: lines made into blocks, pages kept, and files that cannot be read."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdfs import pdf

from corpus.collection import Collection
from corpus.reading.pdf import read, set_out
from corpus.reading.pdf_sheet import Line, Sheet
from corpus.reading.reading import Page, UnreadableFile

LEADING = 14.4  # from one baseline to the next within a paragraph of 12 point


def page(*lines: tuple[str, dict[str, float]] | str, number: int = 1, top: float = 700.0) -> list[Line]:
    """Lines set one under another; an empty one makes a paragraph's gap. ``down`` and the rest are a line's own."""
    found, height = [], top + LEADING
    for line in lines:
        text, own = (line, {}) if isinstance(line, str) else line
        height -= own.get("down", LEADING)
        if text:
            fields = {name: value for name, value in own.items() if name != "down"}
            found.append(Line(text, number, height, height, **fields))
    return found


def running(number: int) -> list[Line]:
    """The running title and page number at a page's foot."""
    return [Line("Inspection of Medway", number, 38, 38, size=8), Line(f"17 to 28 July 2023 {number}", number, 28, 28)]


JOINED: dict[str, tuple[list[Line], list[str]]] = {
    "lines of a paragraph": (page("Children are", "safe."), ["Children are safe."]),
    "a gap": (page("Children are safe.", "", "Staff are proud."), ["Children are safe.", "Staff are proud."]),
    "a heading by its weight": (
        page(("What needs to improve", {"bold": True}), "Staff turn over too fast."),
        ["What needs to improve", "Staff turn over too fast."],
    ),
    "a heading on two lines": (
        page(("Children in care:", {"bold": True}), ("inadequate", {"bold": True}), "", "Too many move."),
        ["Children in care: inadequate", "Too many move."],
    ),
    "a sentence that ends in bold": (
        page("The board is", ("inadequate", {"bold": True})),
        ["The board is inadequate"],
    ),
    "numbered paragraphs": (
        page("12. Checks are slow", ("and late.", {"left": 93}), "13. Plans are clear", "", "14. Visits are not."),
        ["12. Checks are slow and late.", "13. Plans are clear", "14. Visits are not."],
    ),
    "a number that ends a sentence": (
        page("They do well at Key Stage", "4. They go on to college."),
        ["They do well at Key Stage 4. They go on to college."],
    ),
    "square bullets": (page("◼ Staffing", "in teams.", "■ Oversight."), ["- Staffing in teams.", "- Oversight."]),
    "round and symbol bullets": (
        page("• Plans.", "\uf06e Visits.", "\uf02d in care"),
        ["- Plans.", "- Visits.", "- in care"],
    ),
    "dashes below a gap": (
        page("Of these:", "", "– two live", "", "- one left"),
        ["Of these:", "- two live", "- one left"],
    ),
    "a dash within a sentence": (page("All of them", "– but one – agree."), ["All of them – but one – agree."]),
    "a sentence over the page": (
        page("Managers act too") + page("late for many.", number=2),
        ["Managers act too late for many."],
    ),
    "a new paragraph on a new page": (
        page("Managers act late.") + page("Children wait.", number=2),
        ["Managers act late.", "Children wait."],
    ),
    "a numbered paragraph over the page": (
        page("7. Managers act late.") + page(("Children wait.", {"left": 93}), number=2),
        ["7. Managers act late. Children wait."],
    ),
    "page numbers and running titles": (
        page("One.") + running(1) + running(2) + page("Two.", number=2) + running(3) + page("Three.", number=3),
        ["One.", "Two.", "Three."],
    ),
    "a line near the foot that is not repeated": (
        page("One.", ("Two.", {"down": 650})),
        ["One.", "Two."],
    ),
    "a note's mark": (page("What needs to improve?", ("1", {"down": -6, "size": 8})), ["What needs to improve?"]),
    "a note under a paragraph that goes on": (
        page("Managers often act too", "", ("The Act.", {"size": 10})) + page("late for many children.", number=2),
        ["Managers often act too late for many children.", "The Act."],
    ),
    "words after a note's mark": (
        page("in one school", (", which is far.", {"down": 0, "left": 342})),
        ["in one school, which is far."],
    ),
    "grades at the end and beside": (
        page(
            ("Judgement Grade", {"bold": True}),
            "",
            "The impact of leaders on social work practice",
            "with families Inadequate",
            "",
            "The experiences and progress of children in care and",
            "care leavers",
            ("Requires improvement", {"down": -LEADING, "left": 395}),
            ("to be good", {"left": 395}),
            "",
            "Overall effectiveness Inadequate",
        ),
        [
            "Judgement\tGrade",
            "The impact of leaders on social work practice with families\tInadequate",
            "The experiences and progress of children in care and care leavers\tRequires improvement to be good",
            "Overall effectiveness\tInadequate",
        ],
    ),
    "numbered areas": (
        page(
            "1. Children who need help and protection Good",
            "",
            ("2. Children looked after and achieving", {"bold": True}),
            ("permanence", {"bold": True}),
            ("Requires Improvement", {"down": -7, "left": 388}),
            "",
            "2.1 Adoption performance Outstanding",
        ),
        [
            "1.\tChildren who need help and protection\tGood",
            "2.\tChildren looked after and achieving permanence\tRequires Improvement",
            "2.1\tAdoption performance\tOutstanding",
        ],
    ),
    "a grade in prose": (page("Services for families are now good"), ["Services for families are now good"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("lines", "expected"), JOINED.values(), ids=JOINED)
def test_lines_become_blocks(lines: Sequence[Line], expected: list[str]) -> None:
    sheets = [Sheet(n, lines=tuple(line for line in lines if line.page == n)) for n in (1, 2, 3)]
    assert [words for _, words in set_out(sheets)] == expected


LETTER = pdf(
    [
        ("3 August 2023", 72, 700, "F1 12"),
        ("Joint targeted area inspection of Westmarch", 72, 660, "F2 12"),
        ("Leaders know their services well.", 72, 620, "F1 12"),
    ],
    [("Plans for children are clear.", 72, 700, "F1 12")],
)


def test_a_text_keeps_where_its_pages_begin(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(LETTER)
    reading = read(tmp_path / "letter.pdf")
    text, pages = reading.text, reading.pages
    assert text == (
        "3 August 2023\n\nJoint targeted area inspection of Westmarch\n\nLeaders know their services well.\n\n"
        "Plans for children are clear.\n"
    )
    assert pages == (Page(0, 1), Page(text.index("Plans"), 2))


def test_a_folder_of_pdfs_is_read_without_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(LETTER)
    (tmp_path / "broken.pdf").write_bytes(b"not a PDF")
    (tmp_path / "scan.PDF").write_bytes(pdf([]))
    intake = Collection.open([tmp_path]).read()
    (letter,) = intake.documents
    assert letter.source.council.value == "Westmarch"
    assert [passage.page for passage in letter.passages] == [1, 1, 1, 2]
    assert all(passage.text == letter.text[passage.start : passage.end] for passage in letter.passages)
    broken, scan = intake.unreadable
    assert "cannot be read as a PDF" in broken.reason
    assert (scan.name, scan.reason) == ("scan.PDF", "holds no text; a scan cannot be read")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read(tmp_path / "nowhere.pdf")
