"""A result: the passage found, its words marked, what was decided of its item, and what the officers advised."""

from itertools import chain

import pytest
from asking import reading
from engines import OpenIndex
from officers import SHORT, best, every, found, searcher_of_five

from assistant.search.differences import Change
from assistant.search.results import result
from assistant.search.search import Searcher
from corpus.model import Role

# Every outcome that the five documents record, read in them: the badge, and the first and last words of each part.
OUTCOMES = {
    "glo": ("none recorded", []),
    "lei": (
        "resolved",
        [
            "a) That the report be noted;",
            "b) That a further report and action plan be presented to the meeting of the Committee on 21 January 2020.",
        ],
    ),
    "cab": (
        "recommended only",
        [
            "- 10.1 The Cabinet is asked to note the content of this report and improvement steps taken so far.",
            "- 10.2 The Cabinet is asked to note that a further report will be submitted to Cabinet in December "
            "2019 subject to the receipt of the feedback from the Children's Services Commissioner to the Secretary of "
            "State.",
        ],
    ),
    "med": (
        "noted",
        [
            "Decision: The Committee noted the report and welcomed the receipt of the document relating to the child’s "
            "journey and a future report on quality assurance.",
            "In accordance with Council rule 12.6, Councillors Cooper and Johnson requested that their votes in favour "
            "be recorded.",
        ],
    ),
    "mid": ("agreed", ["AGREED That the update be noted."]),
}


@pytest.fixture(scope="module")
def searcher(open_index: OpenIndex) -> Searcher:
    return searcher_of_five(open_index)


def test_every_outcome_of_the_five_is_found_and_none_invented(searcher: Searcher) -> None:
    """Of every passage, as each document is of one item; "Members noted that" in a discussion is none."""
    seen = set()
    for source in searcher.index.sources:
        document = searcher.index.document(source.id)
        assert document is not None
        for one in document.passages:
            evidence = result(1, one, document).evidence
            words = [" ".join(part.text.split()) for part in evidence.outcome.passages]
            assert (evidence.outcome.badge, words) == OUTCOMES[SHORT[source.id]], one.reference
            seen.add(SHORT[source.id])
    assert seen == set(OUTCOMES)


def test_the_decisions_are_those_passages_and_no_other(searcher: Searcher) -> None:
    documents = [searcher.index.document(source.id) for source in searcher.index.sources]
    decided = [one for one in chain.from_iterable(d.passages for d in documents if d) if one.role is Role.DECISION]
    expected = [words for name in ("lei", "med", "mid") for words in OUTCOMES[name][1]]
    assert [" ".join(one.text.split()) for one in decided] == expected


def test_results_say_what_was_decided(searcher: Searcher) -> None:
    for one in found(searcher, every("ofsted")):
        badge, words = OUTCOMES[SHORT[one.passage.document]]
        assert (one.evidence.outcome.badge, len(one.evidence.outcome.passages)) == (badge, len(words))
        assert one.recommended == () and one.changes == ()
        assert [part.heading for part in one.advice] == (
            ["7. Risk management", "8. Financial implications", "9. Legal implications"]
            if SHORT[one.passage.document] == "cab"
            else []
        )


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("caseload", ["caseload"]),
        (
            '"children\'s services commissioner"',
            ["Children’s Services Commissioner", "Children's Services Commissioner"],
        ),
        ("improvement NEAR/2 board", ["Improvement", "Board"]),
        ("churn -medway", ["churn"]),
        ("(churn OR instability)", ["churn", "instability", "Instability"]),
        ("20%", ["20"]),
    ],
    ids=["stem", "phrase", "near", "left out", "either", "number"],
)
def test_the_words_of_the_search_are_marked(searcher: Searcher, query: str, marked: list[str]) -> None:
    results = found(searcher, every(query))
    assert results
    seen = set()
    for one in results:
        document = searcher.index.document(one.passage.document)
        assert document is not None and one.evidence.highlights
        assert document.text[one.passage.start : one.passage.end] == one.evidence.quote.text == one.passage.text
        for mark in one.evidence.highlights:
            assert one.passage.start <= mark.start < mark.end <= one.passage.end
            seen.add(mark.of(document.text))
    assert {words.lower().rstrip("s") for words in seen} <= {words.lower().rstrip("s") for words in marked}
    assert {words.lower() for words in marked} & {words.lower() for words in seen}


def test_what_is_found_by_its_kind_has_no_marks(searcher: Searcher) -> None:
    results = found(searcher, best("role:decision"))
    assert results and all(one.evidence.highlights == () for one in results)


DECIDED = """Agenda item

Caseloads

Minutes:

The Committee considered caseloads.

Recommendations

{recommended}

RESOLVED:

{decided}
"""


@pytest.mark.parametrize(
    ("recommended", "decided", "changes"),
    [
        (
            "That the Committee is asked to note the report on caseloads.",
            "a) That the Committee is asked to note the report on caseloads.",
            (Change("same", "That the Committee is asked to note the report on caseloads."),),
        ),
        (
            "That the Committee is asked to note the report on caseloads.",
            "a) That the Committee is asked to note the report on caseloads in March.",
            (
                Change("same", "That the Committee is asked to note the report on caseloads"),
                Change("added", "in March."),
            ),
        ),
    ],
    ids=["as recommended", "otherwise"],
)
def test_a_decision_is_held_beside_the_recommendation(
    recommended: str, decided: str, changes: tuple[Change, ...]
) -> None:
    document = reading("a", DECIDED.format(recommended=recommended, decided=decided), kind="minutes")
    passage = next(one for one in document.passages if "considered" in one.text)
    one = result(3, passage, document)
    assert [asked.text for asked in one.recommended] == [recommended]
    assert one.changes == changes
    assert (one.evidence.number, one.passage) == (3, passage)
    assert one.permalink == f"/passages/{passage.id}"
