"""What documents mention: the days and acronyms of their texts, and the days in the names of their files."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from builders import document

from index.knowledge.mentions import Gathering, Mentions

NAMED = document("MASH met.", id="named")
DOCUMENTS = (
    document("The MASH was visited on 20 and 21 August 2020; the LACs in 2019.", id="visit"),
    document("Nothing of any day.", id="nothing"),
    document("The inspection of November 2019 found the MASH slow.", id="inspection"),
    replace(NAMED, source=replace(NAMED.source, path="in-2018/report-24-january-2020.pdf")),
)


@pytest.fixture(params=["gathered", "opened"])
def mentions(request: pytest.FixtureRequest, tmp_path: Path) -> Mentions:
    gathering = Gathering()
    for one in DOCUMENTS:
        gathering.add(one)
    if request.param == "gathered":
        return gathering.mentions()
    gathering.save(tmp_path)
    return Mentions.open(tmp_path)


@pytest.mark.parametrize(
    ("first", "last", "places"),
    [
        (date(2020, 8, 21), date(2020, 8, 21), [0]),
        (date(2020, 8, 22), date(2020, 12, 31), []),
        (date(2019, 11, 30), date(2019, 12, 1), [0, 2]),
        (date(2019, 3, 1), date(2019, 3, 1), [0]),
        (date.min, date(2019, 11, 1), [0, 2]),
        (date(2020, 8, 1), date.max, [0]),
        (date.min, date.max, [0, 2]),
    ],
    ids=["a day", "after it", "the end of a month", "a day of a year", "until", "since", "any day"],
)
def test_documents_that_mention_a_day_of_a_range(
    mentions: Mentions, first: date, last: date, places: list[int]
) -> None:
    assert np.flatnonzero(mentions.mentioning(first, last)).tolist() == places


@pytest.mark.parametrize(
    ("first", "last", "places"),
    [
        (date(2020, 1, 24), date(2020, 1, 24), [3]),
        (date(2020, 1, 1), date(2020, 1, 31), [3]),
        (date(2018, 1, 1), date(2018, 12, 31), []),
        (date(2020, 1, 25), date.max, []),
    ],
    ids=["the day", "its month", "a folder's year is no day of the file", "after it"],
)
def test_days_in_the_names_of_files(mentions: Mentions, first: date, last: date, places: list[int]) -> None:
    assert np.flatnonzero(mentions.named(first, last)).tolist() == places


@pytest.mark.parametrize(("acronym", "places"), [("MASH", [0, 2, 3]), ("LAC", [0]), ("LACs", []), ("ZZ", [])], ids=str)
def test_documents_that_write_an_acronym(mentions: Mentions, acronym: str, places: list[int]) -> None:
    assert mentions.writing(acronym).tolist() == places


def test_every_document_counts(mentions: Mentions) -> None:
    assert len(mentions) == 4


def test_no_documents_at_all(tmp_path: Path) -> None:
    Gathering().save(tmp_path)
    none = Mentions.open(tmp_path)
    assert (len(none), none.mentioning(date.min, date.max).tolist(), none.writing("MASH").tolist()) == (0, [], [])
