"""How good the answers are: ``python -m evaluation [--questions FILE] [--index DIR] [--json] [--write]``.

With ``--beir FOLDER`` the index code is measured on a public collection instead. ``--write`` makes the committed table,
evaluation/results.md, anew; with ``--reports FOLDER`` (of Ofsted's PDFs, a folder a council) the questions about those
are asked too. With ``--milvus URI`` the same questions are asked of an index in a Milvus too, and the answers held
together; ``--write`` then makes evaluation/milvus.md. Exit status 0, or 2 where there is nothing to measure with.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.assistant import Assistant
from assistant.questions.followup import carried
from evaluation import ablation, milvus, report
from evaluation.beir import BadDataset, Query, run
from evaluation.cases import BadQuestions, read
from evaluation.fitting import RANKING, REPORTS
from evaluation.results import (
    CLIENT,
    REPORTS_FRESH,
    REPORTS_NEWEST,
    REPORTS_REPORTING,
    REPORTS_TOGETHER,
    REPORTS_TUNING,
    OnReports,
    written,
)
from index.files.generations import IndexUnusable
from index.local import LocalIndex
from index.milvus.connection import TOKEN_VARIABLE, Connection
from index.models.encoder import EncoderUnavailable, SentenceEncoder
from index.models.reader import Reader

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.md"
IN_MILVUS = HERE / "milvus.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    try:
        encoder = SentenceEncoder.load(options.encoder)
        if options.beir is not None:
            print(_beir(options.beir, encoder, options.json))
        elif options.milvus is not None:
            connection = Connection.open(options.milvus, os.environ.get(TOKEN_VARIABLE, ""))
            _told_or_written(milvus.written(options.index, connection, encoder, options.reports), options.write)
        elif options.write:
            RESULTS.write_text(_results(options.index, options.reports, encoder), encoding="utf-8")
            print(f"Wrote {RESULTS.name}.")
        else:
            print(_questions(options.questions, options.index, encoder, options.json))
    except (EncoderUnavailable, IndexUnusable, BadDataset, BadQuestions, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Measure how good the answers are.")
    parser.add_argument("--questions", type=Path, default=CLIENT, metavar="FILE", help="questions with their answers")
    parser.add_argument("--index", type=Path, default=HERE.parent / "index" / "built", metavar="DIR")
    parser.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    parser.add_argument("--beir", type=Path, metavar="FOLDER", help="a collection in BEIR's layout")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="Ofsted's reports, for --write")
    parser.add_argument("--milvus", metavar="URI", help="ask the questions of an index in this Milvus too")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="write results.md, with the ablation, or milvus.md")
    return parser


def _told_or_written(table: str, write: bool) -> None:
    if write:
        IN_MILVUS.write_text(table, encoding="utf-8")
    print(f"Wrote {IN_MILVUS.name}." if write else table)


def _questions(path: Path, index: Path, encoder: SentenceEncoder, as_json: bool) -> str:
    found = LocalIndex.open(index, encoder, Reader.load())
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


def _results(index: Path, reports: Path | None, encoder: SentenceEncoder) -> str:
    if reports is None:
        return written(index, encoder, None)
    from evaluation.reports import all_indexed, indexed  # only this needs a reader of PDFs

    with (
        indexed(reports, encoder, REPORTS) as (folder, documents),
        indexed(reports, encoder, RANKING.with_suffix(".txt")) as (ranking_folder, ranking),
        indexed(reports, encoder, REPORTS_FRESH.with_suffix(".txt")) as (fresh_folder, fresh),
        all_indexed(reports, encoder) as (together_folder, together),
    ):
        on_reports = OnReports(
            folder,
            read(REPORTS_TUNING, documents),
            read(REPORTS_REPORTING, documents),
            ranking_folder,
            read(RANKING, ranking),
            fresh_folder,
            read(REPORTS_FRESH, fresh),
            read(REPORTS_NEWEST, fresh),
            together_folder,
            read(REPORTS_TOGETHER, together),
        )
        return written(index, encoder, on_reports)


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
