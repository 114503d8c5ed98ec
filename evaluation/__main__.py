"""How good the answers are: ``python -m evaluation [--questions FILE] [--index DIR] [--json] [--write]``.

With ``--beir FOLDER`` the index code is measured on a public collection instead. ``--write`` makes the committed table,
evaluation/results.md, anew. Exit status 0, or 2 where there is nothing to measure with.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.assistant import Assistant
from assistant.followup import carried
from evaluation import ablation, report
from evaluation.beir import BadDataset, Query, run
from evaluation.cases import BadQuestions, read
from index.encoder import EncoderUnavailable, SentenceEncoder
from index.generations import IndexUnusable
from index.local import LocalIndex

HERE = Path(__file__).resolve().parent
REPORTING = HERE / "questions" / "questions.jsonl"
TUNING = HERE / "questions" / "tuning.jsonl"
RESULTS = HERE / "results.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    try:
        encoder = SentenceEncoder.load(options.encoder)
        if options.beir is not None:
            print(_beir(options.beir, encoder, options.json))
        elif options.write:
            RESULTS.write_text(_results(options.index, encoder), encoding="utf-8")
            print(f"Wrote {RESULTS.name}.")
        else:
            print(_questions(options.questions, options.index, encoder, options.json))
    except (EncoderUnavailable, IndexUnusable, BadDataset, BadQuestions, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Measure how good the answers are.")
    parser.add_argument(
        "--questions", type=Path, default=REPORTING, metavar="FILE", help="questions with their answers"
    )
    parser.add_argument("--index", type=Path, default=HERE.parent / "index" / "built", metavar="DIR")
    parser.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    parser.add_argument("--beir", type=Path, metavar="FOLDER", help="a collection in BEIR's layout")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="write evaluation/results.md, with the ablation")
    return parser


def _questions(path: Path, index: Path, encoder: SentenceEncoder, as_json: bool) -> str:
    found = LocalIndex.open(index, encoder)
    cases = read(path)
    outcomes = ablation.outcomes(Assistant(found), cases)
    if as_json:
        return json.dumps(report.as_json(outcomes), indent=2)
    ways = [(name, ablation.outcomes(assistant, cases)) for name, assistant in ablation.ways(found)]
    parts = [
        report.by_type(outcomes),
        report.exact(outcomes),
        report.table("way of ranking", [*ways, ("convex (chosen)", outcomes)]),
        f"Not yet right:\n{report.misses(outcomes)}",
    ]
    return "\n\n".join(parts)


def _results(index: Path, encoder: SentenceEncoder) -> str:
    """The committed table: the reporting questions, and the ablation on the tuning questions that chose the parts."""
    found = LocalIndex.open(index, encoder)
    documents = [document for source in found.sources if (document := found.document(source.id))]
    reporting, tuning = read(REPORTING), read(TUNING)
    outcomes = ablation.outcomes(Assistant(found), reporting)

    def compared(variants: Iterable[tuple[str, Assistant]], first: str) -> str:
        return report.table(first, [(name, ablation.outcomes(assistant, tuning)) for name, assistant in variants])

    rankings = [*ablation.ways(found), ("convex (chosen)", Assistant(found))]
    on_reporting = [(name, ablation.outcomes(assistant, reporting)) for name, assistant in rankings]
    return "\n\n".join(
        [
            "# How good the answers are",
            "Made by `python -m evaluation --write`. `questions.jsonl` is the reporting set: no threshold, weight or "
            "fusion is chosen on it, though its failures were read while the mechanisms were built: it is not blind. "
            "`tuning.jsonl` is the set they are chosen on. A span of an answer counts as recalled when quotes shown of "
            "its document cover 80% of its characters; “to the point” is the share of the evidence shown that overlaps "
            "an answer; silence is right where the documents do not say, wrong where they do.",
            "## The reporting questions",
            report.by_type(outcomes),
            report.exact(outcomes),
            "Not yet right:",
            report.misses(outcomes),
            "### By way of ranking",
            report.table("way of ranking", on_reporting),
            "## What was chosen on the tuning questions",
            "103 of these have answers, so one question is 0.01 of recall. Differences of two questions or fewer are "
            "taken for noise: a choice stays until another is better by more.",
            "### The way of ranking",
            compared(rankings, "way of ranking"),
            "### The share of the cosine",
            compared(ablation.weights(index, encoder), "fusion"),
            "### What a vector is of",
            compared(ablation.contexts(documents, encoder), "encoded text"),
            "",
        ]
    )


def _beir(folder: Path, encoder: SentenceEncoder, as_json: bool) -> str:
    measures = run(folder, encoder, text_of=_text, progress=_told)
    return json.dumps([asdict(one) for one in measures], indent=2) if as_json else report.beir_table(measures)


def _text(query: Query) -> str:
    """What the assistant would search for at the end of that conversation."""
    return carried(query.text, query.history, ()).text


def _told(stage: str, done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        print(f"{stage}: {done:,} of {total:,}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
