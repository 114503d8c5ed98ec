"""Fetching from a small council: what is written, read again, amended, withdrawn, and never asked for."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moderngov_server import (
    DECISION,
    MINUTES,
    PDF,
    SHEET,
    WORD,
    Council,
    Fault,
    Item,
    Paper,
    Sitting,
    drip,
    endless,
    half,
    redirect,
    serving,
    status,
    web_page,
)

from corpus import catalogue
from corpus.moderngov import asking, shelf
from corpus.moderngov.fetching import fetch
from corpus.moderngov.report import Report
from corpus.moderngov.run import Run, Wish
from corpus.moderngov.service import Service
from corpus.moderngov.shelf import Shelf, ShelfUnusable

UPDATE = "cabinet/2019-09-03/04-ofsted-update-24253.html"
LETTER = "cabinet/2019-09-03/04-letter-a60860.pdf"
TODAY = date(2019, 12, 1)
MEETING = "mgWebService.asmx/GetMeeting?"
WISH = Wish((), date(2019, 1, 1), date(2019, 12, 31), TODAY, (".docx", ".html", ".pdf", ".txt"))


@pytest.fixture
def council() -> Iterator[Council]:
    """One meeting with one item, minuted, and one letter."""
    letter = Paper(60860, "Letter", "documents/s60860/Letter.pdf")
    item = Item(24253, "Ofsted update", papers=[letter])
    council = Council(sittings=[Sitting(4378, items=[item])])
    council.files["documents/s60860/Letter.pdf"] = ("application/pdf", PDF)
    with serving(council):
        yield council


def fetched(council: Council, folder: Path, wish: Wish = WISH, name: str = "Westmarch Council") -> Report:
    """A run over all of the council's bodies, its meetings listed."""
    service = Service.open(council.address, rate=0, time_limit=0.5, sleep=lambda seconds: None)
    report = Report()
    wish = replace(wish, committees=asking.committees(service))
    council.asked.clear()
    with Shelf.open(folder, service.base, name) as opened:
        fetch(Run(service, opened, wish, report, lambda line: None))
    return report


