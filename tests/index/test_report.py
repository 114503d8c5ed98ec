"""The report of a build beside the one before: what has been withdrawn since, and what was lost."""

import pytest

from corpus.receipts import Fate, Receipt
from index.report import Report, lost, withdrawn

MINUTES = Receipt("minutes", "minutes.pdf", Fate.READ, "aaa")
REPORT = Receipt("report", "report.pdf", Fate.READ, "bbb")


def of(receipt: Receipt, fate: Fate, digest: str | None = None) -> Receipt:
    return Receipt(receipt.id, receipt.name, fate, receipt.digest if digest is None else digest)


def words_taken(*places: tuple[int, int]) -> Receipt:
    return Receipt("report", "report.pdf", Fate.READ, "bbb", taken=places)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([MINUTES], [MINUTES], False),
        ([MINUTES], [MINUTES, REPORT], False),
        ([MINUTES, REPORT], [MINUTES], True),
        ([MINUTES, REPORT], [MINUTES, of(REPORT, Fate.SET_ASIDE)], True),
        ([MINUTES, REPORT], [MINUTES, of(REPORT, Fate.TAKEN_DOWN)], True),
        ([MINUTES, of(REPORT, Fate.TAKEN_DOWN)], [MINUTES, of(REPORT, Fate.TAKEN_DOWN)], False),
        ([MINUTES, REPORT], [MINUTES, Receipt("report", "another/report.pdf", Fate.READ, "ccc")], True),
        ([MINUTES, REPORT], [MINUTES, of(REPORT, Fate.READ, "ccc")], False),
        ([REPORT], [words_taken((3, 9))], True),
        ([words_taken((3, 9))], [words_taken((3, 9))], False),
        ([words_taken((3, 9))], [words_taken((3, 9), (20, 24))], True),
        ([words_taken((3, 9))], [REPORT], False),
    ],
    ids=[
        "nothing changed",
        "one more",
        "removed",
        "said to be private",
        "taken down",
        "taken down before",
        "its id is another file's now",
        "another version",
        "words taken out",
        "words taken out before",
        "more words taken out",
        "words put back",
    ],
)
def test_what_has_been_withdrawn(before: list[Receipt], now: list[Receipt], expected: bool) -> None:
    assert withdrawn(Report("", tuple(before)), now) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([MINUTES, REPORT], []),
        ([MINUTES, of(REPORT, Fate.UNREADABLE)], ["report"]),
        ([MINUTES, of(REPORT, Fate.UNREADABLE, "")], ["report"]),
        ([MINUTES, of(REPORT, Fate.UNREADABLE, "ccc")], []),
        ([MINUTES, REPORT, Receipt("new", "new.pdf", Fate.UNREADABLE)], []),
        ([of(REPORT, Fate.UNREADABLE)], []),
        ([of(MINUTES, Fate.TAKEN_DOWN), of(REPORT, Fate.UNREADABLE)], []),
        ([MINUTES, of(REPORT, Fate.SET_ASIDE)], []),
    ],
    ids=[
        "all read",
        "the same file",
        "not to be opened",
        "a changed file",
        "a new file",
        "another removed",
        "another taken down",
        "set aside",
    ],
)
def test_what_was_lost(now: list[Receipt], expected: list[str]) -> None:
    assert [one.id for one in lost(Report("", (MINUTES, REPORT)), now)] == expected
