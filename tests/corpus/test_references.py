"""What a person would write to point at a passage."""

import pytest

from corpus.collection import read_document

MINUTES = "Agenda item\n\nFostering\n\nTo hear of it.\n\nMinutes:\n\n"
REPORT = "CABINET\n\nFOSTERING\n\nAuthor:\tPat Example\n\n1. Background\n\n"


def reference(text: str, words: str) -> str:
    """The reference of the passage that holds ``words``."""
    (found,) = (p for p in read_document("a", "a.txt", text).passages if words in p.text)
    return found.reference


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MINUTES + "THIS one.", "Minutes, paragraph 1"),
        (MINUTES + "One.\n\nTHIS one.", "Minutes, paragraph 2"),
        (MINUTES + "11.4    THIS one.", "minute 11.4"),
        (MINUTES + "Points were:\n\n- one\n- THIS one", "“Points were”, second bullet"),
        (MINUTES + "Points were:\n\ni) one\nii) THIS one", "“Points were”, point ii)"),
        (MINUTES + "Nobody said.\n\n- one\n- THIS one", "Minutes, second bullet"),
        (MINUTES + "Points were:\n\n- Pay – it rose\n- THIS – it grew", "Minutes, “THIS”"),
        (MINUTES + "Positives\n\n- THIS one", "Positives, first bullet"),
        (MINUTES + "11.4 Points were:\n\n- THIS one", "minute 11.4, first bullet"),
        (MINUTES + "Points:\n\na) one:\n- THIS one", "“Points”, point a), first bullet"),
        (MINUTES + "Points were:\n\n" + "- one\n" * 20 + "- THIS one", "“Points were”, bullet 21"),
        (MINUTES + "It rose. The many points that members of the whole Panel made were:\n\n- THIS one", None),
        (MINUTES + "Text.\n\nDecision:\n\nThe Panel did THIS.", "decision"),
        (MINUTES + "Text.\n\nDecision:\n\nThe Panel noted it.\n\nAnd THIS.", "decision, paragraph 2"),
        (MINUTES + "Text.\n\nRESOLVED:\n\nTo do THIS.", "resolution"),
        (MINUTES + "Text.\n\nRESOLVED:\n\na) one\nb) THIS", "resolution (b)"),
        (MINUTES + "Text.\n\nRESOLVED:\n\n1. That:\na) THIS\nb) one\n2. That two", "resolution (1)(a)"),
        (MINUTES + "Text.\n\nRESOLVED:\n\n- one\n- THIS", "resolution, second bullet"),
        (MINUTES + "Text.\n\nRECOMMENDED:\n\n(i) THIS", "recommendation (i)"),
        (MINUTES + "Text.\n\nAGREED\nTHIS", "decision"),
        ("Agenda item\n\nFostering\n\nTHIS is why.\n\nMinutes:\n\nText.", "introduction"),
        (REPORT + "1.1 THIS one.", "para 1.1"),
        (REPORT + "- 1.1 THIS one.", "para 1.1"),
        (REPORT + "THIS one.", "section 1, paragraph 1"),
        (REPORT + "1.1 Steps:\n\n1. THIS one;\n2. another.", "para 1.1, point 1"),
        (REPORT + "1.1 Judgement Grade\n\nPay\tGood\nTHIS\tGood", "para 1.1, table row 2"),
        (REPORT + "Pay\tGood\nTHIS\tGood", "section 1, table row 2"),
        (REPORT + "Risk\tTHIS\n--\t--\nPay\tLow", "section 1, table headers"),
        (REPORT + "1.1 Text.\n\n2. THIS heading\n\nText.", "section 2"),
        (REPORT + "1.1 Text.\n\nContact officer\n\nTHIS person", "Contact officer, paragraph 1"),
        ("CABINET\n\nFOSTERING\n\nAuthor:\tTHIS person\n\nText.", "header, “Author”"),
        ("Just THIS.", "paragraph 1"),
        ("a\tb\nc\tTHIS", "table row 2"),
        ("THIS is a heading\n\nText.", "heading “THIS is a heading”"),
    ],
)
def test_references(text: str, expected: str | None) -> None:
    long = "“The many points that members of the whole…”, first bullet"
    assert reference(text, "THIS") == (expected or long)


def test_a_paragraph_cut_in_two_keeps_its_reference_and_gets_two_anchors() -> None:
    text = MINUTES + "11.4 " + "The Director spoke at length of fostering. " * 40
    found = [p for p in read_document("a", "a.txt", text).passages if p.reference == "minute 11.4"]
    assert [p.anchor for p in found] == ["minute-11.4", "minute-11.4-2"]