def files(folder: Path) -> list[str]:
    """The documents that are there, and what is not finished."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    ours = {"catalogue.toml", "moderngov.json", "moderngov.lock"}
    return sorted(path.relative_to(folder).as_posix() for path in found if path.name not in ours)


def entries(folder: Path) -> dict[str, dict[str, str]]:
    """The catalogue as the program reads it: the values of its facts by file."""
    found = catalogue.load(folder)
    assert not found.problems
    return {name: {fact: value for fact, (value, *_) in entry.facts.items()} for name, entry in found.entries.items()}


def test_minutes_and_papers_are_written_and_catalogued(council: Council, tmp_path: Path) -> None:
    report = fetched(council, tmp_path)
    assert files(tmp_path) == [LETTER, UPDATE]
    assert (tmp_path / LETTER).read_bytes() == PDF
    written = (tmp_path / UPDATE).read_text(encoding="utf-8")
    assert "<title>Agenda item - Ofsted update - Westmarch Council</title>" in written
    assert f"<h2>Minutes:</h2>\n{MINUTES}\n</body>" in written
    known = {"council": "Westmarch Council", "body": "Cabinet", "date": "2019-09-03"}
    assert entries(tmp_path) == {
        UPDATE: {
            **known,
            "title": "Ofsted update",
            "kind": "minutes",
            "url": f"{council.address}/mgAi.aspx?ID=24253",
        },
        LETTER: {**known, "title": "Letter", "url": f"{council.address}/documents/s60860/Letter.pdf"},
    }
    assert (report.read, report.written, report.failed) == (1, 2, [])
    text = (tmp_path / "catalogue.toml").read_text(encoding="utf-8")
    assert f"# Cabinet, meeting 4378: {council.address}/ieListDocuments.aspx?CId=115&MId=4378\n" in text
    assert "# minutes not said to be draft or confirmed; read 2019-12-01\n" in text


def test_without_its_name_the_council_is_not_stated(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path, name="")
    assert all("council" not in facts for facts in entries(tmp_path).values())


def test_the_name_given_before_is_kept(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    fetched(council, tmp_path, name="")
    assert entries(tmp_path)[UPDATE]["council"] == "Westmarch Council"


def test_a_decision_is_written_behind_the_minutes(council: Council, tmp_path: Path) -> None:
    item = council.sittings[0].items[0]
    item.decision, item.decision_published, item.introduction = DECISION, "True", "<p>To note.</p>"
    fetched(council, tmp_path)
    written = (tmp_path / UPDATE).read_text(encoding="utf-8")
    assert f"<p>To note.</p>\n<h2>Minutes:</h2>\n{MINUTES}\n<h2>Decision:</h2>\n{DECISION}\n" in written


def _restrict_item(council: Council) -> None:
    council.sittings[0].items[0].restricted = "True"


def _restrict_paper(council: Council) -> None:
    council.sittings[0].items[0].papers[0].restricted = "True"


def _exempt_paper(council: Council) -> None:
    council.sittings[0].items[0].papers[0].restriction = "Paragraph 3 of Schedule 12A"


def _restrict_once_of_twice(council: Council) -> None:
    item = council.sittings[0].items[0]
    council.sittings[0].items.append(Item(24300, "Exempt", restricted="True", papers=item.papers))


def _hide_meeting(council: Council) -> None:
    council.sittings[0].displayed = "False"


def _unpublish(council: Council) -> None:
    council.sittings[0].minutes_published = "False"


def _publish_paper_later(council: Council) -> None:
    council.sittings[0].items[0].papers[0].published = "02/12/2019"


def _leave_decision_unpublished(council: Council) -> None:
    council.sittings[0].items[0].papers[0].of_decision = "True"


@pytest.mark.parametrize(
    ("keep_back", "left", "withheld", "unpublished"),
    [
        (_restrict_item, [], 2, 0),
        (_restrict_paper, [UPDATE], 1, 0),
        (_exempt_paper, [UPDATE], 1, 0),
        (_restrict_once_of_twice, [UPDATE], 3, 0),
        (_hide_meeting, [], 0, 0),
        (_unpublish, [], 0, 1),
        (_publish_paper_later, [UPDATE], 0, 1),
        (_leave_decision_unpublished, [UPDATE], 0, 1),
    ],
    ids=[
        "item",
        "paper",
        "exempt paper",
        "paper of two items",
        "hidden meeting",
        "no minutes yet",
        "paper of tomorrow",
        "of a decision",
    ],
)
def test_what_is_not_public_is_never_asked_for(
    council: Council, tmp_path: Path, keep_back, left: list[str], withheld: int, unpublished: int
) -> None:  # fmt: skip
    keep_back(council)
    report = fetched(council, tmp_path)
    assert files(tmp_path) == left
    assert sorted(entries(tmp_path)) == left
    assert council.times_asked("documents/") == 0
    assert (report.withheld, report.unpublished, report.failed) == (withheld, unpublished, [])


@pytest.mark.parametrize(
    ("keep_back", "left"),
    [
        (_restrict_item, []),
        (_restrict_paper, [UPDATE]),
        (_hide_meeting, []),
        (_unpublish, []),
        (lambda council: council.sittings.clear(), []),
        (lambda council: council.sittings[0].items.clear(), []),
        (lambda council: council.sittings[0].items[0].papers.clear(), [UPDATE]),
    ],
    ids=["restricted item", "restricted paper", "hidden", "unpublished", "no meeting", "no item", "no paper"],
)
def test_what_is_withdrawn_goes_with_its_entries(council: Council, tmp_path: Path, keep_back, left: list[str]) -> None:
    fetched(council, tmp_path)
    keep_back(council)
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert files(tmp_path) == left
    assert sorted(entries(tmp_path)) == left
    assert sorted(report.withdrawn) == sorted({LETTER, UPDATE} - set(left))
    assert report.failed == []


def test_an_old_meeting_is_missed_when_it_is_no_longer_listed(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings.clear()
    fetched(council, tmp_path, replace(WISH, again=0))
    assert files(tmp_path) == []
    assert json.loads((tmp_path / "moderngov.json").read_bytes())["meetings"] == {}


def test_a_meeting_that_is_only_not_listed_stays(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings[0].body = 116  # and so it is not among this body's meetings
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert files(tmp_path) == [LETTER, UPDATE]
    assert (report.read, report.withdrawn) == (1, [])


@pytest.mark.parametrize(
    "ill",
    [status(403), status(404), status(500), web_page(), half()],
    ids=["403", "404", "500", "a web page", "half"],
)
@pytest.mark.parametrize("where", [MEETING, "mgWebService.asmx/GetMeetings?"], ids=["meeting", "list"])
def test_an_ill_host_takes_nothing_away(council: Council, tmp_path: Path, where: str, ill: Fault) -> None:
    fetched(council, tmp_path)
    council.lasting[where] = ill
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert files(tmp_path) == [LETTER, UPDATE]
    assert sorted(entries(tmp_path)) == [LETTER, UPDATE]
    assert len(report.failed) == 1
    assert report.failed[0].startswith("Cabinet, ")


def test_what_has_not_changed_is_left(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.[hpt]*")}
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert (report.read, report.written, report.unchanged, report.amended) == (1, 0, 2, [])
    assert council.times_asked("documents/") == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_amended_minutes_replace_the_file(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings[0].items[0].minutes = "<p>Officers confirmed that Ofsted had found none.</p>"
    council.sittings[0].items[0].title = "Ofsted update (amended)"
    report = fetched(council, tmp_path, replace(WISH, again=365, today=date(2019, 12, 8)))
    assert report.amended == [UPDATE]
    assert files(tmp_path) == [LETTER, UPDATE]
    assert "had found none" in (tmp_path / UPDATE).read_text(encoding="utf-8")
    assert entries(tmp_path)[UPDATE]["title"] == "Ofsted update (amended)"
    text = (tmp_path / "catalogue.toml").read_text(encoding="utf-8")
    assert "; read 2019-12-08; amended 2019-12-08\n" in text


def test_lines_wrapped_elsewhere_are_no_amendment(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings[0].items[0].minutes = MINUTES.replace("\n", " ").replace("front door", "front\ndoor")
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert (report.amended, report.unchanged) == ([], 2)


def test_a_paper_that_is_published_anew_is_fetched_again(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings[0].items[0].papers[0].published = "10/10/2019"
    council.files["documents/s60860/Letter.pdf"] = ("application/pdf", PDF + b"second edition")
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert report.amended == [LETTER]
    assert (tmp_path / LETTER).read_bytes() == PDF + b"second edition"


@pytest.mark.parametrize(
    ("again", "change", "read"),
    [
        (60, None, 0),
        (88, None, 0),
        (89, None, 1),
        (60, "a file is missing", 1),
        (60, "a paper failed", 1),
        (60, "no minutes yet", 1),
    ],
    ids=["complete", "the day before the window", "the first of the window", "missing", "failed", "unminuted"],
)
def test_which_meetings_are_read_again(
    council: Council, tmp_path: Path, again: int, change: str | None, read: int
) -> None:
    if change == "a paper failed":
        council.faults["documents/"] = [status(403)]
    if change == "no minutes yet":
        council.sittings[0].minutes_published = "False"
    fetched(council, tmp_path)
    if change == "a file is missing":
        (tmp_path / LETTER).unlink()
    council.sittings[0].minutes_published = "True"
    report = fetched(council, tmp_path, replace(WISH, again=again))
    assert (report.read, report.not_due) == (read, 1 - read)
    assert files(tmp_path) == [LETTER, UPDATE]


@pytest.mark.parametrize(
    ("sitting", "read"),
    [
        (Sitting(1, day="01/01/2019"), 1),
        (Sitting(1, day="31/12/2018"), 0),
        (Sitting(1, day="01/12/2019"), 1),
        (Sitting(1, day="02/12/2019"), 0),
        (Sitting(1, meeting_status="Cancelled"), 0),
    ],
    ids=["the first day", "before it", "today", "tomorrow", "cancelled"],
)
def test_which_meetings_are_wished_for(council: Council, tmp_path: Path, sitting: Sitting, read: int) -> None:
    council.sittings = [sitting]
    assert fetched(council, tmp_path).read == read
    assert council.times_asked(MEETING) == read


def test_a_later_meeting_confirms_the_minutes_of_an_earlier(council: Council, tmp_path: Path) -> None:
    council.sittings[0].items[0].status = "Draft"
    fetched(council, tmp_path)
    assert "<p>Draft minutes.</p>" in (tmp_path / UPDATE).read_text(encoding="utf-8")
    assert "# minutes draft; read 2019-12-01\n" in (tmp_path / "catalogue.toml").read_text(encoding="utf-8")
    agreed = "<p>The minutes of the meeting held on 3 September\n2019 were agreed as a correct record.</p>"
    council.sittings.append(Sitting(4400, day="24/09/2019", items=[Item(25000, "Minutes", "2.", agreed)]))
    report = fetched(council, tmp_path)
    assert report.confirmed == ["Cabinet, 3 September 2019"]
    assert (report.read, report.amended) == (2, [])
    assert "<p>Minutes confirmed.</p>" in (tmp_path / UPDATE).read_text(encoding="utf-8")
    assert "# minutes confirmed; read 2019-12-01\n" in (tmp_path / "catalogue.toml").read_text(encoding="utf-8")
    assert fetched(council, tmp_path).not_due == 2


@pytest.mark.parametrize(
    ("paper", "file", "skipped"),
    [
        (Paper(7, "Plan", "documents/s7/Plan.docx"), "04-plan-a7.docx", ""),
        (Paper(7, "Plan", "mgConvert2PDF.aspx?ID=7"), "04-plan-a7.pdf", ""),
        (Paper(7, "Plan", "http://127.0.0.1:1/Plan.pdf"), "", "another port"),
        (Paper(7, "Plan", "https://elsewhere.example/Plan.pdf"), "", "another host"),
        (Paper(7, "Plan", "documents/s7/Plan.xlsx"), "", r"not a kind of file that is read (.xlsx)"),
        (Paper(7, "Plan", "ecSDDisplay.aspx?ID=7"), "", r"not a kind of file that is read (application/zip)"),
        (Paper(7, "Plan", "documents/s7/Plan.html"), "04-plan-a7.html", ""),
        (Paper(7, "../../x.pdf", "mgConvert2PDF.aspx?ID=7"), "04-x-pdf-a7.pdf", ""),
        (Paper(7, "Letter", "mgConvert2PDF.aspx?ID=7"), "04-letter-a7.pdf", ""),
        (Paper(7, "Plan", ""), "04-plan-a7.pdf", ""),
    ],
    ids=[
        "Word", "no ending", "another port", "another host", "a sheet", "a sheet without ending", "a page", "wicked",
        "a name alike", "without an address",
    ],
)  # fmt: skip
def test_which_papers_are_kept(council: Council, tmp_path: Path, paper: Paper, file: str, skipped: str) -> None:
    council.files |= {
        "documents/s7/Plan.docx": ("application/octet-stream", WORD),
        "mgConvert2PDF.aspx?ID=7": ("application/pdf", PDF),
        "ecSDDisplay.aspx?ID=7": ("application/zip", SHEET),
        "documents/s7/Plan.html": ("text/html", b"<html><p>Plan"),
        "documents/s7/paper.pdf": ("application/pdf", PDF),
    }
    council.sittings[0].items[0].papers.append(paper)
    report = fetched(council, tmp_path)
    assert files(tmp_path) == sorted([LETTER, UPDATE] + ([f"cabinet/2019-09-03/{file}"] if file else []))
    assert [line for line in report.skipped if skipped in line] == report.skipped
    assert bool(report.skipped) is bool(skipped)
    assert report.failed == []
    council.asked.clear()
    fetched(council, tmp_path, replace(WISH, again=365))
    assert [target for target in council.asked if not target.startswith("mgWebService.asmx/GetMeeting")] == []


def test_a_paper_that_is_restricted_where_it_lies_is_not_fetched(council: Council, tmp_path: Path) -> None:
    fetched(council, tmp_path)
    council.sittings[0].items[0].papers[0].url = ""
    council.kept_back = {60860}
    report = fetched(council, tmp_path, replace(WISH, again=365))
    assert report.skipped == ["Cabinet, 3 September 2019, Letter: the service keeps it from the public"]
    assert (report.withdrawn, files(tmp_path)) == ([LETTER], [UPDATE])
    assert council.times_asked("documents/") == 0


@pytest.mark.parametrize(
    ("ill", "reason"),
    [
        (status(403), "the host says 403 (Forbidden)"),
        (status(404), "the host says 404 (Not Found)"),
        (status(500), "the host says 500 (Internal Server Error), 4 times"),
        (web_page(), "the answer is a web page and not the document, 4 times"),
        (half(PDF), "the answer broke off, 4 times"),
        (drip(), "no whole answer within 0.5 seconds, 4 times"),
    ],
    ids=["403", "404", "500", "a web page", "half", "a drip"],
)
def test_a_paper_that_fails_is_reported_and_the_rest_goes_on(
    council: Council, tmp_path: Path, ill: Fault, reason: str
) -> None:
    council.sittings[0].items[0].papers.insert(0, Paper(7, "Plan", "documents/s7/Plan.pdf"))
    council.lasting["documents/s7/"] = ill
    report = fetched(council, tmp_path)
    assert report.failed == [f"Cabinet, 3 September 2019, Plan: {reason}"]
    assert files(tmp_path) == [LETTER, UPDATE]
    del council.lasting["documents/s7/"]
    council.files["documents/s7/Plan.pdf"] = ("application/pdf", PDF)
    assert fetched(council, tmp_path).written == 1


@pytest.mark.parametrize(
    ("ill", "reason"),
    [(endless(), "larger than 60 MB"), (redirect("https://elsewhere.example/Letter.pdf"), "another host")],
    ids=["endless", "elsewhere"],
)
def test_a_paper_that_is_never_fetched_is_skipped(council: Council, tmp_path: Path, ill: Fault, reason: str) -> None:
    council.lasting["documents/"] = ill
    service = Service.open(council.address, rate=0, time_limit=60, sleep=lambda seconds: None)
    report = Report()
    with Shelf.open(tmp_path, service.base) as opened:
        fetch(Run(service, opened, replace(WISH, committees=asking.committees(service)), report, lambda line: None))
    assert files(tmp_path) == [UPDATE]
    assert [reason in line for line in report.skipped] == [True]
    assert (report.failed, council.times_asked("documents/")) == ([], 1)


def test_papers_with_one_title_and_one_paper_twice(council: Council, tmp_path: Path) -> None:
    council.files["mgConvert2PDF.aspx?ID=7"] = ("application/pdf", PDF)
    again = Paper(7, "Letter", "mgConvert2PDF.aspx?ID=7")
    council.sittings[0].items[0].papers += [again, again]
    council.sittings[0].papers.append(Paper(60860, "Letter", "documents/s60860/Letter.pdf"))
    report = fetched(council, tmp_path)
    assert files(tmp_path) == [LETTER, "cabinet/2019-09-03/04-letter-a7.pdf", UPDATE]
    assert (report.written, report.unchanged) == (3, 0)


def test_earlier_minutes_among_the_papers_have_no_day_of_this_meeting(council: Council, tmp_path: Path) -> None:
    council.files["mgConvert2PDF.aspx?ID=7"] = ("application/pdf", PDF)
    council.sittings[0].items[0].papers = [Paper(7, "6 - Draft minutes 9 July 2019", "mgConvert2PDF.aspx?ID=7")]
    fetched(council, tmp_path)
    facts = entries(tmp_path)["cabinet/2019-09-03/04-6-draft-minutes-9-july-2019-a7.pdf"]
    assert facts["kind"] == "minutes"
    assert "date" not in facts


def test_a_host_that_goes_on_refusing_is_left_alone(council: Council, tmp_path: Path) -> None:
    council.sittings = [Sitting(number) for number in range(1, 20)]
    council.bodies[116] = "Council"
    council.lasting[MEETING] = status(403)
    report = fetched(council, tmp_path)
    assert council.times_asked(MEETING) == 5
    assert len(report.failed) == 5
    assert report.stopped.startswith("Stopped: the host failed or refused 5 requests in a row.")


class Interrupted(Exception):
    """The end of a run, wherever it comes."""


@pytest.mark.parametrize("moment", range(1, 17))
def test_an_interruption_at_any_moment_loses_nothing(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Cut off before each thing that a run writes or removes: what is there is right, and the next run ends it."""
    council.sittings.append(Sitting(4300, day="01/08/2019", items=[Item(7, "Old")]))
    fetched(council, tmp_path)
    council.sittings[0].items[0].minutes = "<p>Amended.</p>"
    council.sittings[0].items[0].papers = []
    council.sittings[0].items.append(Item(24254, "New"))
    council.sittings.pop()
    left = [moment]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Interrupted

    real_write, real_unlink = shelf._write, Path.unlink

    def write(path: Path, content: bytes) -> None:
        step()
        real_write(path, content)

    def unlink(path: Path, missing_ok: bool = False) -> None:
        step()
        real_unlink(path, missing_ok)

    again = replace(WISH, again=365)
    with monkeypatch.context() as patched:
        patched.setattr(shelf, "_write", write)
        patched.setattr(Path, "unlink", unlink)
        try:
            fetched(council, tmp_path, again)
            assert left[0] > 0
        except Interrupted:
            pass
    assert set(entries(tmp_path)) <= set(files(tmp_path))
    fetched(council, tmp_path, again)
    new = "cabinet/2019-09-03/04-new-24254.html"
    assert files(tmp_path) == [new, UPDATE]
    assert sorted(entries(tmp_path)) == [new, UPDATE]
    assert "Amended." in (tmp_path / UPDATE).read_text(encoding="utf-8")


