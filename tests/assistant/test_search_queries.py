"""Searches of the five documents and the very passages that each selects, read and written down beforehand."""

import re
from pathlib import Path

import pytest
from engines import OpenIndex
from officers import best, between, every, found, named, searcher_of_five

from assistant.search.search import Searcher

TABLE = Path(__file__).parents[1] / "golden" / "searches.txt"
LEAST = 60
FIELDS = ("council", "body", "kind", "role", "voice", "outcome", "document", "minute", "para", "from", "to")


def entries() -> list[tuple[str, list[str]]]:
    """Each search of the table, and what it finds."""
    read: list[tuple[str, list[str]]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            name, _, references = line.strip().partition(": ")
            read[-1][1].extend(f"{name}: {one}" for one in references.split(" | "))
        elif line and not line.startswith("#"):
            read.append((line, []))
    return read


ENTRIES = entries()


@pytest.fixture(scope="module")
def searcher(open_index: OpenIndex) -> Searcher:
    return searcher_of_five(open_index)


def test_the_table_covers_the_language() -> None:
    searches = [search for search, _ in ENTRIES]
    assert len(set(searches)) == len(searches) >= LEAST
    written = "\n".join(searches)
    pieces = ('"', " OR ", "(", " NEAR ", "NEAR/", " -", *(f"{field}:" for field in FIELDS))
    assert [piece for piece in pieces if piece not in written] == []


@pytest.mark.parametrize(("search", "passages"), ENTRIES, ids=[search for search, _ in ENTRIES])
def test_every_mention_is_found_and_nothing_else(searcher: Searcher, search: str, passages: list[str]) -> None:
    results = found(searcher, every(search))
    assert named(results) == passages
    assert searcher.search(every(search)).total == len(passages)
    assert searcher.search(every(search)).matching == len({one.partition(":")[0] for one in passages})


BEST = [
    (
        "role:decision",
        ["lei: resolution (a)", "lei: resolution (b)", "med: decision", "med: decision, paragraph 2", "mid: decision"],
    ),
    ("role:risk", [f"cab: section 7, table row {row}" for row in range(1, 7)]),
    (
        "outcome:noted -role:discussion",
        [
            "med: Discussion, “Voice of the child”",
            "med: Discussion, “Child’s journey”",
            "med: Discussion, “Health partners contribution”",
            "med: decision",
            "med: decision, paragraph 2",
        ],
    ),
    ("voice:member", ["glo: minute 11.4", "glo: minute 11.6", "mid: Minutes, paragraph 8"]),
    ("council:gloucestershire -role:discussion", ["glo: minute 11.2", "glo: minute 11.6"]),
    ("para:2.3", ["cab: para 2.3", *(f"cab: para 2.3, table row {row}" for row in range(1, 5))]),
    ("voice:unstated outcome:none", ["glo: introduction", "glo: minute 11.7", "glo: minute 11.9"]),
    ('role:recommendation "further report"', ["cab: para 10.2"]),
    ("-kind:minutes -kind:report", []),
    ("document:medway-monitoring-visit-2020 -voice:officer -voice:unstated", []),
]


@pytest.mark.parametrize(("search", "passages"), BEST, ids=[search for search, _ in BEST])
def test_filters_without_words_are_exact_in_the_best_reading(
    searcher: Searcher, search: str, passages: list[str]
) -> None:
    """Headings that open nothing are no results there: they are found by what is beneath them."""
    assert named(found(searcher, best(search))) == passages


CABINET = "para 4.1, para 4.2, para 4.3, para 4.4, para 6.10, para 8.2, para 9.1, para 10.2, para 11.2"
NAMES_COMMISSIONER = [f"cab: {one}" for one in CABINET.split(", ")]
DEMAND = ["mid: Areas needing focus, first bullet", "mid: Minutes, paragraph 7", "mid: Minutes, paragraph 8"]
SOCIAL = ["mid: Areas needing focus, second bullet", *(f"mid: Minutes, paragraph {n}" for n in (5, 7, 8))]
DATES = [
    ("from:2022 social", "", "", False, SOCIAL, 12),
    ("commissioner", "2019-09-03", "2019-09-03", False, NAMES_COMMISSIONER, 1),
    ("commissioner", "2019-09-04", "", False, [], 1),
    ("commissioner", "", "2019-09-02", False, [], 1),
    (
        "commissioner",
        "2019-01-01",
        "2019-12-31",
        True,
        [*NAMES_COMMISSIONER, "med: Discussion, “Pace of improvement”"],
        0,
    ),
    (
        "to:2019-09 caseloads",
        "",
        "",
        False,
        ["cab: para 6.12, first bullet", "cab: para 6.12, second bullet", "cab: section 7, table row 6"],
        3,
    ),
    ("from:2019 retention", "", "2020-12-31", False, ["cab: para 3.3, third bullet", "cab: section 7, table row 4"], 1),
    ("from:2019 retention", "2020-01-01", "", False, ["mid: Minutes, paragraph 5"], 1),
    ("from:2020 retention", "2019-01-01", "", False, ["mid: Minutes, paragraph 5"], 1),
    ("demand", "2022-09-14", "2022-09-14", False, DEMAND, 0),
    ("churn", "2019-01-01", "", False, [], 2),
    ("from:2020 to:2021 churn", "", "", True, ["glo: minute 11.2", "glo: minute 11.5"], 0),
]


@pytest.mark.parametrize(
    ("search", "first", "last", "undated", "passages", "left_out"),
    DATES,
    ids=[f"{q} [{a}..{b}]{' undated' if u else ''}" for q, a, b, u, _, _ in DATES],
)
def test_days(
    searcher: Searcher, search: str, first: str, last: str, undated: bool, passages: list[str], left_out: int
) -> None:
    """The narrower of what is typed and what is chosen; those of no known day are counted where they are left out."""
    asked = between(search, first, last, undated)
    assert named(found(searcher, asked)) == passages
    assert searcher.search(asked).undated == left_out


def test_the_table_is_of_the_documents_own_words(searcher: Searcher) -> None:
    """A phrase is in the text of each passage that the table gives for it, whatever the search says."""
    folded = str.maketrans("’\u00a0", "' ")
    for search, _ in ENTRIES:
        if match := re.fullmatch(r'"([^"]+)"', search):
            for one in found(searcher, every(search)):
                words = re.sub(r"[\W_]+", " ", one.passage.text.translate(folded).lower())
                assert re.sub(r"[\W_]+", " ", match[1].lower()) in words
