"""Prepare a corpus and its questions: ``python -m benchmarks.preparing FOLDER --passages N [--reports DIR]``.

``benchmarks.peers`` starts this in a process of its own, since the model takes memory that others are to have.
"""

import argparse
import json
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import asked, made, prepared
from benchmarks.made import Made
from benchmarks.prepared import Corpus, Only, allowed, key
from corpus.model import Document, Passage
from corpus.sentences import sentences_of
from evaluation.reports import read_reports
from index.models.encoder import Encoder, SentenceEncoder
from index.texts import encoded_text, indexed_text
from index.words.analysis import terms

# What a narrowed search keeps of the passages, as nearly as documents allow, and at least so many passages.
KEPT = 0.01
FEWEST = 20

# The vectors of a document's searched passages, in order, of shape (passages, dimension).
Vectors = Callable[[Made, Sequence[Passage]], NDArray[np.float32]]

# The size for which the reports themselves are taken, whose passages are some 9,000.
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
    if options.reports and options.passages == REAL:
        real = (Made(document, ()) for document in read_reports(options.reports))
        corpus = prepare(options.folder, real, _encoded(encoder), "Ofsted's reports, with their own vectors")
        asked.ask(corpus, encoder)
        return 0
    sentences = made.real_sentences(options.reports)
    vectors = given(np.load(options.vectors, mmap_mode="r")) if options.vectors else _recombined(encoder, sentences)
    of = "real vectors of other texts" if options.vectors else "the means of their vectors"
    told = f"made of {len(sentences):,} real sentences, with {of}"
    corpus = prepare(options.folder, made.documents(options.passages, sentences), vectors, told)
    asked.ask(corpus, encoder, of_text=not options.vectors)
    return 0


def prepare(folder: Path, made: Iterable[Made], vectors: Vectors, told: str = "") -> Corpus:
    """Write a corpus, one document at a time; in memory are the vocabulary and some 100 bytes a passage."""
    folder.mkdir(parents=True, exist_ok=True)
    holding: Counter[str] = Counter()
    codes: dict[str, int] = {}
    councils, years, keys, key_rows, rows = [], [], [], [], []
    held = passages = dimension = 0
    with (
        (folder / prepared.DOCUMENTS).open("wb") as documents,
        (folder / prepared.TERMS).open("w", encoding="utf-8") as lines,
        (folder / prepared.VECTORS).open("wb") as written,
    ):
        for one in made:
            document = one.document
            searched = [passage for passage in document.passages if passage.searched]
            found = np.ascontiguousarray(vectors(one, searched), np.float32)
            written.write(found.tobytes())
            dimension = found.shape[1]
            pickle.dump(document, documents, pickle.HIGHEST_PROTOCOL)
            code = codes.setdefault(document.source.council.value or "", len(codes))
            councils.append(np.full(len(searched), code, np.int32))
            years.append(np.full(len(searched), int((document.source.date.value or "0")[:4]), np.int32))
            row = passages
            for passage in document.passages:
                rows.append(row if passage.searched else -1)
                row += passage.searched
            texts = [_texts(document, passage) for passage in searched]
            keys.append(np.array([key(text) for each in texts for text in each], np.uint64))
            key_rows.append(np.repeat(np.arange(passages, row, dtype=np.int32), [len(each) for each in texts]))
            for passage in searched:
                held_terms = terms(indexed_text(document, passage))
                lines.write(" ".join(held_terms) + "\n")
                holding.update(set(held_terms))
            held, passages = held + 1, row
    _save_keys(folder, np.concatenate(keys), np.concatenate(key_rows))
    arrays = {prepared.COUNCILS: np.concatenate(councils), prepared.YEARS: np.concatenate(years)}
    arrays |= {prepared.ROWS: np.array(rows, np.int32)}
    for name, array in arrays.items():
        np.save(folder / name, array)
    (folder / prepared.HOLDING).write_text(json.dumps(holding), encoding="ascii")
    only = _only(arrays[prepared.COUNCILS], arrays[prepared.YEARS], list(codes))
    kept = int(allowed(arrays[prepared.COUNCILS], arrays[prepared.YEARS], only).sum())
    corpus = Corpus(folder, told, held, passages, len(holding), dimension, kept, only)
    facts = {name: value for name, value in asdict(corpus).items() if name != "folder"}
    (folder / prepared.FACTS).write_text(json.dumps(facts), encoding="ascii")
    return corpus


def _texts(document: Document, passage: Passage) -> list[str]:
    """What our build asks the vectors of: the passage in its place, and its sentences."""
    said = [span.of(document.text) for span in sentences_of(passage)]
    return [encoded_text(document, passage), *(said or [passage.text])]


def _save_keys(folder: Path, keys: NDArray[np.uint64], rows: NDArray[np.int32]) -> None:
    """The distinct keys in order, each with the first row that has it."""
    distinct, places = np.unique(keys, return_index=True)
    np.save(folder / prepared.KEYS, distinct)
    np.save(folder / prepared.KEY_ROWS, rows[places])


def _only(councils: NDArray[np.int32], years: NDArray[np.int32], names: Sequence[str]) -> Only:
    """The council and year that keep a share of the passages nearest to the one wanted."""
    wanted = max(KEPT * len(councils), FEWEST)
    best = (float("inf"), 0, 0)
    for code in range(len(names)):
        of = years[councils == code]
        for since in np.unique(of).tolist():
            kept = int((of >= since).sum())
            if kept >= min(FEWEST, len(councils)):
                best = min(best, (abs(kept - wanted), code, since))
    _, code, since = best
    return Only(names[code], code, since)


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
