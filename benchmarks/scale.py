"""How fast officers' searches are in a large corpus: ``python -m benchmarks.scale [--passages N] [--write]``.

The documents are made by recombining the real sentences of the five: minutes of many councils, committees and years,
about a hundred passages each, with numbers, headings and resolutions, read by the product's own reader. The vector of
a passage is the mean of its sentences' real ones, since encoding 100,000 passages would take an hour and change no
time that is measured here; questions are encoded by the real model. Seeded: the same corpus every time.
``--write`` makes benchmarks/scale.md anew.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.search.facets import Facet
from assistant.search.query import parse
from assistant.search.search import Order, Reading, Search, Searcher
from benchmarks.made import BODIES, COUNCILS, IN_DOCUMENT, OUTCOMES, SEED, real_sentences
from corpus.catalogue import Entry
from corpus.collection import read_document
from corpus.model import Document, Known
from index.build import build
from index.local import LocalIndex
from index.models.encoder import SentenceEncoder

T = TypeVar("T")

ROUNDS = 5

# A filtered search has filters of two facets besides; each is run with nothing kept of an earlier one.
FILTERED = frozenset({(Facet.KIND, "minutes"), (Facet.OUTCOME, "agreed")})
WORDS = (
    "improvement board independent chair",
    "average caseloads of social workers",
    "stability of the workforce",
    "health partners",
    "young people leaving care accommodation",
    "quality of supervision",
    "early help referrals",
    "agency staff",
    "voice of the child",
    "statutory direction commissioner",
)
PHRASES = (
    '"improvement board"',
    "improvement NEAR/5 board",
    '"social workers" caseloads -agency',
    "outcome:resolved care",
)
COMMON = ("children", "the care", "board")


class Recombined:
    """The default encoder, which for a text of many known sentences gives the mean of their vectors."""

    def __init__(self, encoder: SentenceEncoder, sentences: Sequence[str]) -> None:
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self._known = dict(zip(sentences, encoder.encode(sentences), strict=True))

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Vectors of length 1. A text in which no known sentence stands has one that is drawn by its words."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for place, text in enumerate(texts):
            held = [self._known[line] for line in text.split("  ") if line in self._known]
            drawn = np.random.default_rng(len(text)).standard_normal(self.dimension).astype(np.float32)
            vector = np.sum(held, axis=0) if held else drawn
            vectors[place] = vector / np.linalg.norm(vector)
        if progress is not None:
            progress(len(texts))
        return vectors

    def encode_in_portions(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The same vectors, all at once."""
        yield list(range(len(texts))), self.encode(texts)


def documents(passages: int, sentences: Sequence[str]) -> list[Document]:
    """Minutes made of ``sentences``, of about so many passages together."""
    drawn = random.Random(SEED)
    made = []
    for number in range(passages // IN_DOCUMENT):
        council, body = f"Council {number % COUNCILS + 1}", drawn.choice(BODIES)
        day = f"{2004 + number % 20}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
        paragraphs = (
            f"11.{n + 1}  " + "  ".join(drawn.choices(sentences, k=drawn.randint(1, 3))) for n in range(IN_DOCUMENT - 4)
        )
        outcome = (drawn.choice(OUTCOMES), "a)  That the report be noted.")
        text = "\n\n".join(["Agenda item", f"Report {number}", "Minutes:", *paragraphs, *outcome])
        facts = {"council": council, "body": body, "date": day, "kind": "minutes", "title": f"Report {number}"}
        entry = Entry("", {name: (value, Known.SUPPLIED, "") for name, value in facts.items()})
        made.append(read_document(f"report-{number}", f"report-{number}.txt", text, entry))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the corpus, index it, search it, and tell; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="Measure search in a large corpus.")
    parser.add_argument("--passages", type=int, default=100_000, metavar="N")
    parser.add_argument("--write", action="store_true", help="write benchmarks/scale.md")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.load()
    sentences = real_sentences()
    made, corpus = _timed(lambda: documents(options.passages, sentences))
    with tempfile.TemporaryDirectory() as folder:
        built, _ = _timed(lambda: build(corpus, Path(folder), Recombined(encoder, sentences)))
        opened, index = _timed(lambda: LocalIndex.open(Path(folder), encoder))
        rows = [("read the documents", [made]), ("build the index", [built]), ("open the index", [opened])]
        rows += _searches(index)
        held = f"{index.facts.passages:,} passages in {index.facts.documents:,} documents"
    lines = [
        f"{held}, on {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}).",
        "",
        "| what | times | median ms | p95 ms |",
        "| --- | --: | --: | --: |",
    ]
    for name, seconds in rows:
        p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
        lines.append(f"| {name} | {len(seconds)} | {statistics.median(seconds) * 1000:,.1f} | {p95 * 1000:,.1f} |")
    table = "\n".join(lines)
    print(table)
    if options.write:
        told = f"# How fast a large corpus is searched\n\nMade by `python -m benchmarks.scale --write`.\n\n{table}\n"
        Path(__file__).with_suffix(".md").write_text(told, encoding="utf-8")
    return 0


def _searches(index: LocalIndex) -> list[tuple[str, list[float]]]:
    plain = Search(parse(""))
    every = Search(parse(""), Reading.EVERY)
    filtered = Search(parse(""), chosen=FILTERED)
    kinds = {
        "words, best first, with counts": (WORDS, plain),
        "words and two filters, best first, with counts": (WORDS, filtered),
        "words and two filters, newest first, with counts": (WORDS, replace(filtered, order=Order.NEWEST)),
        "every mention of the words, with counts": (WORDS, every),
        "every mention of one common word, with counts": (COMMON, every),
        "phrases, nearness and exclusions, every mention": (PHRASES, every),
    }
    rows = []
    for name, (queries, search) in kinds.items():
        asked = [replace(search, query=parse(query)) for query in queries]
        Searcher(index).search(asked[0])
        seconds = []
        for _ in range(ROUNDS):
            fresh = Searcher(index)
            index.forget()
            seconds += [_timed(partial(fresh.search, one))[0] for one in asked]
        rows.append((name, seconds))
        rows.append((f"{name}: the second page", [_timed(partial(fresh.search, one, 2))[0] for one in asked]))
    return rows


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


if __name__ == "__main__":
    sys.exit(main())
