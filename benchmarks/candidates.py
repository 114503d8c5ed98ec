"""What is lost when a corpus's sentences are not searched: the second table of benchmarks/dense.py.

The whole search ranks every passage by the fusion of BM25 and nearness, of which half is a passage's cosine and half
that of its best sentence. Here its ten best are looked for among the passages that come from a few searches alone.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from index import fusion
from index.models.encoder import Encoder
from index.ranking import best
from index.texts import encoded_text, indexed_text, sentence_texts
from index.words import analysis
from index.words.lexical import Lexical

DEPTHS = (50, 100, 300, 1_000)
SIZES = (1_000, 2_000, 4_000)
ASKED = 200
_TEN = 10
_SEED = 1


def table(encoder: Encoder, documents: Sequence[Document], asked: Sequence[str]) -> Iterator[str]:
    """The table, for growing numbers of the documents' passages, drawn at random, and for all of them."""
    pairs = [(document, passage) for document in documents for passage in document.passages if passage.searched]
    sentences = [sentence_texts(*pair) for pair in pairs]
    passages = encoder.encode([encoded_text(*pair) for pair in pairs])
    each = encoder.encode([text for texts in sentences for text in texts])
    first = np.cumsum([0, *map(len, sentences)])
    terms = [analysis.terms(indexed_text(*pair)) for pair in pairs]
    questions = encoder.encode(asked)
    # The cosine of each passage and of its best sentence, for each question.
    near = questions @ passages.T
    by_sentence = questions @ each.T
    drawn = np.random.default_rng(_SEED)
    yield "## Without the search of sentences"
    yield ""
    yield (
        f"{len(pairs):,} real passages with {len(each):,} sentences, {len(asked)} questions of the evaluation. How "
        "many of the ten best by the whole search are among the candidates, if those are the d best by BM25 and the d "
        "nearest passages; and if they are also the passages of the d nearest sentences."
    )
    yield ""
    heads = [f"d = {depth:,} | and sentences" for depth in DEPTHS]
    yield f"| passages | {' | '.join(heads)} |"
    yield "| --: |" + " --: | --: |" * len(DEPTHS)
    for size in [*(size for size in SIZES if size < len(pairs)), len(pairs)]:
        rows = np.sort(drawn.choice(len(pairs), size, replace=False))
        lexical = Lexical.build([terms[row] for row in rows])
        of_row = np.concatenate([np.arange(first[row], first[row + 1]) for row in rows])
        counts = first[rows + 1] - first[rows]
        shares = []
        for number, question in enumerate(asked):
            bm25 = lexical.scores(analysis.terms(question)).astype(np.float64)
            shares.append(found(bm25, near[number, rows], by_sentence[number, of_row], counts, DEPTHS))
        cells = [f"{without:.2%} | {with_them:.2%}" for without, with_them in np.mean(shares, axis=0)]
        yield f"| {size:,} | {' | '.join(cells)} |"


def found(
    bm25: NDArray[np.float64],
    near: NDArray[np.float32],
    by_sentence: NDArray[np.float32],
    counts: NDArray[np.int64],
    depths: Sequence[int],
) -> list[tuple[float, float]]:
    """For each depth the share of the ten best that are candidates, without the nearest sentences and with them.

    ``bm25`` and ``near`` are of each passage, ``by_sentence`` of each sentence, of which a passage has ``counts``.
    """
    ends = np.cumsum(counts)
    nearness = (near + np.maximum.reduceat(by_sentence, ends - counts)) / 2
    ten = _highest(fusion.convex(bm25, nearness), _TEN)
    shares = []
    for depth in depths:
        without = np.union1d(best(bm25, depth), _highest(near, depth))
        of_sentences = np.searchsorted(ends, _highest(by_sentence, depth), side="right")
        lists = without, np.union1d(without, of_sentences)
        shares.append((float(np.isin(ten, lists[0]).mean()), float(np.isin(ten, lists[1]).mean())))
    return shares


def _highest(scores: NDArray[np.floating], top: int) -> NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:top]
