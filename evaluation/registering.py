"""How far the register agrees with other readings of reports: ``python -m evaluation.registering --reports FOLDER``.

``FOLDER`` holds Ofsted's reports as ``<council>/<kind>-<day>.pdf`` and ``register.csv``, a public tool's reading:
``file``, ``start`` and ``end`` as DD/MM/YYYY, and a grade for each judgement. Its blanks, and words that are no grade,
are where it failed. ``evaluation/register.csv`` is a third reading, of the reports' raw text, made without sight of the
other two, and its blanks are what a report does not state. ``--write`` writes the tables to evaluation/register.md.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.inspections.inspections import inspections
from corpus.inspections.statements import Area, Grade, Inspection
from corpus.model import Document
from evaluation.reports import read_reports

HERE = Path(__file__).resolve().parent
REGISTER = "register.csv"
_ABOUT = """\
Made by `python -m evaluation.registering --reports FOLDER --write`. Every judgement and inspection date of the reports
at hand, as the program reads them from the PDFs, beside two other readings: evaluation/register.csv, read from the raw
text of the reports without sight of the program's, and a public tool's. Grades are compared as Ofsted's four words."""
_COLUMNS = {
    "overall": (Area.OVERALL,),
    "leaders": (Area.LEADERS,),
    "help_and_protection": (Area.HELP,),
    "in_care": (Area.IN_CARE, Area.IN_CARE_AND_LEAVERS),
    "care_leavers": (Area.LEAVERS,),
}
_DATES = ("start", "end")
_GRADES = {grade.value for grade in Grade}


@dataclass(frozen=True, slots=True)
class Compared:
    """One cell of the other reading beside ours; an empty string is a cell that a reading left out."""

    file: str
    column: str
    ours: str
    theirs: str

    @property
    def verdict(self) -> str:
        if self.theirs == self.ours:
            return "agree" if self.ours else "neither"
        if not self.theirs:
            return "only ours"
        return "only theirs" if not self.ours else "disagree"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status: 0, or 2 where there are no reports to read."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.registering", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=Path, required=True, metavar="FOLDER", help="reports and their register.csv")
    parser.add_argument("--write", action="store_true", help="write evaluation/register.md")
    options = parser.parse_args(arguments)
    try:
        documents = read_reports(options.reports)
        tool, text = (_rows(folder / REGISTER) for folder in (options.reports, HERE))
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    told = "\n\n".join(
        [
            *("# The register", _ABOUT),
            *("## Beside the reports' own text", as_markdown(list(compared(documents, text)))),
            *("## Beside a public tool", as_markdown(list(compared(documents, tool)))),
        ]
    )
    print(told)
    if options.write:
        (HERE / "register.md").write_text(told + "\n", encoding="utf-8")
    return 0


def compared(documents: Sequence[Document], rows: Sequence[Mapping[str, str]]) -> Iterator[Compared]:
    """Each cell of the other reading's rows beside that of the inspection that the report itself is of."""
    by_file = {document.source.path: document for document in documents}
    for row in rows:
        document = by_file.get(row["file"])
        if document is None:
            continue
        found = of_report(document)
        when = found.when if found else None
        for column, day in zip(_DATES, (when.first, when.last) if when else (None, None), strict=True):
            yield Compared(row["file"], column, day.isoformat() if day else "", _iso(row[column]))
        for column, areas in _COLUMNS.items():
            grades = sorted({judgement.grade.value for judgement in found.graded(*areas)}) if found else []
            theirs = row[column] if row[column] in _GRADES else ""
            yield Compared(row["file"], column, " or ".join(grades), theirs)


def of_report(document: Document) -> Inspection | None:
    """The inspection that one report is of: the one that it opens with."""
    found = [(inspection.named[0].span, inspection) for inspection in inspections([document]) if inspection.named]
    return min(found, key=lambda pair: pair[0] or (len(document.text), 0), default=(None, None))[1]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def as_markdown(cells: Sequence[Compared]) -> str:
    """The table of agreement, by column, and the list of what is not agreed."""
    verdicts = ("agree", "disagree", "only ours", "only theirs", "neither")
    lines = ["| cell | " + " | ".join(verdicts) + " |", "|---" * (len(verdicts) + 1) + "|"]
    for column in (*_DATES, *_COLUMNS, "all"):
        counts = Counter(cell.verdict for cell in cells if column in ("all", cell.column))
        lines.append(f"| {column} | " + " | ".join(str(counts[verdict]) for verdict in verdicts) + " |")
    unlike = [cell for cell in cells if cell.verdict in ("disagree", "only theirs")]
    if not unlike:
        return "\n".join([*lines, "", "They disagree nowhere."])
    lines += ["", "| report | cell | ours | theirs |", "|---|---|---|---|"]
    lines += [f"| {c.file} | {c.column} | {c.ours or 'not stated'} | {c.theirs or 'none'} |" for c in unlike]
    return "\n".join(lines)


def _iso(day: str) -> str:
    return "" if not day else date.isoformat(datetime.strptime(day, "%d/%m/%Y").date())


if __name__ == "__main__":
    sys.exit(main())
