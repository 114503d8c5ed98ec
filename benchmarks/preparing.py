"""Prepare a corpus and its questions: ``python -m benchmarks.preparing FOLDER --passages N [--reports DIR]``.

``benchmarks.peers`` starts this in a process of its own, since the model takes memory that others are to have.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import asked, made
from benchmarks.made import Made
from benchmarks.prepared import Vectors, prepare
from corpus.model import Passage
from evaluation.reports import read_reports
from index.build import encoded_text
from index.encoder import Encoder, SentenceEncoder

# The size that the reports themselves have, some 9,500 passages.
REAL = 10_000
# How much of a made vector is noise, so that no two passages have the same: a cosine of some 0.96 with the mean.
NOISE = 0.3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preparing", description="Prepare a corpus.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, required=True, metavar="N")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="Ofsted's reports")
    parser.add_argument("--vectors", type=Path, metavar="FILE", help="an array of real vectors, a row a passage")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.load()
    held = given(np.load(options.vectors, mmap_mode="r")) if options.vectors else None
    of = "vectors of other texts" if held else "their own vectors"
    if options.reports and options.passages == REAL:
        real = (Made(document, ()) for document in read_reports(options.reports))
        corpus = prepare(options.folder, real, held or _encoded(encoder), f"Ofsted's reports, with {of}")
    else:
        sentences = made.real_sentences(options.reports)
        documents = made.documents(options.passages, sentences)
        told = f"made of {len(sentences):,} real sentences, with {of if held else 'the means of their vectors'}"
        corpus = prepare(options.folder, documents, held or _recombined(encoder, sentences), told)
    asked.ask(corpus, encoder, of_text=held is None)
    return 0


def _encoded(encoder: Encoder) -> Vectors:
    """The real vectors of passages, as our build makes them."""

    def vectors(one: Made, searched: Sequence[Passage]) -> NDArray[np.float32]:
        return encoder.encode([encoded_text(one.document, passage) for passage in searched])

    return vectors


def _recombined(encoder: Encoder, sentences: Sequence[str]) -> Vectors:
    """The mean of the real vectors of a passage's sentences, with a little noise; noise alone where it has none."""
    known = encoder.encode(sentences)
    drawn = np.random.default_rng(made.SEED)

    def vectors(one: Made, searched: Sequence[Passage]) -> NDArray[np.float32]:
        noise = drawn.standard_normal((len(searched), known.shape[1]), np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        for place, numbers in enumerate(one.sentences):
            if numbers:
                mean = known[list(numbers)].mean(axis=0)
                noise[place] += mean / np.linalg.norm(mean)
        found: NDArray[np.float32] = noise / np.linalg.norm(noise, axis=1, keepdims=True)
        return found

    return vectors


def given(held: NDArray[np.floating]) -> Vectors:
    """The vectors of a file in turn, made of length 1."""
    row = 0

    def vectors(one: Made, searched: Sequence[Passage]) -> NDArray[np.float32]:
        nonlocal row
        row += len(searched)
        if row > len(held):
            raise ValueError(f"The file of vectors has {len(held):,}, and there are more passages: give a longer one.")
        found = np.array(held[row - len(searched) : row], np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    return vectors


if __name__ == "__main__":
    sys.exit(main())