def test_a_catalogue_written_by_hand_is_left_alone(council: Council, tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text('[[source]]\nfile = "a.txt"\n', encoding="utf-8")
    with pytest.raises(ShelfUnusable, match="was not written by this command"):
        fetched(council, tmp_path)
    assert files(tmp_path) == []
    assert (tmp_path / "catalogue.toml").read_text(encoding="utf-8") == '[[source]]\nfile = "a.txt"\n'


def _of_another_site(state: dict[str, object]) -> None:
    state["site"] = "https://democracy.elsewhere.gov.uk"


def _of_another_format(state: dict[str, object]) -> None:
    state["format"] = 99


def _without_meetings(state: dict[str, object]) -> None:
    del state["meetings"]


def _outside_the_folder(state: dict) -> None:  # type: ignore[type-arg]
    state["meetings"]["4378"]["held"]["item 24253"]["path"] = "../../x.html"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_of_another_site, "holds the documents of https://democracy.elsewhere.gov.uk"),
        (_of_another_format, "it is of format 99"),
        (_without_meetings, "cannot be read"),
        (_outside_the_folder, "is not a file of this folder"),
    ],
    ids=["another site", "another format", "damaged", "outside"],
)
def test_a_state_that_is_not_ours_is_left_alone(council: Council, tmp_path: Path, damage, words: str) -> None:
    fetched(council, tmp_path)
    path = tmp_path / "moderngov.json"
    state = json.loads(path.read_bytes())
    damage(state)
    path.write_text(json.dumps(state))
    with pytest.raises(ShelfUnusable, match=words):
        fetched(council, tmp_path)
    assert files(tmp_path) == [LETTER, UPDATE]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_can_stand_in_the_catalogue(title: str) -> None:
    assert tomllib.loads(f"title = {{ value = {shelf._quoted(title)} }}") == {"title": {"value": title}}


def test_two_runs_do_not_write_to_one_folder(council: Council, tmp_path: Path) -> None:
    with Shelf.open(tmp_path, council.address), pytest.raises(ShelfUnusable, match="Another run"):
        fetched(council, tmp_path)
