"""The comparison with other engines: the corpus is the same every time, and every engine does what it is asked."""

import json
import shutil
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import asked, made, measured, peers, preparing
from benchmarks.bounded import run
from benchmarks.engines.engine import ENGINES, OURS
from benchmarks.made import Made
from benchmarks.prepared import Corpus, Question, exact_of, questions_of
from benchmarks.preparing import prepare
from corpus.model import Passage
from index.fusion import convex
from index.words.lexical import Okapi
from tests.fakes import FakeEncoder

SENTENCES = [
    "The board noted the report on placements.",
    "Social workers have caseloads of eighteen children.",
    "Ofsted found that visits to care leavers were late.",
    "Health partners did not attend the meeting.",
    "The Director of Children's Services answered the questions.",
    "Members asked about the cost of agency staff.",
]
DIMENSION = 64
PASSAGES = 200


def vectors(one: Made, searched: Sequence[Passage]) -> NDArray[np.float32]:
    return FakeEncoder(dimension=DIMENSION).encode([passage.text for passage in searched])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    found = prepare(tmp_path_factory.mktemp("corpus"), made.documents(PASSAGES, SENTENCES), vectors)
    asked.ask(found, FakeEncoder(dimension=DIMENSION), each=10)
    return found


@pytest.fixture(scope="module")
def questions(corpus: Corpus) -> list[Question]:
    return questions_of(corpus.folder)


def test_the_corpus_is_the_same_twice(corpus: Corpus, tmp_path: Path) -> None:
    again = prepare(tmp_path, made.documents(PASSAGES, SENTENCES), vectors)
    assert list(again.documents()) == list(corpus.documents())
    assert list(again.terms()) == list(corpus.terms())
    assert np.array_equal(again.vectors(), corpus.vectors())
    assert again.only == corpus.only


def test_a_document_is_the_same_whichever_came_before() -> None:
    *_, third = made.documents(250, SENTENCES)
    assert third == made.document(2, SENTENCES)


def test_every_passage_of_sentences_is_told_of_which() -> None:
    one = made.document(0, SENTENCES)
    searched = [passage for passage in one.document.passages if passage.searched]
    assert len(searched) == len(one.sentences) == 100
    assert [len(numbers) > 0 for numbers in one.sentences] == [True] * 98 + [False] * 2
    first = SENTENCES[one.sentences[0][0]].rstrip(".")
    assert first in searched[0].text


def test_rare_words_keep_coming() -> None:
    words = [set(chain(*(p.text.split() for p in made.document(n, SENTENCES).document.passages))) for n in range(8)]
    fresh = [len(words[n] - set().union(*words[:n])) for n in range(8)]
    assert all(more > 50 for more in fresh)


def test_a_narrowed_search_keeps_some_passages_of_whole_documents(corpus: Corpus) -> None:
    assert corpus.passages == 200
    assert corpus.kept == corpus.allowed(corpus.only).sum() == 100


def test_known_items_are_asked_for_in_words_of_theirs(corpus: Corpus, questions: list[Question]) -> None:
    terms = list(corpus.terms())
    known = [question for question in questions if question.known is not None]
    assert len(known) == 10
    assert all(set(question.terms) <= set(terms[question.known or 0]) for question in known)


def test_the_exact_ranking_is_that_of_okapi_and_all_cosines(corpus: Corpus, questions: list[Question]) -> None:
    okapi = Okapi(list(corpus.terms()))
    rankings = exact_of(corpus.folder)
    for question, ranking in zip(questions, rankings[0], strict=True):
        bm25 = np.asarray(okapi.get_scores(list(question.terms)))
        score = convex(bm25, corpus.vectors() @ question.vector)
        assert score[ranking] == pytest.approx(np.sort(score)[::-1][:10], abs=1e-5)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_finds_ten_and_keeps_to_its_filter(
    name: str, corpus: Corpus, questions: list[Question], tmp_path: Path
) -> None:
    if ENGINES[name].versions() is None:
        pytest.skip("its packages are not installed")
    engine = ENGINES[name].load()
    engine.build(tmp_path, corpus)
    opened = engine.open(tmp_path, corpus)
    allowed = corpus.allowed(corpus.only)
    for question in questions:
        found = opened.search(question.terms, question.vector, 10)
        assert len(set(found)) == 10
        assert all(0 <= row < corpus.passages for row in found)
        kept = opened.search(question.terms, question.vector, 10, corpus.only)
        assert 0 < len(set(kept)) == len(kept) <= 10
        assert allowed[kept].all()


