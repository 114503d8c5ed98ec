"""One meeting: what is published of it put on the shelf, and what is published no more taken off.

Minutes are published where the meeting and the item say so, decisions where either does, attachments once either is;
what is restricted, or hidden, or in an item that is, is never asked for, even where it is listed a second time.
"""

import re
from dataclasses import replace
from datetime import date

from corpus.dates import in_words
from corpus.folding import on_one_line
from corpus.moderngov import asking
from corpus.moderngov.confirming import confirmed
from corpus.moderngov.faults import Gone, NotFetched, NotWanted
from corpus.moderngov.naming import page_name, paper_name
from corpus.moderngov.page import LONGEST, page, sections
from corpus.moderngov.records import Attachment, Committee, Item, Meeting, Status
from corpus.moderngov.run import Run
from corpus.moderngov.shelf import Held, Visit

# A paper that is the minutes of another day: "6 - CHAIR APPROVED Minutes Audit Committee 25 Nov 2025".
_MINUTES = re.compile(r"\W*(?:\w+\W+){0,4}minutes\b", re.IGNORECASE)


def keep(run: Run, committee: Committee, meeting: Meeting) -> None:
    """A meeting as it was read, on the shelf; an attachment that could not be fetched leaves it incomplete."""
    report, failures = run.report, len(run.report.failed)
    visit = _opened(run, committee, meeting)
    public = [item for item in meeting.items if not item.restricted]
    report.withheld += sum(1 + len(item.attachments) for item in meeting.items if item.restricted)
    wanted = set()
    for item in filter(sections, public):
        wanted.add(f"item {item.id}")
        visit = _put_item(run, meeting, visit, item)
    kept_back = {p.id for item in meeting.items for p in item.attachments if item.restricted or p.restricted}
    is_published = bool(wanted) or meeting.minutes_published
    of_items: list[tuple[Item | None, Attachment]] = [(item, paper) for item in public for paper in item.attachments]
    for item_of, attachment in [*of_items, *((None, paper) for paper in meeting.attachments)]:
        key = f"attachment {attachment.id}"
        if attachment.restricted or attachment.id in kept_back:
            report.withheld += 1
        elif not is_published or not _is_out(attachment, item_of, run.wish.today):
            report.unpublished += 1
        elif key not in wanted:
            wanted.add(key)
            visit = visit if run.is_over else _put_paper(run, meeting, visit, item_of, attachment)
    gone = [key for key in visit.held if key not in wanted]
    report.withdrawn += [visit.held[key].path for key in gone if visit.held[key].path]
    visit = run.shelf.withdraw(meeting.id, visit, gone)
    complete = meeting.minutes_published and len(report.failed) == failures
    run.shelf.finish(meeting.id, replace(visit, read=run.wish.today.isoformat(), complete=complete))


def forget(run: Run, identity: str) -> None:
    """A meeting that is no more, off the shelf with all that was of it."""
    if identity in run.shelf.visits:
        run.report.withdrawn += [held.path for held in run.shelf.visits[identity].held.values() if held.path]
        run.shelf.forget(identity)


def status(run: Run, committee: Committee, day: date, said: Status) -> Status:
    """Whether the minutes of a day are confirmed: a later meeting's minutes say more than the service does."""
    visits = (visit for visit in run.shelf.visits.values() if visit.committee == committee.id)
    return Status.CONFIRMED if any(day.isoformat() in visit.confirms for visit in visits) else said


def _opened(run: Run, committee: Committee, meeting: Meeting) -> Visit:
    """The visit to a meeting, with what is held of it, before anything has been put on the shelf."""
    day = meeting.day.isoformat()
    url = run.service.address(f"ieListDocuments.aspx?CId={committee.id}&MId={meeting.id}")
    known = run.shelf.visits.get(meeting.id)
    now = status(run, committee, meeting.day, meeting.status)
    if known and known.held and known.status != now and now is Status.CONFIRMED:
        run.report.confirmed.append(f"{committee.title}, {in_words(meeting.day)}")
    return Visit(
        committee.id,
        committee.title,
        day,
        url,
        said=meeting.status,
        status=now,
        confirms=tuple(sorted(found.isoformat() for found in confirmed(meeting))),
        held=known.held if known else {},
    )


