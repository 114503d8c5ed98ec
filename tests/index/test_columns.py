"""Columns hold what filtering and counting need to know of each passage, whatever order documents come in."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document, Form, Role, Voice
from corpus.passages.outcomes import Badge
from index.files.columns import FILE, Columns, Rows


def columns(*documents: Document, badge: Badge = Badge.NONE) -> Columns:
    """The columns of documents whose passages are all of one badge, and first indexed in the year of their number."""
    rows = Rows()
    for one in documents:
        rows.add(one, [badge] * len(one.passages), [2000 + len(rows) + n for n in range(len(one.passages))])
    return rows.columns()


def test_they_are_of_every_passage() -> None:
    heading = document("Heading", id="a", searched=False)
    decision = document("That the report be noted", "Agreed", id="b", role=Role.DECISION, voice=Voice.MEMBER)
    found = columns(heading, document(id="empty"), decision, badge=Badge.NOTED)
    assert found.searched.tolist() == [False, True, True]
    assert found.document.tolist() == [0, 2, 2]
    assert [list(Role)[code] for code in found.role] == [Role.DISCUSSION, Role.DECISION, Role.DECISION]
    assert [list(Voice)[code] for code in found.voice] == [Voice.NOT_STATED, Voice.MEMBER, Voice.MEMBER]
    assert [list(Badge)[code] for code in found.outcome] == [Badge.NOTED] * 3
    assert found.since.tolist() == [2000, 2001, 2002]


def test_every_role_voice_and_badge_has_a_number_of_its_own() -> None:
    roles = columns(*(document("one", id=one, role=one) for one in Role)).role
    voices = columns(*(document("one", id=one, voice=one) for one in Voice)).voice
    badges = [columns(document("one"), badge=one).outcome[0] for one in Badge]
    assert [list(Role)[code] for code in roles] == list(Role)
    assert [list(Voice)[code] for code in voices] == list(Voice)
    assert [list(Badge)[code] for code in badges] == list(Badge)


def test_each_tells_how_many_documents_say_the_same() -> None:
    """Whatever the case and white space; a text that one document says twice is said by one."""
    first = document("This report is  available on paper.", "Agreed.", "Agreed.", id="a")
    second = document("This report is available\non Paper.", id="b")
    assert columns(first, second).said_in.tolist() == [2, 1, 1, 2]


@pytest.mark.parametrize("how", [{"form": Form.ROW}, {"opens": 1}], ids=["a row", "what opens a list"])
def test_what_stands_only_in_its_table_or_list_is_said_once(how: dict[str, Any]) -> None:
    """ "Overall effectiveness, good" is of one inspection, however many have it."""
    same = (document("Overall effectiveness\tGood", id=id, **how) for id in ("a", "b"))
    assert columns(*same).said_in.tolist() == [1, 1]


@given(st.lists(st.lists(st.sampled_from(["Noted.", "Agreed.", "noted.", "\ud800", "", "That it be so."]), max_size=5)))
def test_how_many_say_the_same_is_a_plain_count(texts: Sequence[Sequence[str]]) -> None:
    documents = [document(*said, id=str(number)) for number, said in enumerate(texts)]
    expected = [
        sum(words.casefold() in {other.casefold() for other in others} for others in texts)
        for said in texts
        for words in said
    ]
    assert columns(*documents).said_in.tolist() == expected


def test_there_may_be_nothing() -> None:
    assert {len(getattr(columns(), field.name)) for field in fields(Columns)} == {0}
    assert columns(document(id="empty")).said_in.tolist() == []


@pytest.mark.parametrize(
    "documents", [[], [document("one", "two", id="a"), document("two", id="b")]], ids=["nothing", "two documents"]
)
def test_what_is_opened_is_what_was_saved(tmp_path: Path, documents: list[Document]) -> None:
    made = columns(*documents, badge=Badge.RESOLVED)
    made.save(tmp_path)
    opened = Columns.open(tmp_path)
    for field in fields(Columns):
        ours, theirs = getattr(made, field.name), getattr(opened, field.name)
        assert (theirs.dtype, theirs.tolist()) == (ours.dtype, ours.tolist())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_their_types_hold_all_that_there_may_be() -> None:
    """A time of after 2038, and more passages than 16 bits count."""
    rows = Rows()
    rows.add(document("one"), [Badge.NONE], [2**33])
    made = rows.columns()
    assert made.since.tolist() == [2**33]
    assert (made.since.dtype, made.document.dtype, made.said_in.dtype) == (np.int64, np.int32, np.int32)


def test_rows_are_counted_as_they_come() -> None:
    rows = Rows()
    assert len(rows) == 0
    rows.add(document("one", "two"), [Badge.NONE] * 2, [0, 0])
    assert len(rows) == 2
