"""What a text is about: its terms without the framing."""

import pytest

from assistant.questions.topic import topic_terms


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what did ofsted say about health partners?", ("ofst", "health", "partner")),
        ("tell me anything about early help please", ("earli", "help")),
        ("what was decided at the committee meeting", ()),
        ("what happened?", ()),
        ("", ()),
        ("caseloads, caseloads and caseload", ("caseload",)),
        ("which risks are rated B2", ("risk", "b2")),
    ],
    ids=["question", "polite", "decision", "nothing", "empty", "once each", "rating is framing"],
)
def test_topic_leaves_out_the_framing(text: str, topic: tuple[str, ...]) -> None:
    assert topic_terms(text) == topic