def _is_out(attachment: Attachment, item: Item | None, today: date) -> bool:
    if attachment.day is not None and attachment.day > today:
        return False
    return not attachment.of_decision or item is None or item.decision_published


def _put_item(run: Run, meeting: Meeting, visit: Visit, item: Item) -> Visit:
    key = f"item {item.id}"
    before = visit.held.get(key)
    parts = sections(item)
    if sum(map(len, parts)) > LONGEST:
        run.report.skipped.append(f"{visit.body}, {in_words(meeting.day)}, {item.title}: longer than minutes are")
        return visit
    url = run.service.address(f"mgAi.aspx?ID={item.id}")
    content = page(item, run.shelf.council, url, visit.status).encode()
    now = Held(
        before.path if before else page_name(visit.body, meeting.day, item.number, item.title, item.id),
        url,
        item.title,
        asking.digest(item.title, *map(on_one_line, parts)),
        run.wish.today.isoformat(),
        minutes=True,
    )
    as_it_is = before is not None and run.shelf.holds(before, content)
    return _put(run, meeting.id, visit, key, now, None if as_it_is else content)


def _put_paper(run: Run, meeting: Meeting, visit: Visit, item: Item | None, attachment: Attachment) -> Visit:
    key = f"attachment {attachment.id}"
    before = visit.held.get(key)
    seen = asking.digest(attachment.title, attachment.url, str(attachment.day), *run.wish.readable)
    if before is not None and before.seen == seen and run.shelf.has(before):
        run.report.unchanged += bool(before.path)
        return visit
    named = f"{visit.body}, {in_words(meeting.day)}, {attachment.title or key}"
    today = run.wish.today.isoformat()
    try:
        url = run.service.address(attachment.url or _url(run, attachment))
        paper = asking.paper(run.service, url, run.wish.readable)
    except NotWanted as reason:
        run.report.skipped.append(f"{named}: {reason}")
        run.report.withdrawn += [before.path] if before is not None and before.path else []
        now = Held("", attachment.url, attachment.title, "", today, seen=seen, reason=str(reason))
        return run.shelf.put(meeting.id, visit, key, now, None)
    except NotFetched as fault:
        run.report.failed.append(f"{named}: {fault}")
        return visit
    number = item.number if item else ""
    path = paper_name(visit.body, meeting.day, number, attachment.title, attachment.id, paper.suffix)
    minutes = bool(_MINUTES.match(attachment.title))
    now = Held(
        before.path if before is not None and before.path.endswith(paper.suffix) else path,
        url,
        attachment.title,
        asking.digest(paper.content),
        today,
        minutes=minutes,
        dated=item is None or not minutes,
        seen=seen,
    )
    return _put(run, meeting.id, visit, key, now, paper.content)


def _url(run: Run, attachment: Attachment) -> str:
    """Where an attachment is that is listed without its address."""
    found = asking.attachment(run.service, attachment.id)
    if found is None or not found.url:
        raise Gone("the service does not say where it is")
    if found.restricted:
        raise NotWanted("the service keeps it from the public")
    return found.url


def _put(run: Run, meeting: str, visit: Visit, key: str, now: Held, content: bytes | None) -> Visit:
    """A document on the shelf, counted as new, amended or unchanged by its own words alone."""
    before = visit.held.get(key)
    if before is None or not before.path:
        run.report.written += 1
    elif before.digest != now.digest:
        run.report.amended.append(now.path)
        now = replace(now, amended=(*before.amended, now.read))
    else:
        run.report.unchanged += 1
        now = replace(now, amended=before.amended, read=before.read)
    return visit if now == before and content is None else run.shelf.put(meeting, visit, key, now, content)
