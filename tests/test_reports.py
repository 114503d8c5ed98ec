"""Ofsted's reports: lines made into blocks, and PDFs made into documents."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.model import Form, Kind, Known
from corpus.reading.text import UnreadableFile
from evaluation.reports import Line, paragraphs, read_reports

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
    assert paragraphs(lines) == expected


def pdf(*pages: Sequence[tuple[str, int, int, str]]) -> bytes:
    """A PDF whose pages hold lines of (text, left, baseline, font and size: "F1 12", F2 bold)."""
    first = 6
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /Helvetica-Bold /Flags 32 /StemV 140 >>",  # how heavy, to PDFium
    ]
    for n, lines in enumerate(pages):
        drawn = "\n".join(f"BT /{font} Tf {left} {base} Td ({text}) Tj ET" for text, left, base, font in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            f"/Contents {first + 2 * n + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = content.rindex("xref\n0 ")
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF\n"
    return content.encode("latin-1")


REPORT = pdf(
    [
        ("1", 512, 25, "F1 20"),
        ("Medway Children's Services", 72, 700, "F1 12"),
        ("Judgement", 72, 660, "F2 12"),
        ("Grade", 395, 660, "F2 12"),
        ("The experiences and progress of children in", 72, 620, "F1 12"),
        ("care", 72, 606, "F1 12"),
        ("Good", 395, 620, "F1 12"),
        ("Overall effectiveness", 72, 580, "F1 12"),
        ("Inadequate", 395, 580, "F1 12"),
        ("What needs to improve", 72, 524, "F2 12"),
        ("1. Social workers make child-", 72, 510, "F1 12"),
        ("centred plans", 93, 496, "F1 12"),
        ("2", 172, 500, "F1 7"),
        (" for all, and they", 177, 496, "F1 12"),
    ],
    [("2", 512, 25, "F1 20"), ("know them well.", 93, 740, "F1 12"), ("2. Plans are clear.", 72, 710, "F1 12")],
)
IDENTITY = "stoke-on-trent--childrens-services-inspection-27-august-2019"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for council, name in (
        ("stoke-on-trent", "childrens-services-inspection-27-august-2019"),
        ("barking-and-dagenham", "area-send-full-inspection-06-september-2024"),
    ):
        (tmp_path / council).mkdir()
        (tmp_path / council / f"{name}.pdf").write_bytes(REPORT)
    return tmp_path


def test_a_report_becomes_a_document(folder: Path) -> None:
    (report,) = read_reports(folder, [IDENTITY])
    assert report.text.split("\n\n") == [
        "Medway Children’s Services",
        "Judgement\tGrade",
        "The experiences and progress of children in care\tGood",
        "Overall effectiveness\tInadequate",
        "What needs to improve",
        "1. Social workers make child-centred plans for all, and they know them well.",
        "2. Plans are clear.\n",
    ]
    assert [passage.form for passage in report.passages] == [
        Form.PARAGRAPH,
        Form.HEADER,
        Form.ROW,
        Form.ROW,
        Form.HEADING,
        Form.ITEM,
        Form.ITEM,
    ]
    assert all(passage.text == report.text[passage.start : passage.end] for passage in report.passages)


def test_its_source_is_read_from_its_name(folder: Path) -> None:
    facts = [
        (source.id, source.title.value, source.council.value, source.date.value)
        for source in (report.source for report in read_reports(folder))
    ]
    assert facts == [
        (
            "barking-and-dagenham--area-send-full-inspection-06-september-2024",
            "Area SEND inspection of Barking and Dagenham, 6 September 2024",
            "Barking and Dagenham",
            "2024-09-06",
        ),
        (IDENTITY, "Inspection of Stoke-on-Trent children’s services, 27 August 2019", "Stoke-on-Trent", "2019-08-27"),
    ]
    source = read_reports(folder, [IDENTITY])[0].source
    assert source.kind.value == Kind.INSPECTION
    assert {fact.known for fact in (source.title, source.council, source.date, source.kind)} == {Known.SUPPLIED}


def test_a_report_reads_the_same_twice(folder: Path) -> None:
    assert read_reports(folder) == read_reports(folder)


def test_a_report_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="no report york--none"):
        read_reports(folder, [IDENTITY, "york--none"])


def test_an_empty_folder_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no report named <council>"):
        read_reports(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("letter.pdf", REPORT, ValueError, "name it <kind>-<day>.pdf"),
        ("focused-visit-01-may-2019.pdf", REPORT, ValueError, "name it <kind>-<day>.pdf"),
        ("area-send-full-inspection-01-may-2019.pdf", b"not a PDF", UnreadableFile, "cannot be read as a PDF"),
        ("area-send-full-inspection-01-may-2019.pdf", pdf([]), UnreadableFile, "holds no text"),
    ],
    ids=["no day", "another kind", "not a PDF", "no text"],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: bytes, error: type[Exception], words: str
) -> None:
    (tmp_path / "york").mkdir()
    (tmp_path / "york" / name).write_bytes(content)
    with pytest.raises(error, match=words):
        read_reports(tmp_path)
