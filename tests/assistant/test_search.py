"""The officers' search: complete, filtered before it is ranked, ordered, and in pages that cover all of it once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

import numpy as np
import pytest
from asking import reading
from builders import document
from engines import OpenIndex
from fakes import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from officers import best, every, found, named, searcher_of_five

from assistant.search.facets import Facet
from assistant.search.query import parse
from assistant.search.search import NEAREST, SIZES, Order, Reading, Search, Searcher
from corpus.model import Document, Role
from index import build as building
from index.build import build
from index.local import LocalIndex
from index.milvus import build as building_in_milvus
from index.model import Filters, Matches
from index.words.analysis import term, terms, word_spans

WORDS = ("caseloads", "ofsted", "social", "workforce", "children", "board", "improvement", "quality", "risk", "nowhere")


@pytest.fixture(scope="module")
def searcher(open_index: OpenIndex) -> Searcher:
    return searcher_of_five(open_index)


def over(open_index: OpenIndex, *documents: Document, model: bool = True) -> Searcher:
    """A searcher of documents made in a test."""
    return Searcher(open_index(documents, model=model))


def ids(searcher: Searcher, search: Search) -> list[str]:
    return [one.passage.id for one in found(searcher, search)]


def test_every_mention_of_every_word_of_the_five_is_found(searcher: Searcher, open_index: OpenIndex) -> None:
    """Held to a scan of the texts, for the whole vocabulary: a word of each stem, and all that hold the stem."""
    held: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    documents = [searcher.index.document(source.id) for source in searcher.index.sources]
    for passage in chain.from_iterable(one.passages for one in documents if one):
        for stem in set(terms(passage.text)):
            held[stem].append(passage.id)
        for word, _, _ in word_spans(passage.text):
            written.setdefault(term(word), word)
    assert set(written) - {""} == set(held)
    assert len(held) > 800
    wrong = []
    for stem, passages in list(held.items())[:: open_index.step]:
        search = every(written[stem])
        numbers = searcher.numbers(search)
        ids = [passage.id for passage in searcher.index.passages(numbers)]
        total = searcher.search(search, size=1).total
        if sorted(ids) != sorted(passages) or total != len(passages):
            wrong.append(written[stem])
    assert wrong == []


@settings(max_examples=25)
@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_words_together_are_sets_together(searcher: Searcher, one: str, other: str) -> None:
    with_one, with_other = ({*searcher.numbers(every(word))} for word in (one, other))
    assert {*searcher.numbers(every(f"{one} {other}"))} == with_one & with_other
    assert {*searcher.numbers(every(f"{one} OR {other}"))} == with_one | with_other
    assert {*searcher.numbers(every(f"{one} -{other}"))} == with_one - with_other
    assert {*searcher.numbers(every(f'"{one} {other}"'))} <= with_one & with_other


@pytest.mark.parametrize(
    "query", ["caseloads", "improvement board", "-medway", "role:finding", "voice:member", "a the"]
)
@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("order", Order)
def test_pages_cover_all_results_once_in_one_order(
    searcher: Searcher, query: str, reading: Reading, order: Order
) -> None:
    search = Search(parse(query), reading, order)
    in_order = [passage.id for passage in searcher.index.passages(searcher.numbers(search))]
    assert len(in_order) == len(set(in_order)) == searcher.search(search).total > 2
    again = Searcher(searcher.index)
    for size in SIZES:
        results = found(again, search, size)
        assert [one.passage.id for one in results] == in_order
        assert [one.evidence.number for one in results] == list(range(1, len(results) + 1))


def test_a_page_past_the_last_is_the_last(searcher: Searcher) -> None:
    results = searcher.search(every("ofsted"), 99, 25)
    assert (results.total, results.page, results.pages) == (42, 2, 2)
    assert [one.evidence.number for one in results.results] == list(range(26, 43))


DATED = ["2019-09-03", "2022-09-14", None]


@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize(
    ("order", "days"),
    [(Order.NEWEST, ["2022-09-14", "2019-09-03", None]), (Order.OLDEST, ["2019-09-03", "2022-09-14", None])],
    ids=["newest", "oldest"],
)
def test_orders_by_day_put_the_undated_last(
    searcher: Searcher, reading: Reading, order: Order, days: list[str | None]
) -> None:
    results = found(searcher, Search(parse("social workers"), reading, order))
    assert list(dict.fromkeys(one.evidence.source.date.value for one in results)) == days


def test_within_a_day_the_order_is_that_of_the_ranking(searcher: Searcher) -> None:
    ranked = ids(searcher, best("social workers"))
    newest = found(searcher, best("social workers", order=Order.NEWEST))
    for dated in {one.passage.document for one in newest if one.evidence.source.date.value}:
        mine = [one.passage.id for one in newest if one.passage.document == dated]
        assert mine == [id for id in ranked if id.startswith(f"{dated}/")]


def test_every_mention_is_read_by_council_and_then_the_newest(searcher: Searcher) -> None:
    results = found(searcher, every("ofsted"))
    read = list(dict.fromkeys((one.evidence.source.council.value, one.evidence.source.date.value) for one in results))
    assert read == [
        ("Gloucestershire County Council", None),
        ("Leicestershire County Council", None),
        ("Medway Council", "2019-09-03"),
        ("Medway Council", None),
        ("Middlesbrough Council", "2022-09-14"),
    ]
    groups = searcher.search(every("ofsted")).groups
    assert sum(group.passages for group in groups) == len(results)
    assert {(group.council, group.year) for group in groups} == {
        (council, int(day[:4]) if day else None) for council, day in read
    }
    assert searcher.search(best("ofsted")).groups == ()


def many(wanted: int = 8) -> list[Document]:
    """Passages of one council that say a thing best, and few of another that only come near it."""
    loud = document(
        *(f"Caseloads caseloads number {number}." for number in range(400)),
        id="loud",
        facts={"council": "Loud Council"},
    )
    quiet = document(
        *(f"Among very many other words the caseloads of team {number} were named." for number in range(wanted)),
        id="quiet",
        role=Role.DECISION,
        facts={"council": "Quiet Council"},
    )
    return [loud, quiet]


@pytest.mark.parametrize(
    "search",
    [
        best("caseloads", (Facet.COUNCIL, "Quiet Council")),
        best("caseloads", (Facet.ROLE, "decision")),
        best("caseloads council:quiet"),
        best("caseloads -council:loud"),
        best("caseloads role:decision"),
        best('caseloads "of team"'),
    ],
    ids=["council", "role", "council typed", "council left out", "role typed", "phrase"],
)
def test_a_filter_loses_nothing_that_ranks_low(open_index: OpenIndex, search: Search) -> None:
    results = found(over(open_index, *many()), search)
    assert {one.passage.document for one in results} == {"quiet"}
    assert len(results) == 8


def test_the_best_reading_finds_the_words_and_what_is_nearest_besides(open_index: OpenIndex) -> None:
    searcher = over(open_index, *many(), document(*(f"Fostering panel {n}." for n in range(100)), id="other"))
    assert searcher.search(best("caseloads")).total == 408
    fostering = searcher.search(best("caseloads fostering"))
    assert fostering.total == 508
    assert searcher.search(best("fostering team")).total == 108
    assert searcher.search(best("zebra")).total == 0


def test_without_a_model_the_words_alone_are_found(open_index: OpenIndex) -> None:
    searcher = over(open_index, *many(), model=False)
    assert searcher.search(best("caseloads")).total == 408
    assert searcher.search(best("zebra")).total == 0
    assert searcher.search(every("zebra")).total == 0


def test_similar_passages_are_the_nearest_and_not_the_passage_itself(searcher: Searcher) -> None:
    (one,) = found(searcher, every('"dramatic reduction in caseloads"'))
    like = Search(parse(""), like=one.passage.id)
    results = found(searcher, like)
    assert len(results) == NEAREST
    assert one.passage.id not in [other.passage.id for other in results]
    in_middlesbrough = Search(parse("council:middlesbrough"), like=one.passage.id)
    assert {other.passage.document for other in found(searcher, in_middlesbrough)} == {
        "middlesbrough-corporate-parenting-board-2022"
    }
    decisions = Search(parse("role:decision"), like=one.passage.id)
    assert sorted(named(found(searcher, decisions))) == [
        "lei: resolution (a)",
        "lei: resolution (b)",
        "med: decision",
        "med: decision, paragraph 2",
        "mid: decision",
    ]


@pytest.mark.parametrize(
    ("search", "notice"),
    [
        (
            every("council:westmarch"),
            "No document here is from “westmarch”. The documents are from: Gloucestershire County Council; "
            "Leicestershire County Council; Medway Council; Middlesbrough Council.",
        ),
        (
            every("council:kent council:westmarch ofsted"),
            "No document here is from “kent” or “westmarch”. The documents are from: Gloucestershire County Council; "
            "Leicestershire County Council; Medway Council; Middlesbrough Council.",
        ),
        (every("document:nothing"), "No document here has the name “nothing”. See the list of documents."),
        (
            every("body:the"),
            "No document here is from “the”. The documents are from: Cabinet; Children and Families Overview and "
            "Scrutiny Committee; Children and Young People Overview and Scrutiny Committee; Corporate Parenting Board.",
        ),
        (
            Search(parse(""), like="medway-cabinet-2019-09-03/000000000000"),
            "The passage that similar ones were asked for is no longer held.",
        ),
        (every("council:medway council:westmarch"), ""),
        (every("-council:westmarch"), ""),
        (every("zebra"), ""),
    ],
    ids=["council", "councils", "document", "stop word", "like", "one of two held", "left out", "no word"],
)
def test_a_limit_that_nothing_meets_is_said(searcher: Searcher, search: Search, notice: str) -> None:
    results = searcher.search(search)
    assert results.notice == notice
    if notice:
        assert (results.total, results.results, searcher.numbers(search)) == (0, (), [])


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("council:medway", "cab med"),
        ('council:"Medway Council"', "cab med"),
        ("council:leics", "lei"),
        ("council:south-gloucestershire", None),
        ("council:medway council:westmarch", "cab med"),
        ("council:medway council:middlesbrough", "cab med mid"),
        ("-council:medway -council:middlesbrough", "glo lei"),
        ("body:cabinet", "cab"),
        ("body:CABINETS", "cab"),
        ("body:families", "glo lei"),
        ('body:"scrutiny committee"', "glo lei med"),
        ("kind:report", "cab"),
        ("-kind:report", "glo lei med mid"),
        ("document:Medway-Cabinet-2019-09-03", "cab"),
        ("council:medway -kind:report", "med"),
        ("council:medway body:parenting", ""),
    ],
    ids=str,
)
def test_limits_on_documents(searcher: Searcher, query: str, documents: str | None) -> None:
    expected = set((documents or "").split())
    results = searcher.search(every(query))
    assert bool(results.notice) is (documents is None)
    assert {name.partition(":")[0] for name in named(found(searcher, every(query)))} == expected
    assert results.searched == results.matching == len(expected)


def test_what_was_searched_counts_the_documents_that_limits_leave(searcher: Searcher) -> None:
    counted = {
        query: (results.searched, results.matching)
        for query in ("brazil", "council:medway brazil", "council:gloucestershire brazil", "kind:minutes brazil")
        for results in [searcher.search(every(query))]
    }
    assert counted == {
        "brazil": (5, 1),
        "council:medway brazil": (2, 1),
        "council:gloucestershire brazil": (1, 0),
        "kind:minutes brazil": (4, 0),
    }
    within = Search(parse("from:2022 brazil"), Reading.EVERY, undated=False)
    assert (searcher.search(within).searched, searcher.search(within).undated) == (1, 0)


def test_the_newest_are_first_and_those_of_one_time_in_order(
    open_index: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        hour_now = 1

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 3, 4, cls.hour_now, tzinfo=tz)  # type: ignore[arg-type]

    for builds in (building, building_in_milvus):
        monkeypatch.setattr(builds, "datetime", Clock)
    old = reading("old", "\n\n".join(f"Caseloads of team {n}." for n in range(5)), council="Westmarch Council")
    open_index([old], place="newest")
    Clock.hour_now = 2
    new = reading("new", "The caseloads of a later paper.", council="Westmarch Council")
    searcher = Searcher(open_index([old, new], place="newest"))
    newest = searcher.newest(every("caseloads"), 100)
    assert [(one.passage.document, since) for one, since in newest] == [
        ("new", "2026-03-04T02:00:00+00:00"),
        *[("old", "2026-03-04T01:00:00+00:00")] * 5,
    ]
    older = [one.passage.id for one, _ in newest[1:]]
    assert older == [id for id in ids(searcher, every("caseloads")) if id.startswith("old/")]
    assert [one.passage.id for one, _ in searcher.newest(every("caseloads"), 3)] == [
        newest[0][0].passage.id,
        *older[:2],
    ]


def test_an_index_of_nothing_is_searched(open_index: OpenIndex) -> None:
    searcher = over(open_index)
    for search in (every("ofsted"), best("ofsted"), best("role:decision"), every("-ofsted")):
        results = searcher.search(search)
        assert (results.total, results.searched, results.pages, results.results) == (0, 0, 1, ())


class Stopping(LocalIndex):
    """An index that counts no more than the first few of what it finds, as one over a cluster may."""

    most = 5

    def matching(self, text: str, terms: Sequence[str], filters: Filters, nearest: int) -> Matches:
        found = super().matching(text, terms, filters, nearest)
        return replace(found.of(np.arange(self.most)), complete=False) if len(found) > self.most else found


@pytest.fixture(scope="module")
def stopping(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("stopping")
    build(many(4), folder, FakeEncoder())
    return Searcher(Stopping.open(folder, FakeEncoder()))


@pytest.mark.parametrize("searched", [best, every], ids=["best", "every"])
def test_what_is_not_counted_is_said(stopping: Searcher, searched: Callable[..., Search]) -> None:
    results = stopping.search(searched("caseloads"))
    assert (results.complete, results.total) == (False, 5)
    assert not stopping.search(searched("caseloads council:loud")).complete
    narrowed = stopping.search(searched("caseloads council:quiet"))
    assert (narrowed.complete, narrowed.total) == (True, 4)


@pytest.mark.parametrize(
    "chosen",
    [(Facet.COUNCIL, "Quiet Council"), (Facet.ROLE, "decision"), (Facet.OUTCOME, "decided"), (Facet.KIND, "document")],
    ids=str,
)
@pytest.mark.parametrize("searched", [best, every], ids=["best", "every"])
def test_what_is_chosen_is_found_though_it_was_not_counted(
    stopping: Searcher, searched: Callable[..., Search], chosen: tuple[Facet, str]
) -> None:
    """Of the five counted none is of the council; chosen, all that it has are found."""
    results = stopping.search(searched("caseloads", chosen))
    quiet = chosen[0] is not Facet.KIND
    assert (results.complete, results.total) == ((True, 4) if quiet else (False, 5))
    assert {one.passage.document for one in results.results} == {"quiet" if quiet else "loud"}
