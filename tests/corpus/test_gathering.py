"""Lists and tables: which lines are members, what introduces them, topics and column headers."""

import pytest

from corpus.collection import read_document
from corpus.model import Form, Passage

NBSP = "\u00a0"


def members(text: str) -> list[list[str]]:
    """The words of each group's members, group by group."""
    found: dict[int, list[str]] = {}
    for passage in read_document("a", "a.txt", text).passages:
        if passage.group is not None:
            found.setdefault(passage.group, []).append(text[passage.body : passage.end])
    return [found[number] for number in sorted(found)]


def passage(text: str, words: str) -> Passage:
    """The passage that holds ``words``."""
    (found,) = (p for p in read_document("a", "a.txt", text).passages if words in p.text)
    return found


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("- one\n- two\n\n- three", [["one", "two", "three"]]),
        (f"{NBSP * 7}one\n\n{NBSP * 7}two", [["one", "two"]]),
        (f"·{NBSP * 6}one\n{NBSP}\n·{NBSP * 8}two", [["one", "two"]]),
        ("- one\n\nText between.\n\n- two", [["one"], ["two"]]),
        ("i) one\nii) two\n\nText between.\n\ni) three", [["one", "two"], ["three"]]),
        ("i) one\nii) two\ni) three", [["one", "two"], ["three"]]),
        ("g) one\nh) two\ni) three\nj) four", [["one", "two", "three", "four"]]),
        ("iv) one\nv) two\nvi) three", [["one", "two", "three"]]),
        ("a. one\nb. two", [["one", "two"]]),
        ("(1) one\n(2) two", [["one", "two"]]),
        ("a) one:\ni) in\nii) in too\nb) two", [["one:", "two"], ["in", "in too"]]),
        ("1. one:\n- in\na) deep\n- in too\n2. two", [["one:", "two"], ["in", "in too"], ["deep"]]),
        ("- 1.1 Numbered\n- 1.2 Paragraphs", []),
    ],
    ids=[
        "a page break",
        "lost glyphs",
        "blank lines that are not",
        "text between",
        "two lists that start i)",
        "two together",
        "h) i) j)",
        "Roman",
        "letters with a stop",
        "brackets",
        "nested",
        "nested twice",
        "numbered paragraphs",
    ],
)
def test_members_of_a_list(text: str, groups: list[list[str]]) -> None:
    assert members(text) == groups


def test_depth_is_the_level() -> None:
    text = "1. one:\n- in\n- in too\n2. two"
    assert [p.level for p in read_document("a", "a.txt", text).passages] == [1, 2, 2, 1]


@pytest.mark.parametrize(
    ("text", "lead_in"),
    [
        ("The report found:\n\n- one", "The report found:"),
        ("The following were made since.\n\n- one", "The following were made since."),
        ("It is set out below.\n\n- one", "It is set out below."),
        ("Officers spoke.\n\n- one", None),
        ("Text first.\n\nPositives\n\n- one", "Positives"),
        ("Title\n\n- one", None),
        ("Plan\n\n- one", None),
        ("- outer:\n\ni) one", "- outer:"),
        ("- outer\n\ni) one", None),
        ("i) the list that it replaces:\n\ni) one", None),
        ("- one", None),
    ],
    ids=[
        "a colon",
        "following",
        "below",
        "nothing",
        "a heading",
        "the title",
        "a title again",
        "an outer item",
        "an outer item that does not",
        "the same kind",
        "first of all",
    ],
)
def test_what_introduces_a_list(text: str, lead_in: str | None) -> None:
    found = read_document("a", "a.txt", text).passages
    one = next(p for p in found if p.text.endswith("one"))
    assert (one.lead_in.of(text) if one.lead_in else None) == lead_in
    assert [p.text for p in found if p.opens is not None] == ([lead_in] if lead_in else [])


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("- Pay – it rose.\n- Training – it grew.", ["Pay", "Training"]),
        ("- Pay - it rose.\n- Training – it grew.\n- Nothing to add.", ["Pay", "Training", None]),
        ("- Pay – it rose.\n- It grew.\n- It fell.\n- It stayed.", [None, None, None, None]),
        ("- Pay – it rose.", [None]),
        ("- It rose. Pay – and more – grew.\n- It fell. So – it did.", [None, None]),
        ("- One two three four five six seven eight nine ten – it rose.\n- Training – it grew.", [None, None]),
        ("- well-being rose\n- self-esteem fell", [None, None]),
    ],
    ids=["all", "most", "few", "alone", "prose", "too long", "hyphens"],
)
def test_topics_in_front_of_a_dash(text: str, labels: list[str | None]) -> None:
    found = read_document("a", "a.txt", text).passages
    assert [p.label.of(text) if p.label else None for p in found] == labels


RISKS = """1. Risks

Risk\tWhat it is\tWhat is done
Money\tThe budget may be overspent before the end of the year\tIt is watched

<p>Staff</p>\t<p>Carers may leave faster than they are recruited</p>\t<p>They are paid</p> <p>They are thanked</p>
--\t---\t---

Homes\tThere may be too few\tMore are bought

After the table.
"""


def test_a_table_runs_over_blank_lines_and_rules() -> None:
    found = read_document("a", "a.txt", RISKS).passages
    rows = [p for p in found if p.form is Form.ROW]
    assert [(p.group, p.position, p.text.split("\t")[0]) for p in rows] == [
        (1, 1, "Money"),
        (1, 2, "<p>Staff</p>"),
        (1, 3, "Homes"),
    ]
    assert {tuple(span.of(RISKS) for span in p.columns) for p in rows} == {("Risk", "What it is", "What is done")}
    assert [p.form for p in found if p.opens == 1] == [Form.HEADER]
    assert [p.text for p in found if p.form is Form.RULE] == ["--\t---\t---"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("2.3 Judgement Grade\n\nLeadership\tGood\nFostering\tGood", ("Judgement", "Grade")),
        ("2.3 Judgement of the inspectors\n\nLeadership\tGood\nFostering\tGood", ()),
        ("Area\tGrade\n--\t--\nLeadership\tGood\nFostering\tGood", ("Area", "Grade")),
        ("Leadership\tGood\nFostering\tGood", ()),
        ("Leadership\tGood", ()),
    ],
    ids=["a caption of two words", "a longer caption", "a rule", "no header", "one row"],
)
def test_column_headers(text: str, columns: tuple[str, ...]) -> None:
    rows = [p for p in read_document("a", "a.txt", text).passages if p.form is Form.ROW]
    assert {tuple(span.of(text) for span in p.columns) for p in rows} == {columns}


def test_rows_of_another_width_are_another_table() -> None:
    assert members("a\tb\nc\td\ne\tf\tg") == [["a\tb", "c\td"], ["e\tf\tg"]]


def test_words_introduce_a_table_as_they_do_a_list() -> None:
    text = "The grades were as follows:\n\nLeadership\tGood\nFostering\tGood"
    lead_in = passage(text, "Fostering").lead_in
    assert lead_in is not None
    assert lead_in.of(text) == "The grades were as follows:"


def test_groups_are_numbered_as_they_stand() -> None:
    text = "- one\n\na\tb\n\n- two"
    assert [p.group for p in read_document("a", "a.txt", text).passages] == [1, 2, 3]
