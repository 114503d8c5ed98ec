"""Abbreviations that a text defines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold, on_one_line
from corpus.passages.acronyms import ACRONYM, definitions, written


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("eg. the MASH (Multi Agency Safeguarding Hub).", "MASH", "Multi Agency Safeguarding Hub"),
        (
            "more ASYEs (Assessed and Supported Year in Employment) were taken on",
            "ASYE",
            "Assessed and Supported Year in Employment",
        ),
        (
            "progress against the Ofsted Continuous Improvement Action Plan (OCIAP) since",
            "OCIAP",
            "Ofsted Continuous Improvement Action Plan",
        ),
        ("The Director of Children Services (DCS) said", "DCS", "Director of Children Services"),
        (
            "The Ofsted 'Inspection of Local Authority Children's Services' (ILACS) framework",
            "ILACS",
            "Inspection of Local Authority Children's Services",
        ),
        (
            "by the Multi-Agency Strategic Improvement Board (MASIB) and",
            "MASIB",
            "Multi-Agency Strategic Improvement Board",
        ),
        ("in the Multi agency children’s hub (MACH)", "MACH", "Multi agency children’s hub"),
        ("subject to the public law outline (PLO) are", "PLO", "public law outline"),
        ("The Department for Education (DfE) has", "DfE", "Department for Education"),
        ("Personal advisers (PAs) visit", "PA", "Personal advisers"),
        ("the independent reviewing officers’ (IRO’s) work", "IRO", "independent reviewing officers"),
        (
            "be vulnerable, exploited, missing and trafficked (VEMT) and",
            "VEMT",
            "vulnerable, exploited, missing and trafficked",
        ),
        ("in education, employment and training (EET), and", "EET", "education, employment and training"),
        ("seen by the In Year Fair Access Panel (IYFAP)", "IYFAP", "In Year Fair Access Panel"),
        (
            "by child and adolescent\n    mental health services\n(CAMHS)",
            "CAMHS",
            "child and adolescent mental health services",
        ),
        (
            "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates",
            "Ofsted",
            "Office for Standards in Education, Children’s Services and Skills",
        ),
        ("the Joint Targeted Area Inspection (“the JTAI”)", "JTAI", "Joint Targeted Area Inspection"),
        ("the Youth Justice Service (YJS, formerly the YOT)", "YJS", "Youth Justice Service"),
        ("the Virtual School Head Team (VS HT)", "VS HT", "Virtual School Head Team"),
        ("the EH (Early Help) offer", "EH", "Early Help"),
        ("an SGO (a Special Guardianship Order)", "SGO", "Special Guardianship Order"),
        ("Level 3 award (L3A)", "L3A", "Level 3 award"),
    ],
    ids=lambda value: value if len(value) <= 6 else "",
)
def test_a_definition(text: str, short: str, long: str) -> None:
    (found,) = definitions(text)
    assert (found.short, found.long) == (short, long)
    assert on_one_line(text[found.span.start : found.span.end]) == long


@pytest.mark.parametrize(
    "text",
    [
        "therefore Section 11 (Cases of special urgency) applies",
        "the service was inspected (rated good) in May",
        "Portfolio Holder for Children's Services (Lead Member)",
        "Head of Business Change (People)",
        "The Local Authorities (Executive Arrangements) (Meetings) (England) Regulations",
        "judged inadequate overall. (Report published Jan 2020)",
        "All legal (Public Law Outline)",
        "children placed up. (Enabler Two, National Framework)",
        "a long way off. Standards (LWO)",
        "public\n\nlaw outline (PLO)",
        "law and order\tpublic works (LPW)",
        "the eplo law outline (PLO)",
        "public one two three four five six law outline (PLO)",
        "the PLO outline (PLO)",
        "Outline (OUTLINE)",
        "outline (O)",
        "a big council department engages families generally (ABCDEFGHIJK)",
        "public law outline (plo)",
        "public law outline (2019)",
        "the DCS (who had said the Director of Children's Services) left",
        "(PLO)",
        "public law outline (PLO",
        "()",
        "",
    ],
)
def test_no_definition(text: str) -> None:
    assert definitions(text) == []


def test_every_definition_is_given_in_order() -> None:
    text = (
        "The Care Quality Commission (CQC) and the ICB (Integrated Care Board) met the Care Quality Commission (CQC)."
    )
    assert [(d.short, d.span) for d in definitions(text)] == [("CQC", (4, 27)), ("ICB", (47, 68)), ("CQC", (78, 101))]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 300_000,
        "()" * 150_000,
        "(AB) " * 60_000,
        "(" + "A" * 300_000 + ")",
        "A" * 300_000 + "(AA)",
        "a b " * 75_000 + "(AB",
        "\n \n" * 100_000 + "(AB)",
        "A (" + " " * 300_000 + ")",
        "(A" + "'" * 300_000,
        ". " * 150_000 + "(A.)",
    ],
    ids=["open", "pairs", "short forms", "one inside", "one before", "words", "blank", "spaces", "quotes", "stops"],
)
def test_a_page_of_nonsense_is_read_to_its_end(text: str) -> None:
    assert len(definitions(text + "\n\nThe public law outline (PLO)")) == 1


WORDS = st.lists(st.sampled_from(["care", "Board", "of", "the", "plan's", "Young", "risk-led", "É", "x1"]), max_size=8)
PIECES = st.lists(
    st.sampled_from(["(", ")", " ", "\n", ". ", "A", "bc", "CB", "s", "’", "of ", "Care ", "ß"]), max_size=40
)


@given(PIECES.map("".join) | st.text(max_size=80))
def test_whatever_the_text_a_long_form_is_a_slice_of_it(text: str) -> None:
    for found in definitions(text):
        assert found.long == on_one_line(text[found.span.start : found.span.end])
        assert 2 <= len(found.short) <= 10
        assert len(found.short) < len(found.long)
        assert fold(text)[found.span.start].casefold() == found.short[0].casefold()
        assert found.span.start == 0 or not text[found.span.start - 1].isalnum()
        letters = iter(found.long.casefold())
        assert all(letter in letters for letter in found.short.casefold() if letter.isalnum())


@given(st.lists(st.sampled_from(["Care", "board", "Plan", "young", "Risk", "hub"]), min_size=2, max_size=8), WORDS)
def test_initials_in_brackets_stand_for_the_words_in_front(words: list[str], before: list[str]) -> None:
    initials = "".join(word[0].upper() for word in words)
    (found,) = definitions(" ".join([*before, *words, f"({initials})"]))
    assert (found.short, found.long) == (initials, " ".join(words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is the MASH", ["MASH"]),
        ("how many ASYEs and LACs", ["ASYE", "LAC"]),
        ("the Mash is a hub", []),
        ("a B2 risk", []),
        ("CORAG's and the MASH-LAC", ["CORAG", "MASH", "LAC"]),
        ("the LACs_ and 3DCS, DCSx and ABCs1", []),
    ],
    ids=["one", "plural", "not in capitals", "a letter and a figure", "beside marks", "in other words"],
)
def test_acronyms_are_runs_of_capitals(text: str, found: list[str]) -> None:
    assert [match[1] for match in ACRONYM.finditer(text)] == found
    assert written(text) == set(found)
