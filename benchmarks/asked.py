"""The questions that a prepared corpus is asked, and the exact ranking of each that answers are held against.

Half ask for a passage that is known: some telling words out of it. Half are in the words of members, out of the
questions that the assistant is tuned on. The exact ranking is that of every passage by the convex fusion of exact BM25
(the form of ``index.words.lexical.Okapi``) and exact cosines, of which none is left out.
"""

import json
import random
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.prepared import EXACT, QUESTION_VECTORS, QUESTIONS, TOP, Corpus, Question
from index import fusion
from index.models.encoder import Encoder
from index.words.analysis import term, terms, words
from index.words.lexical import Okapi, inverse_frequency

TUNING = Path(__file__).resolve().parent.parent / "evaluation" / "questions" / "tuning.jsonl"
SEED = 1
EACH = 100
# A telling word is in few of the passages, and in more than one: what is in one alone finds it in any index.
TELLING = 0.05
LEAST_HOLDING = 2
WORDS = 5
FEWEST_WORDS = 3
# How far the vector of a known passage's question is from the passage's own, where text and vectors have nothing to do
# with each other: a cosine of 0.7, as that of some words of a passage with the passage.
_APART = 1.0
_AT_A_TIME = 20


def ask(corpus: Corpus, encoder: Encoder, *, each: int = EACH, of_text: bool = True) -> list[Question]:
    """Make the questions of a corpus and their exact rankings, and write them beside it.

    ``of_text`` says whether the passages' vectors are of their text, so that a question's vector can be that of its
    words; otherwise the question for a passage has a vector near the passage's.
    """
    drawn = random.Random(SEED)
    known = _known(corpus, drawn, each)
    told = [json.loads(line)["turns"][0] for line in TUNING.read_text(encoding="utf-8").splitlines()]
    told = [text for text in told if terms(text)]
    told = drawn.sample(told, min(each, len(told)))
    texts = [*known.values(), *told]
    vectors = encoder.encode(texts)
    if not of_text:
        vectors[: len(known)] = _near(np.array(corpus.vectors()[list(known)]))
    rows = [*known, *[None] * len(told)]
    questions = [Question(terms(text), vector, row) for text, vector, row in zip(texts, vectors, rows, strict=True)]
    drawn.shuffle(questions)  # so that the first of them, where not all can be asked, are of both kinds
    held = [{"terms": question.terms, "known": question.known} for question in questions]
    np.save(corpus.folder / QUESTION_VECTORS, np.stack([question.vector for question in questions]))
    (corpus.folder / QUESTIONS).write_text(json.dumps(held), encoding="ascii")
    np.save(corpus.folder / EXACT, exact(corpus, questions))  # the last: with it a corpus is prepared
    return questions


def exact(corpus: Corpus, questions: Sequence[Question]) -> NDArray[np.int64]:
    """The rows of the best by the fusion of both signals of every row; -1 where there are no more."""
    bm25 = _bm25(corpus, {one for question in questions for one in question.terms})
    kept = corpus.allowed(corpus.only)
    found = np.full((2, len(questions), TOP), -1, np.int64)
    for first in range(0, len(questions), _AT_A_TIME):
        some = questions[first : first + _AT_A_TIME]
        cosines = np.concatenate(
            [vectors @ np.stack([question.vector for question in some]).T for _, vectors in corpus.portions()]
        ).astype(np.float64)
        for place, question in enumerate(some):
            scores, nearness = bm25(question.terms), cosines[:, place].round(6)
            for narrowed, rows in enumerate((np.arange(corpus.passages), np.flatnonzero(kept))):
                best = _best(rows, fusion.convex(scores[rows], nearness[rows]))
                found[narrowed, first + place, : len(best)] = best
    return found


def _best(rows: NDArray[np.int64], scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The ``TOP`` rows of the highest scores, best first, equals by row."""
    if len(rows) > TOP:
        high = scores >= np.partition(scores, -TOP)[-TOP]
        rows, scores = rows[high], scores[high]
    return rows[np.lexsort((rows, -scores))][:TOP]


def _bm25(corpus: Corpus, wanted: set[str]) -> Callable[[Sequence[str]], NDArray[np.float64]]:
    """What gives the BM25 score of every row for some terms: ``Okapi``'s, without its dictionary for each passage."""
    lengths = np.empty(corpus.passages)
    postings: dict[str, tuple[array[int], array[int]]] = {one: (array("i"), array("i")) for one in wanted}
    for row, held in enumerate(corpus.terms()):
        lengths[row] = len(held)
        for one, count in Counter(one for one in held if one in wanted).items():
            postings[one][0].append(row)
            postings[one][1].append(count)
    k1, b = Okapi([]).k1, Okapi([]).b
    relative = lengths / (lengths.mean() or 1.0)
    columns = {one: (np.array(rows), np.array(counts)) for one, (rows, counts) in postings.items() if rows}

    def scores(asked: Sequence[str]) -> NDArray[np.float64]:
        total = np.zeros(corpus.passages)
        for one, times in Counter(asked).items():
            if one in columns:
                rows, counts = columns[one]
                saturation = counts * (k1 + 1) / (counts + k1 * (1 - b + b * relative[rows]))
                total[rows] += times * inverse_frequency(corpus.passages, len(rows)) * saturation
        return total

    return scores


def _known(corpus: Corpus, drawn: random.Random, each: int) -> dict[int, str]:
    """Some rows, each with telling words out of its passage."""
    holding = corpus.holding()
    most = max(TELLING * corpus.passages, LEAST_HOLDING)
    candidates = set(drawn.sample(range(corpus.passages), min(corpus.passages, each * 4)))
    found: dict[int, str] = {}
    row = 0
    for document in corpus.documents():
        for passage in document.passages:
            if not passage.searched:
                continue
            if row in candidates:
                own = words(passage.text[passage.body - passage.start :])
                telling = dict.fromkeys(word for word in own if LEAST_HOLDING <= holding.get(term(word), 0) <= most)
                if len(telling) >= FEWEST_WORDS:
                    found[row] = " ".join(drawn.sample(list(telling), min(WORDS, len(telling))))
            row += 1
    return {row: found[row] for row in sorted(drawn.sample(sorted(found), min(each, len(found))))}


def _near(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    noise = np.random.default_rng(SEED).standard_normal(vectors.shape).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    near = vectors + _APART * noise
    found: NDArray[np.float32] = near / np.linalg.norm(near, axis=1, keepdims=True)
    return found
