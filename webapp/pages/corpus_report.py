"""What the last build made of each file: what was read, what was not and why, and what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from corpus.access import Access
from corpus.dates import in_words
from corpus.receipts import Change, Fate, Receipt

pages = Blueprint("corpus_report", __name__)

# How many files of a kind are listed; report.json has them all.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """Files of a kind, as far as the page lists them, and how many more there are."""

    heading: str
    files: Sequence[Receipt]
    more: int = 0


@pages.get("/corpus/report")
def show() -> ResponseReturnValue:
    """The report. Papers set aside as private are counted for officers alone, and named in the index's own report."""
    report = g.assistant.index.report
    private = len(report.of(Fate.SET_ASIDE))
    built = datetime.fromisoformat(report.built)
    return render_template(
        "corpus_report.html",
        damaged=current_app.config["IN_PLACE_OF"](),
        day=in_words(built.date()),
        time=f"{built:%H:%M} UTC",
        counts=report.counts(),
        files=len(report.receipts) - private,
        private=private if g.visitor.access is Access.OFFICERS else 0,
        others=report.others,
        removed=report.changes.removed[:LONGEST],
        more_removed=len(report.changes.removed[LONGEST:]),
        troubles=[
            _listed("Could not be read", report.of(Fate.UNREADABLE)),
            _listed("Read, with something to look at", report.noted),
            _listed("Left out because another file says the same", report.of(Fate.DUPLICATE)),
        ],
        changes=[
            _listed("New", report.changed(Change.NEW)),
            _listed("Changed", report.changed(Change.CHANGED)),
            _listed("Unchanged", report.changed(Change.UNCHANGED)),
        ],
    )


def _listed(heading: str, receipts: Sequence[Receipt]) -> Listed:
    return Listed(heading, receipts[:LONGEST], len(receipts[LONGEST:]))
