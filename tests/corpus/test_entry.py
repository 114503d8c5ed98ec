"""Words that announce a decision, as they are written and as they are misspelt."""

import pytest

from corpus.passages.entry import inline_outcome, outcome_meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("RESOLVED", "resolved"),
        ("RESOVLED", "resolved"),
        ("RESLOVED", "resolved"),
        ("RESOVED", "resolved"),
        ("RESOLVEDD", "resolved"),
        ("AGGREED", "agreed"),
        ("AGRED", ""),
        ("ARGUED", ""),
        ("DECSION", "decision"),
        ("DESICION", "decision"),
        ("RECCOMENDED", "recommended"),
        ("RECOMENDED", "recommended"),
        ("RESERVED", ""),
        ("DIVISION", ""),
        ("REVISION", ""),
        ("DISSOLVED", ""),
        ("GREED", ""),
        ("MINUTES", ""),
        ("", ""),
        ("x" * 5000, ""),
    ],
)
def test_a_letter_or_two_off(word: str, meant: str) -> None:
    assert outcome_meant(word) == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("RESOLVED that it be noted.", "resolved"),
        ("RESOVLED: That it be noted.", "resolved"),
        ("RESOLVED – (1) that it be noted.", "resolved"),
        ("RESOLVED UNANIMOUSLY – That it be noted.", "resolved"),
        ("It was AGREED that it be noted.", "agreed"),
        ("IT WAS AGREED THAT it be noted.", ""),
        ("The Committee RESOLVED:", "resolved"),
        ("Resolved – That it be noted.", "resolved"),
        ("Members resolved that it be noted.", ""),
        ("RESERVED to the Council.", ""),
        ("OFSTED to visit.", ""),
    ],
)
def test_a_decision_in_a_line(words: str, meant: str) -> None:
    assert inline_outcome(words.replace("–", "-")) == meant
