"""PDFs as they are drawn: what becomes of tables, columns, margins, headings and odd type, from file to text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf, ruled, stream, text

from corpus.reading.pdf import read
from corpus.reading.pdf_hyphens import Spelling
from corpus.reading.pdf_letters import HYPHEN, is_garbled
from corpus.reading.reading import Reading


def drawn(*pieces: str) -> str:
    return "\n".join(pieces)


def line(words: str, left: int, base: int, font: str = "F1 12") -> str:
    return text(words, left, base, font)


def down(*lines: str, left: int = 72, top: int = 700, leading: int = 14) -> list[str]:
    """Lines set one under another."""
    return [line(words, left, top - leading * n) for n, words in enumerate(lines)]


def across(*words: tuple[str, int], base: int = 700) -> list[str]:
    """Words set beside one another, each with where it starts."""
    return [line(each, left, base) for each, left in words]


def reading(folder: Path, content: bytes) -> Reading:
    (folder / "a.pdf").write_bytes(content)
    return read(folder / "a.pdf")


RISKS = drawn(
    ruled((70, 200, 330, 500), (710, 690, 650, 630)),
    line("Risk", 75, 695, "F2 12"),
    line("Impact", 205, 695, "F2 12"),
    line("Mitigation", 335, 695, "F2 12"),
    *down("Social workers", "leave", left=75, top=678),
    *across(("High", 205), ("Pay them more and", 335), base=678),
    line("train them well", 335, 664),
    *across(("Costs", 75), ("Budget", 335), base=635),
)
MERGED = drawn(
    "70 710 m 400 710 l S 70 690 m 400 690 l S 200 670 m 400 670 l S 70 650 m 400 650 l S",
    "70 710 m 70 650 l S 200 710 m 200 650 l S 400 710 m 400 650 l S",
    *[line(words, left, base) for words, left, base in [("Priority", 75, 695), ("Action", 205, 695)]],
    *[
        line(words, left, base)
        for words, left, base in [("Staff", 75, 675), ("Recruit", 205, 675), ("Train", 205, 655)]
    ],
)
BOXES = drawn(
    ruled((70, 500), (710, 670, 640)),
    *down("Leaders should improve how they", "work together.", left=75, top=690),
    *down("Leaders should agree on:", left=75, top=655),
)
DRAWN = {
    "a ruled table, its cells wrapped": (
        RISKS,
        [
            "Risk\tImpact\tMitigation",
            "Social workers leave\tHigh\tPay them more and train them well",
            "Costs\t–\tBudget",
        ],
    ),
    "a table in a form, moved": (
        "q 1 0 0 1 20 -100 cm /X1 Do Q",
        [
            "Risk\tImpact\tMitigation",
            "Social workers leave\tHigh\tPay them more and train them well",
            "Costs\t–\tBudget",
        ],
    ),
    "a cell that stands beside two rows": (
        MERGED,
        ["Priority\tAction", "Staff\tRecruit", "Staff\tTrain"],
    ),
    "boxes under one another": (
        BOXES,
        ["Leaders should improve how they work together.", "Leaders should agree on:"],
    ),
    "a box around one paragraph": (
        drawn(ruled((70, 500), (720, 660)), *down("It is all", "good.", left=75, top=700)),
        ["It is all good."],
    ),
    "a list numbered in a table": (
        drawn(
            ruled((70, 100, 500), (710, 690, 650)),
            *across(("1.", 75), ("Note the report", 105), base=695),
            *across(("2.", 75), ("Agree the plan and", 105), base=678),
            line("its costs", 105, 664),
        ),
        ["1. Note the report", "2. Agree the plan and its costs"],
    ),
    "a rule under a heading": (
        drawn("70 690 m 500 690 l S", line("Staff", 72, 695), line("They stay.", 72, 660)),
        ["Staff", "They stay."],
    ),
    "a table of level rules alone": (
        drawn(
            *[f"70 {y} m 500 {y} l S" for y in (710, 690, 650, 630)],
            *across(("Risk", 75), ("Mitigation", 205), base=695),
            *down("Social workers", "leave", left=75, top=678),
            *down("Pay them more and", "train them well", left=205, top=678),
            *across(("Costs", 75), ("Budget", 205), base=635),
        ),
        ["Risk\tMitigation", "Social workers leave\tPay them more and train them well", "Costs\tBudget"],
    ),
    "a table in a frame": (
        drawn(
            ruled((70, 500), (710, 690, 650, 630)),
            *across(("Risk", 75), ("Mitigation", 205), base=695),
            *down("Social workers", "leave", left=75, top=678),
            *down("Pay them more and", "train them well", left=205, top=678),
            *across(("Costs", 75), ("Budget", 205), base=635),
        ),
        ["Risk\tMitigation", "Social workers leave\tPay them more and train them well", "Costs\tBudget"],
    ),
    "a table with rules in some rows": (
        drawn(
            "70 710 m 500 710 l S 70 690 m 500 690 l S 70 670 m 500 670 l S 70 650 m 500 650 l S 70 630 m 500 630 l S",
            "70 710 m 70 630 l S 500 710 m 500 630 l S 200 690 m 200 670 l S",
            *across(("Risk", 75), ("Mitigation", 205), base=695),
            *across(("Staff leave", 75), ("Pay them more", 205), base=675),
            *across(("What all of the board should know of its own costs", 75), base=655),
            *across(("Budget", 75), ("Save", 205), base=635),
        ),
        [
            "Risk\tMitigation",
            "Staff leave\tPay them more",
            "What all of the board should know of its own costs",
            "Budget\tSave",
        ],
    ),
    "letters under a heading": (
        drawn(line("Points", 72, 700, "F2 12"), *down("a\\) the first", "b\\) the last", top=686)),
        ["Points", "a) the first", "b) the last"],
    ),
    "prose between level rules": (
        drawn(
            *[f"70 {y} m 500 {y} l S" for y in (710, 690, 650, 630)],
            line("Staffing", 75, 695),
            *down("Social workers leave", "too soon.", left=75, top=678),
            line("Costs are high.", 75, 635),
        ),
        ["Staffing Social workers leave too soon.", "Costs are high."],
    ),
    "a table without rules": (
        drawn(
            *across(("Indicator", 72), ("2022", 300), ("2023", 400)),
            *across(("In care", 72), ("412", 300), ("398", 400), base=686),
            *across(("Leaving care", 72), ("120", 300), ("133", 400), base=672),
            line("All figures are final.", 72, 640),
        ),
        ["Indicator\t2022\t2023", "In care\t412\t398", "Leaving care\t120\t133", "All figures are final."],
    ),
    "a cell without rules that is wrapped": (
        drawn(
            *across(("Present:", 72), ("Councillor Ahmed, Councillor Brown", 250)),
            *across(("and others", 250), base=686),
            *across(("Apologies:", 72), ("Councillor Clarke", 250), base=672),
            *across(("Advisers:", 72), ("Jane Smith", 250), base=658),
        ),
        [
            "Present:\tCouncillor Ahmed, Councillor Brown and others",
            "Apologies:\tCouncillor Clarke",
            "Advisers:\tJane Smith",
        ],
    ),
    "a numbered list with wide gaps": (
        drawn(
            *across(("1.", 72), ("Note this", 130)),
            *across(("2.", 72), ("Agree that", 130), base=686),
            *across(("3.", 72), ("Ask why", 130), base=672),
        ),
        ["1. Note this", "2. Agree that", "3. Ask why"],
    ),
    "a list of contents": (
        drawn(
            *across(("Summary", 72), ("3", 480)),
            *across(("Findings", 72), ("7", 480), base=686),
            *across(("Next steps", 72), ("12", 480), base=672),
        ),
        ["Summary 3", "Findings 7", "Next steps 12"],
    ),
    "two columns, across which the file goes": (
        drawn(
            line("What children told us about their year in care", 60, 740),
            *[
                line(f"{side} side says the words of {n}", left, 700 - 14 * n)
                for n in range(8)
                for side, left in (("Left", 60), ("Right", 330))
            ],
        ),
        [
            "What children told us about their year in care",
            " ".join(f"Left side says the words of {n}" for n in range(8))
            + " "
            + " ".join(f"Right side says the words of {n}" for n in range(8)),
        ],
    ),
    "the foot of the page first": (drawn(*down("One", "two", "three", "four")[::-1]), ["One two three four"]),
    "type drawn twice": (
        drawn(line("Staffing", 72, 700), line("Staffing", 72, 700), line("All stay.", 72, 650)),
        ["Staffing", "All stay."],
    ),
    "type of no size but its scale": (
        drawn(
            "BT /F1 1 Tf 12 0 0 12 72 700 Tm (Staff stay) Tj ET",
            line("and learn", 72, 686),
            "BT /F1 1 Tf 6 0 0 6 130 692 Tm (3) Tj ET",
        ),
        ["Staff stay and learn"],
    ),
    "letters apart": (drawn(line("R E P O R T  O N  C A R E", 72, 700)), ["REPORT ON CARE"]),
    "type that is not shown": (drawn("3 Tr", line("As recognised.", 72, 700)), ["As recognised."]),
    "type on its side": (
        drawn(*down("Staff stay", "for long."), "BT /F1 9 Tf 0 1 -1 0 40 300 Tm (Printed in 2023) Tj ET"),
        ["Staff stay for long.", "Printed in 2023"],
    ),
    "a number on its own": (
        drawn(line("1.1", 72, 700), line("Cabinet notes the report.", 120, 700)),
        ["1.1 Cabinet notes the report."],
    ),
    "items under a line that introduces them": (
        drawn(*down("Cabinet is asked to:", "1. note the report;", "2. agree the plan; and", "3. thank all.")),
        ["Cabinet is asked to:", "1. note the report;", "2. agree the plan; and", "3. thank all."],
    ),
    "dashes further in": (
        drawn(*down("Leaders should:"), *down("- learn; and", "- teach.", left=90, top=686)),
        ["Leaders should:", "- learn; and", "- teach."],
    ),
}
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"


@pytest.mark.parametrize(("content", "expected"), DRAWN.values(), ids=DRAWN)
def test_what_is_drawn_becomes_text(tmp_path: Path, content: str, expected: list[str]) -> None:
    found = reading(tmp_path, pdf(content, more=[stream(RISKS, FORM)]))
    assert found.text.rstrip("\n").split("\n\n") == expected


@pytest.mark.parametrize(
    ("rotate", "matrix", "places"),
    [
        (90, "0 1 -1 0", [(100, 72), (116, 72), (132, 72), (148, 72)]),
        (270, "0 -1 1 0", [(500, 770), (484, 770), (468, 770), (452, 770)]),
        (180, "-1 0 0 -1", [(500, 100), (500, 116), (500, 132), (500, 148)]),
        (0, "0 -1 1 0", [(500, 770), (484, 770), (468, 770), (452, 770)]),
    ],
    ids=["to the right", "to the left", "about", "by the type alone"],
)
def test_a_turned_page_reads_as_it_is_shown(
    tmp_path: Path, rotate: int, matrix: str, places: list[tuple[int, int]]
) -> None:
    words = ("Staff", "stay", "for", "long.")
    content = [f"BT /F1 12 Tf {matrix} {x} {y} Tm ({w}) Tj ET" for w, (x, y) in zip(words, places, strict=True)]
    assert reading(tmp_path, pdf(drawn(*content), rotate=rotate)).text == "Staff stay for long.\n"


MARGINS = {
    "A4": ((595, 842), 800, 40),
    "Letter": ((612, 792), 755, 30),
    "landscape": ((842, 595), 560, 30),
}


@pytest.mark.parametrize(("size", "head", "foot"), MARGINS.values(), ids=MARGINS)
def test_margins_are_those_of_any_page(tmp_path: Path, size: tuple[int, int], head: int, foot: int) -> None:
    pages = [
        [("Westmarch Council", 60, head, "F1 9"), (words, 60, 400, "F1 12"), (f"Page {n} of 3", 60, foot, "F1 9")]
        for n, words in enumerate(["One.", "Two.", "Three."], 1)
    ]
    assert reading(tmp_path, pdf(*pages, size=size)).text == "One.\n\nTwo.\n\nThree.\n"


def test_a_watermark_is_no_text(tmp_path: Path) -> None:
    mark = "q .7 .7 -.7 .7 200 300 cm BT /F1 60 Tf 0 0 Td (DRAFT) Tj ET Q"
    pages = [drawn(mark, line(words, 72, 500)) for words in ("One.", "Two.", "Three.")]
    assert reading(tmp_path, pdf(*pages)).text == "One.\n\nTwo.\n\nThree.\n"


def test_the_headers_of_a_table_stand_once(tmp_path: Path) -> None:
    def page(action: str, foot: str) -> str:
        lines = [("Action", 75, 695), ("Lead", 305, 695), (action, 75, 675), ("Head of Service", 305, 675)]
        return drawn(
            ruled((70, 300, 500), (710, 690, 670, 650)),
            *[line(*each) for each in lines],
            line(foot, 75, 655),
            line("Director", 305, 655),
        )

    torn = drawn(ruled((70, 300, 500), (710, 690)), line("and keep them", 75, 695))
    found = reading(tmp_path, pdf(page("Visit all", "Train all"), page("Write all", "Hire people"), torn))
    assert found.text.rstrip("\n").split("\n\n") == [
        "Action\tLead",
        "Visit all\tHead of Service",
        "Train all\tDirector",
        "Write all\tHead of Service",
        "Hire people and keep them\tDirector",
    ]


HEADED = [
    ("Improvement plan", 72, 760, "F2 20"),
    ("Published: 3 May 2023", 72, 730, "F2 12"),
    ("Our staff", 72, 700, "F2 16"),
    ("Who they are", 72, 670, "F2 12"),
    ("They are many and they are good at what they do.", 72, 650, "F1 12"),
    ("All of it is bold, and a sentence.", 72, 620, "F2 12"),
    ("Resolved to note it", 72, 600, "F2 12"),
    ("What was said of it then.", 72, 570, "F1 12"),
    ("Next steps", 72, 540, "F1 12"),
    ("There are more of them in the plan.", 72, 510, "F1 12"),
    ("Yours sincerely", 72, 480, "F1 12"),
    ("Jane Smith", 72, 450, "F2 12"),
    ("Director of Services", 72, 420, "F1 12"),
]


def headings(found: Reading) -> list[tuple[str, int]]:
    return [(found.text[h.start : found.text.index("\n", h.start)], h.level) for h in found.headings]


def test_headings_are_told_by_size_and_weight(tmp_path: Path) -> None:
    found = reading(tmp_path, pdf(HEADED))
    assert headings(found) == [("Improvement plan", 1), ("Our staff", 2), ("Who they are", 3)]


def test_headings_are_told_by_bookmarks(tmp_path: Path) -> None:
    more = [
        "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
        "<< /Title (Next steps) /Parent 8 0 R /Dest [6 0 R /Fit] >>",
    ]
    found = reading(tmp_path, pdf(HEADED, catalogue="/Outlines 8 0 R", more=more))
    assert headings(found)[-1] == ("Next steps", 2)


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Our Improvement Plan", {}),
        ("Improvement plan:  OUR staff", {"title": "Improvement plan:  OUR staff"}),
        ("Microsoft Word - Improvement plan v3.docx", {}),
        ("Plan", {}),
        ("Agenda Document for Cabinet, 12/09/2023 17:00", {"title": "Agenda Document for Cabinet, 12/09/2023 17:00"}),
        ("", {}),
    ],
    ids=["not in the text", "in the text", "a file's name", "a word", "a pack's", "none"],
)
def test_a_title_among_the_properties_is_kept_if_it_is_one(tmp_path: Path, title: str, about: dict[str, str]) -> None:
    lines = [each for each in HEADED if "Published" not in each[0]]
    assert reading(tmp_path, pdf(lines, title=title)).about == about


BROKEN_LINES = [f"plan{HYPHEN}", "ning", f"visi{HYPHEN}", "tors", f"meet{HYPHEN}", "ing", "planning visitors meeting"]
BROKEN = {
    "spelled with it": (["multi-agency work", f"multi{HYPHEN}", "agency"], "multi-agency"),
    "spelled without it": (["wellbeing", f"well{HYPHEN}", "being"], "wellbeing"),
    "spelled both ways": (["wellbeing and well-being", f"well{HYPHEN}", "being"], "well-being"),
    "never spelled": ([f"child{HYPHEN}", "centred"], "child-centred"),
    "a name": (["Stokeon", f"Stoke{HYPHEN}", "On"], "Stoke-On"),
    "never spelled, where words are broken": (
        [*BROKEN_LINES, f"imple{HYPHEN}", "mentation"],
        "implementation",
    ),
    "a prefix, where words are broken": (
        [*BROKEN_LINES, f"co{HYPHEN}", "ordinated"],
        "co-ordinated",
    ),
}


@pytest.mark.parametrize(("lines", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_word_is_spelled_as_elsewhere(lines: list[str], expected: str) -> None:
    assert Spelling(lines).joined(lines[-2], lines[-1]) == expected


@given(st.lists(st.text(alphabet=f"ab-{HYPHEN} ", max_size=8), min_size=2, max_size=6))
def test_joining_lines_loses_no_letter(lines: list[str]) -> None:
    joined = Spelling(lines).joined(lines[0], lines[1])
    letters = [letter for line in lines[:2] for letter in line if letter in "ab"]
    assert [letter for letter in joined if letter in "ab"] == letters


ENGLISH = "The board met in May and heard of the work that is done. " * 10


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (ENGLISH, False),
        ("\ue001\ue002\ue003 " * 20, True),
        (ENGLISH.translate({n: n + 3 for n in range(97, 123)}), True),
        ("\uf0b7 Staffing \uf0b7 Costs", False),
        ("Councillor Ahmed Councillor Brown Jane Smith " * 20, False),
        ("12 34 56 " * 200, False),
        ("", False),
    ],
    ids=["English", "private", "moved along", "bullets", "names", "figures", "nothing"],
)
def test_garbled_letters_are_told(words: str, expected: bool) -> None:
    assert is_garbled(words) is expected
