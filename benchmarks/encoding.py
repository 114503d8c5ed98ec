"""How fast a build encodes: ``python -m benchmarks.encoding [--documents FOLDER] [--every N] [--write]``.

The texts are those that a build encodes, each once: passages behind their headings, and their sentences. They are
encoded by the same model in two ways, turn about in one process: as sentence-transformers does by default (32 texts at
once, in full precision) and as a build does. What other programs do meanwhile slows both, so the ratio is what to
read. ``--every 10`` takes every tenth text; ``--write`` makes benchmarks/encoding.md anew.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.collection import Collection
from corpus.model import Document
from corpus.sentences import sentences_of
from index.models.encoder import SentenceEncoder
from index.models.processor import halves_precision, threads, use_threads
from index.texts import encoded_text

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE.parent / "corpus" / "documents"
PROCESSORS = Path("/proc/cpuinfo")
QUESTION = "What did Ofsted say about the contribution of health partners?"
QUESTIONS = 50  # a question alone takes some 10 ms: as many in a round as can be told from noise

DEFAULT, OURS = "sentence-transformers by default", "as a build does"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoding", description="Measure how fast texts encode.")
    parser.add_argument("--documents", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--encoder", metavar="NAME_OR_FOLDER")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="encode every Nth text")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way has its turn")
    parser.add_argument("--write", action="store_true", help="write benchmarks/encoding.md")
    options = parser.parse_args(arguments)
    found = Collection.open(options.documents or [DOCUMENTS]).read().documents
    measured = measure(SentenceEncoder.load(options.encoder), texts(found)[:: options.every], options.rounds)
    print(measured)
    if options.write:
        (HERE / "encoding.md").write_text(
            f"# How fast a build encodes\n\nMade by `python -m benchmarks.encoding{_given(options)} --write`.\n\n"
            f"{measured}\n",
            encoding="utf-8",
        )
    return 0


def _given(options: argparse.Namespace) -> str:
    """The options that decide what is encoded, as they were typed; a folder's name is nobody's business."""
    documents = " --documents FOLDER" if options.documents else ""
    return f"{documents}{f' --every {options.every}' if options.every > 1 else ''}"


def texts(documents: Sequence[Document]) -> list[str]:
    """What a build of the documents encodes: each passage and each sentence, once."""
    pairs = [(document, passage) for document in documents for passage in document.passages if passage.searched]
    passages = [encoded_text(document, passage) for document, passage in pairs]
    sentences = [span.of(document.text) for document, passage in pairs for span in sentences_of(passage)]
    return list(dict.fromkeys([*passages, *sentences]))


def measure(encoder: SentenceEncoder, texts: Sequence[str], rounds: int) -> str:
    """What there is to say of the two ways, as Markdown."""
    model = encoder.model()
    given = list(texts)
    cores = threads()  # what the library would work in; ours takes one for a question

    def default(asked: list[str]) -> NDArray[np.float32]:
        use_threads(cores)
        made: NDArray[np.float32] = model.encode(asked, show_progress_bar=False)
        return made

    ways = {DEFAULT: lambda: default(given), OURS: lambda: encoder.encode(given)}
    alone = {DEFAULT: lambda: default([QUESTION]), OURS: lambda: encoder.encode([QUESTION])}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    questions: dict[str, list[float]] = {way: [] for way in ways}
    vectors: dict[str, NDArray[np.float32]] = {}
    for first in (lambda: default(given[:100]), lambda: encoder.encode(given[:100]), *alone.values()):
        first()  # so that what is slow only once is done
    for _ in range(rounds):
        for way in ways:
            started = time.perf_counter()
            vectors[way] = ways[way]()
            seconds[way].append(time.perf_counter() - started)
        for way in list(alone) * QUESTIONS:
            started = time.perf_counter()
            alone[way]()
            questions[way].append(time.perf_counter() - started)
    pieces = sum(len(ids) for ids in model.tokenizer(given, truncation=True, max_length=model.max_seq_length).input_ids)
    usual = statistics.median(seconds[DEFAULT])
    lines = [
        f"{len(given):,} texts of {pieces:,} word pieces, {rounds} times each way, on {os.cpu_count()} cores "
        f"({_processor()}, Python {platform.python_version()}), in {_precision()} precision.",
        "",
        "| way | median s | texts a second | word pieces a second | times the default | a question alone, ms |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for way in ways:
        median = statistics.median(seconds[way])
        question = statistics.median(questions[way]) * 1000
        lines.append(
            f"| {way} | {median:,.1f} | {len(given) / median:,.0f} | {pieces / median:,.0f} "
            f"| {usual / median:.2f} | {question:.1f} |"
        )
    threaded = f"A question alone is read in one thread by us, and in {cores} by default (see `use_threads`)."
    return "\n".join([*lines, "", threaded, "", *_nearness(encoder, given, vectors)])


def _nearness(encoder: SentenceEncoder, texts: list[str], vectors: dict[str, NDArray[np.float32]]) -> list[str]:
    """How near the vectors are to those of full precision, and to themselves in other company."""
    full = vectors[DEFAULT] / np.linalg.norm(vectors[DEFAULT], axis=1, keepdims=True)
    cosines = (full * vectors[OURS]).sum(axis=1)
    again = encoder.encode(texts[::2])
    company = (again * vectors[OURS][::2]).sum(axis=1)
    furthest = np.abs(again - vectors[OURS][::2]).max()
    return [
        f"Cosine of a text's two vectors: {cosines.mean():.6f} in the mean, {cosines.min():.6f} at the least.",
        "",
        f"Every second text encoded again without the others: cosine {company.min():.6f} at the least, "
        f"numbers that differ by {furthest:.1e} at the most.",
    ]


def _precision() -> str:
    return "half" if halves_precision() else "full"


def _processor() -> str:
    """What the processor calls itself."""
    if PROCESSORS.is_file():
        for line in PROCESSORS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
