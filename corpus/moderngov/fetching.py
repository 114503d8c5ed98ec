"""The order of the steps: the bodies asked for, and their meetings from the newest.

A meeting is read when it is new, was not complete, lies within the rolling window (minutes are amended until the next
meeting confirms them), or has been confirmed by a later one; when a file of it is missing, or it is no longer listed.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from corpus.dates import in_words
from corpus.moderngov import asking
from corpus.moderngov.faults import Gone, NotFetched
from corpus.moderngov.keeping import forget, keep, status
from corpus.moderngov.records import Committee, Sitting
from corpus.moderngov.run import Run


def fetch(run: Run) -> None:
    """Fetch what is wished for into the folder. What could not be fetched is in the report, and the rest is there."""
    wish = run.wish
    for committee in wish.committees:
        try:
            listed = asking.sittings(run.service, committee.id, wish.first, wish.last)
        except NotFetched as fault:
            _failed(run, f"{committee.title}, its meetings: {fault}")
        else:
            for identity, day in _meetings(run, committee, listed):
                if not run.is_over:
                    _visit(run, committee, identity, day, any(sitting.id == identity for sitting in listed))
        if run.is_over:
            count = run.service.failures
            run.report.stopped = f"Stopped: the host failed or refused {count} requests in a row. Run it again later."
            return


def _meetings(run: Run, committee: Committee, listed: Sequence[Sitting]) -> list[tuple[str, date]]:
    """The meetings to read, by id and day. The newest come first, because they say what they confirm of the others.

    One that is held and no longer listed is among them: it is asked for by itself before it is believed to be gone.
    """
    found = {sitting.id: sitting.day for sitting in listed if sitting.day <= run.wish.today}
    cancelled = {sitting.id for sitting in listed if sitting.cancelled}
    unlisted = {
        identity: date.fromisoformat(visit.day)
        for identity, visit in run.shelf.visits.items()
        if identity not in found and visit.committee == committee.id
    }
    unlisted = {identity: day for identity, day in unlisted.items() if run.wish.first <= day <= run.wish.last}
    meetings = found | unlisted
    for identity in cancelled - run.shelf.visits.keys():
        meetings.pop(identity, None)
    return sorted(meetings.items(), key=lambda pair: (pair[1], int(pair[0])), reverse=True)


def _visit(run: Run, committee: Committee, identity: str, day: date, is_listed: bool) -> None:
    """One meeting read, if it is due. One that is listed and yet not found is a fault of the host's, not gone."""
    if is_listed and not _is_due(run, committee, identity, day):
        run.report.not_due += 1
        return
    name = f"{committee.title}, {in_words(day)}"
    before = run.report.counts()
    try:
        meeting = asking.meeting(run.service, identity)
    except NotFetched as fault:
        if is_listed or not isinstance(fault, Gone):
            _failed(run, f"{name}: {fault}")
            return
        meeting = None
    run.report.read += 1
    if meeting is None:
        forget(run, identity)
    else:
        keep(run, committee, meeting)
    written, amended, unchanged, withdrawn = (now - then for now, then in zip(run.report.counts(), before, strict=True))
    run.tell(f"{name}: {written} new, {amended} amended, {unchanged} unchanged, {withdrawn} withdrawn")


def _is_due(run: Run, committee: Committee, identity: str, day: date) -> bool:
    visit = run.shelf.visits.get(identity)
    return (
        visit is None
        or not visit.complete
        or day >= run.wish.today - timedelta(days=run.wish.again)
        or visit.status != status(run, committee, day, visit.said)
        or not all(run.shelf.has(held) for held in visit.held.values())
    )


def _failed(run: Run, what: str) -> None:
    run.report.failed.append(what)
    run.tell(what)