@pytest.mark.parametrize("narrowed", [False, True], ids=["all", "narrowed"])
def test_ours_is_the_exact_ranking(narrowed: bool, corpus: Corpus, questions: list[Question], tmp_path: Path) -> None:
    engine = ENGINES[OURS].load()
    engine.build(tmp_path, corpus)
    opened = engine.open(tmp_path, corpus)
    rankings = exact_of(corpus.folder)[int(narrowed)]
    only = corpus.only if narrowed else None
    for question, ranking in zip(questions, rankings, strict=True):
        assert opened.search(question.terms, question.vector, 10, only) == ranking.tolist()


def test_what_is_measured_of_ours(corpus: Corpus, tmp_path: Path) -> None:
    built = measured.build(OURS, corpus.folder, tmp_path)
    found = measured.search(OURS, corpus.folder, tmp_path, time.monotonic())
    assert built["disk"] == sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert (found["overlap"], found["narrowed_overlap"], found["full"], found["kept_to_filter"]) == (1, 1, 1, True)
    assert found["asked"] == 20


def test_vectors_of_a_file_are_taken_in_turn_and_made_of_length_one(tmp_path: Path) -> None:
    held = np.random.default_rng(0).standard_normal((200, DIMENSION)).astype(np.float16)
    found = prepare(tmp_path, made.documents(PASSAGES, SENTENCES), preparing.given(held))
    lengths = np.linalg.norm(held.astype(np.float32), axis=1, keepdims=True)
    assert found.vectors() == pytest.approx(held.astype(np.float32) / lengths)


def test_too_few_vectors_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has 150"):
        prepare(tmp_path, made.documents(PASSAGES, SENTENCES), preparing.given(np.ones((150, DIMENSION))))


PROGRAMS = {
    "ends": ("print(1)", "1\n", ""),
    "too long": ("import time; time.sleep(60)", "", "over 0 minutes"),
    "too much memory": ("import time; held = bytearray(400_000_000); time.sleep(60)", "", "over 0 GB"),
    "fails": ("raise ValueError('no such index')", "", "failed: ValueError: no such index"),
}


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="memory is watched in /proc")
@pytest.mark.parametrize(("program", "output", "reason"), PROGRAMS.values(), ids=PROGRAMS)
def test_a_command_is_stopped_at_its_bounds(program: str, output: str, reason: str, tmp_path: Path) -> None:
    seconds = 1.0 if reason.endswith("minutes") else 50.0
    ended = run([sys.executable, "-c", program], seconds=seconds, memory=300_000_000, place=tmp_path)
    assert (ended.output, ended.reason) == (output, reason)


def test_the_table_has_a_row_for_what_was_measured_and_what_was_stopped(corpus: Corpus, tmp_path: Path) -> None:
    shutil.copytree(corpus.folder, tmp_path / "corpus")
    (tmp_path / "results").mkdir()
    search = {"cold": 1.5, "cold_index": 0.25, "resident": 90e6, "own": 50e6, "median": 0.004, "p95": 0.008}
    search |= {"narrowed_median": 0.002, "narrowed_p95": 0.003, "full": 1.0, "kept_to_filter": True, "known": 0.98}
    build = {"seconds": 12.0, "peak": 300e6, "disk": 80e6}
    ours = {"versions": "faiss-cpu 1", "stopped": "", "build": build, "search": search | {"overlap": 1.0}}
    other = {**ours, "versions": "tantivy 2", "search": search | {"overlap": 0.9, "median": 0.001, "full": 0.5}}
    stopped = {"versions": "txtai 3", "stopped": "search: over 16 GB", "build": build}
    for name, result in {OURS: ours, "tantivy": other, "txtai": stopped}.items():
        (tmp_path / "results" / f"{name}.json").write_text(json.dumps(result))
    once = "12.0 | 300 | 80 | 1.50 | 0.25 | 90 | 50"
    assert peers.section(tmp_path).splitlines()[6:] == [
        f"| this index | {once} | 4.0 | 8.0 | 1.00 | 2.0 | 3.0 | 1.00 | 100% | 98% | 100% |",
        f"| tantivy + faiss HNSW | {once} | 1.0 | 8.0 | 0.25 | 2.0 | 3.0 | 1.00 | 50% | 98% | 90% |",
        f"| txtai, hybrid | 12.0 | 300 | 80 | search: over 16 GB |{'  |' * 12}",
        "",
        "Versions: faiss-cpu 1, tantivy 2, txtai 3.",
    ]
