"""What a passage is, as a council officer would say."""

import pytest

from corpus.collection import read_document
from corpus.model import Role

MINUTES = "Agenda item\n\nFostering\n\nTo hear of it.\n\nMinutes:\n\n"
REPORT = "CABINET\n\nFOSTERING\n\nAuthor:\tPat Example\n\n1. Background\n\n"


def role(text: str, words: str) -> Role:
    """The role of the passage that holds ``words``."""
    (found,) = (p for p in read_document("a", "a.txt", text).passages if words in p.text)
    return found.role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MINUTES + "Members noted that THIS was so.", Role.DISCUSSION),
        (MINUTES + "Officers confirmed THIS.", Role.DISCUSSION),
        (MINUTES + "Officers undertook to do THIS.", Role.ACTION),
        (MINUTES + "The Director agreed THIS and would circulate the plan.", Role.ACTION),
        (MINUTES + "ACTION: the Director to circulate THIS.", Role.ACTION),
        (MINUTES + "Decision:\n\nIt was noted.\n\nReasons:\n\nTo know THIS.", Role.DISCUSSION),
        (MINUTES + "Decision:\n\nIt was noted.\n\nReasons\n\nTo know THIS.", Role.DISCUSSION),
        (MINUTES + "THIS would be brought back to the Board.", Role.ACTION),
        (MINUTES + "Next steps were as follows:\n\n- THIS in May", Role.ACTION),
        (MINUTES + "Next steps and THIS were as follows:\n\n- one in May", Role.ACTION),
        (MINUTES + "Next steps were as follows:\n\n- The Director thanked THIS panel", Role.DISCUSSION),
        (MINUTES + "Ofsted found THIS.", Role.FINDING),
        (MINUTES + "Pay rose. THIS was raised. Ofsted had identified it.", Role.FINDING),
        (MINUTES + "Positives\n\n- THIS service", Role.FINDING),
        (MINUTES + "Areas needing focus\n\n- THIS service", Role.FINDING),
        (MINUTES + "Ofsted judged THIS service inadequate overall.", Role.JUDGEMENT),
        (MINUTES + "The grades were:\n\n- THIS service (rated good)", Role.JUDGEMENT),
        (MINUTES + "THIS was judged to have made good progress.", Role.DISCUSSION),
        (MINUTES + "Decision:\n\nThe Panel noted THIS.", Role.DECISION),
        (MINUTES + "Text.\n\nAGREED\nThat THIS be noted.", Role.DECISION),
        (MINUTES + "Text.\n\nRESOLVED:\n\na) That THIS be noted;\nb) two", Role.DECISION),
        (MINUTES + "RESOLVED that THIS be noted.", Role.DECISION),
        (MINUTES + "RECOMMENDED that Cabinet do THIS.", Role.RECOMMENDATION),
        ("Agenda item\n\nFostering\n\nTHIS will be presented.\n\nMinutes:\n\nText.", Role.DISCUSSION),
        ("Agenda item\n\nTHIS item\n\nMinutes:\n\nText.", Role.HEADING),
        (MINUTES + "Text.\n\nSupporting documents:\n\nTHIS paper", Role.HEADING),
        (REPORT + "1.1 THIS is the background.", Role.DISCUSSION),
        (REPORT + "1.1 The published report identified THIS.", Role.FINDING),
        (REPORT + "1.1 Judgement Grade\n\nTHIS\tInadequate\nPay\tGood", Role.JUDGEMENT),
        (REPORT + "THIS\tRequires improvement to be good\tGood\nPay\tGood\tGood", Role.JUDGEMENT),
        (REPORT + "1.1 When THIS service is judged inadequate, Ofsted visits.", Role.DISCUSSION),
        (REPORT + "1.1 An Improvement Board for THIS will be introduced.", Role.ACTION),
        (REPORT + "1.1 Inspectors of THIS will be on site for two days.", Role.DISCUSSION),
        (REPORT + "1.1 We are required to submit THIS by May.", Role.ACTION),
        (REPORT + "1.1 The following improvements have been made.\n\n- THIS one", Role.ACTION),
        (REPORT + "1.1 Some strengths in THIS include:\n\n- one", Role.FINDING),
        (REPORT + "1.1 The Cabinet is asked to note THIS.", Role.RECOMMENDATION),
        (REPORT + "1.1 It is recommended that THIS be noted.", Role.RECOMMENDATION),
        (REPORT + "1.1 Text.\n\n2. Recommendations\n\n2.1 To note THIS.", Role.RECOMMENDATION),
        (REPORT + "1.1 Text.\n\n2. Reasons for decision\n\n2.1 To note THIS.", Role.DISCUSSION),
        (REPORT + "1.1 Text.\n\n2. Risk management\n\nTHIS\tThe budget\tGood", Role.RISK),
        (REPORT + "Risk\tAction\n--\t--\nTHIS\tNone", Role.RISK),
        (REPORT + "1.1 Text.\n\nLead officer contact\n\nTHIS officer, 01234 567890", Role.HEADING),
        (REPORT + "1.1 Text.\n\nBackground papers\n\nTHIS\n\nAppendices\n\nNone", Role.HEADING),
        ("CABINET\n\nFOSTERING\n\nAuthor:\tTHIS officer\n\nText.", Role.HEADING),
    ],
)
def test_roles(text: str, expected: Role) -> None:
    assert role(text, "THIS") is expected
