"""Fetch the minutes, decisions and papers that a council publishes through ModernGov into a folder of documents.

    python -m corpus.moderngov https://democracy.example.gov.uk --list-bodies
    python -m corpus.moderngov https://democracy.example.gov.uk --body "Cabinet" [--body ...] --documents DIR
        [--from 2019-01-01] [--to 2020-12-31] [--council NAME] [--again DAYS] [--rate SECONDS]

Only what is published and not restricted is asked for, one request at a time, and from the host given alone. Run it
again to go on where it was interrupted, and to have what has been published, amended, confirmed or withdrawn since.

Exit status: 0, all is fetched; 1, something could not be fetched or the run was interrupted (the rest is in the
folder); 2, nothing was done, because the host does not answer, it has no such body, or the folder cannot be used.
"""

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from corpus.folding import fold, on_one_line
from corpus.moderngov import asking
from corpus.moderngov.faults import NotFetched
from corpus.moderngov.fetching import fetch
from corpus.moderngov.records import Committee
from corpus.moderngov.report import Report
from corpus.moderngov.run import WINDOW, Run, Wish
from corpus.moderngov.service import RATE, Service
from corpus.moderngov.shelf import Shelf, ShelfUnusable
from corpus.reading import formats

_YEAR = timedelta(days=365)


class Unclear(Exception):
    """A wish that cannot be granted as it stands; the text says what to ask instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = _parser().parse_args(arguments)
    report = Report()
    try:
        service = _service(options)
        found = asking.committees(service)
        if options.list_bodies:
            print("\n".join(f"{body.id:>6}  {body.title}" for body in sorted(found, key=lambda body: body.title)))
            return 0
        wish = _wish(options, found)
        with Shelf.open(options.documents, service.base, options.council) as shelf:
            fetch(Run(service, shelf, wish, report, _tell))
    except NotFetched as fault:
        print(f"The bodies of {options.site} could not be fetched: {fault}.", file=sys.stderr)
        return 2
    except (Unclear, ShelfUnusable) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{report.summary()}\nInterrupted. Run it again to go on.")
        return 1
    print(report.summary())
    return 1 if report.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m corpus.moderngov",
        description="Fetch what a council publishes through ModernGov into a folder of documents.",
    )
    parser.add_argument(
        "site", metavar="ADDRESS", help="the council's ModernGov site: https://democracy.example.gov.uk"
    )
    parser.add_argument("--list-bodies", action="store_true", help="list the council's bodies, and fetch nothing")
    parser.add_argument(
        "--body", action="append", default=[], metavar="NAME", help="a body by its name or number; again for more"
    )
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help="meetings from this day, 2019-01-01 "
        "(default: a year before the last)"
    )  # fmt: skip
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="meetings up to this day (default: today)")
    parser.add_argument("--documents", type=Path, metavar="DIR", help="the folder to write to, one for each council")
    parser.add_argument("--council", default="", metavar="NAME", help="the council's name, for its documents")
    parser.add_argument(
        "--again", type=_count, default=WINDOW, metavar="DAYS", help="read meetings of the last DAYS once more, "
        f"because minutes are amended until they are confirmed (default: {WINDOW})"
    )  # fmt: skip
    parser.add_argument(
        "--rate", type=_seconds, default=RATE, metavar="SECONDS", help=f"rest after each answer (default: {RATE:g})"
    )
    return parser


def _service(options: argparse.Namespace) -> Service:
    try:
        return Service.open(options.site, options.rate)
    except ValueError as error:
        raise Unclear(str(error)) from error


def _wish(options: argparse.Namespace, found: Sequence[Committee]) -> Wish:
    if not options.body or options.documents is None:
        raise Unclear("Name a --body (--list-bodies lists them) and the folder to write to, --documents DIR.")
    today = date.today()
    last = options.last or today
    first = options.first or last - _YEAR
    if first > last:
        raise Unclear(f"No day is from {first} and up to {last}.")
    bodies = {body.id: body for name in options.body for body in _named(name, found)}
    return Wish(list(bodies.values()), first, last, today, tuple(sorted(formats.READERS)), options.again)


def _named(name: str, found: Sequence[Committee]) -> list[Committee]:
    """The bodies of a name or number; a body that was made anew has the same name twice, and both are meant."""
    bodies = [body for body in found if name.strip() == body.id or _plain(name) == _plain(body.title)]
    if not bodies:
        titles = {_plain(body.title): body.title for body in found}
        like = difflib.get_close_matches(_plain(name), titles, n=5, cutoff=0.4)
        hint = f" Did you mean {' or '.join(repr(titles[title]) for title in like)}?" if like else ""
        raise Unclear(f"The council has no body {name!r}.{hint} --list-bodies lists them all.")
    return bodies


def _plain(title: str) -> str:
    return on_one_line(fold(title)).casefold()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2019-09-03") from error


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days")
    return int(text)


def _seconds(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return float(text)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
