"""Print what the service keeps: ``python -m webapp.records problems|questions|opened [--records DIR]``.

Problems are for a person to read, whoever has no page to see them on; questions and documents opened are CSV. Exit
status 2 where they cannot be read.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from assistant.exports.pack_text import defused
from assistant.terminal import typed
from webapp.records import kept_questions, opened, reported
from webapp.records.database import KEPT, CannotKeep, Records


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m webapp.records", description="Print what the service keeps.")
    parser.add_argument("what", choices=_PRINTED, help="problems reported, questions kept, or documents opened")
    parser.add_argument("--records", type=Path, default=KEPT, metavar="DIR", help="where they are kept")
    options = parser.parse_args(arguments)
    try:
        with closing(Records(options.records)) as records:
            _PRINTED[options.what](records, options.records)
    except CannotKeep as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _problems(records: Records, place: Path) -> None:
    reports = reported.newest(records)
    print(f"{len(reports):,} problem{'' if len(reports) == 1 else 's'} reported in {place}.")
    for report in reports:
        print("\n".join(typed(line) for line in _lines(report)))


def _questions(records: Records, _place: Path) -> None:
    kept = kept_questions.listed(records)
    rows = ((time, question, "yes" if answered else "no") for time, question, answered in kept)
    _table(("time", "question", "answered"), rows)


def _opened(records: Records, _place: Path) -> None:
    _table(("time", "who", "document", "access"), opened.listed(records))


_PRINTED = {"problems": _problems, "questions": _questions, "opened": _opened}


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write CSV of which no cell is a formula to a spreadsheet."""
    written = csv.writer(sys.stdout)
    written.writerow(heading)
    written.writerows([defused(cell) for cell in row] for row in rows)


def _lines(report: reported.Report) -> Iterator[str]:
    """A report as a person reads it in a terminal."""
    yield f"\n{report.id}  {report.time:%Y-%m-%d %H:%M} UTC  {report.state.upper()}"
    yield f"   Asked: {report.question}"
    yield f"   Answered: {report.answer['message']} (index {report.generation})"
    for one in report.answer.get("evidence") or ():
        yield f"   {one['number']}  “{' '.join(one['quote'].split())}” – {one['citation']}"
    if report.wrong:
        yield f"   What is wrong: {report.wrong}"
    if report.comment:
        yield f"   Comment: {' / '.join(report.comment.splitlines())}"
    if report.note:
        yield f"   Note: {' / '.join(report.note.splitlines())}"


if __name__ == "__main__":
    sys.exit(main())
