"""The command, against a real server, and what the program makes of the folder."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from moderngov_server import Council, Item, Paper, Sitting, serving, status
from pdfs import pdf

from corpus.collection import Collection
from corpus.model import Fact, Known
from corpus.moderngov.__main__ import main

ROOT = Path(__file__).parents[2]
SCRUTINY = "Children & Young People Scrutiny"
UPDATE = "children-young-people-scrutiny/2019-09-03/04-ofsted-update-24253.html"
LETTER = "children-young-people-scrutiny/2019-09-03/04-letter-a60860.pdf"
YEAR = ["--from", "2019-01-01", "--to", "2019-12-31", "--rate", "0"]


@pytest.fixture
def council() -> Iterator[Council]:
    letter = Paper(60860, "Letter", "documents/s60860/Letter.pdf")
    item = Item(24253, "Ofsted update", papers=[letter])
    council = Council({115: "Cabinet", 120: SCRUTINY}, [Sitting(4378, 120, items=[item]), Sitting(4379, 115)])
    council.files["documents/s60860/Letter.pdf"] = (
        "application/pdf",
        pdf([("The letter of the inspectors.", 60, 700, "F1 12")]),
    )
    with serving(council):
        yield council


def test_the_bodies_are_listed(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([council.address, "--list-bodies", "--rate", "0"]) == 0
    assert capsys.readouterr().out == f"   115  Cabinet\n   120  {SCRUTINY}\n"
    assert council.asked == ["mgWebService.asmx/GetCommittees"]


@pytest.mark.parametrize("body", [SCRUTINY, "children &  young people SCRUTINY", "120"], ids=["name", "case", "number"])
def test_what_is_fetched_can_be_read(
    council: Council, tmp_path: Path, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "westmarch"
    given = [council.address, "--body", body, "--documents", str(folder), "--council", "Westmarch Council", *YEAR]
    assert main(given) == 0
    said = capsys.readouterr()
    assert said.err == f"{SCRUTINY}, 3 September 2019: 2 new, 0 amended, 0 unchanged, 0 withdrawn\n"
    assert said.out == (
        "Meetings: 1 read, 0 not due to be read again.\n"
        "Documents: 2 new, 0 amended, 0 unchanged, 0 withdrawn.\n"
    )  # fmt: skip
    intake = Collection.open([folder]).read()
    assert intake.unreadable == ()
    sources = {document.source.path: document.source for document in intake.documents}
    assert set(sources) == {LETTER, UPDATE}
    for source in sources.values():
        assert source.council == Fact("Westmarch Council", Known.SUPPLIED)
        assert source.body == Fact(SCRUTINY, Known.SUPPLIED)
        assert source.date == Fact("2019-09-03", Known.SUPPLIED)
    assert sources[UPDATE].url == Fact(f"{council.address}/mgAi.aspx?ID=24253", Known.SUPPLIED)
    assert sources[UPDATE].kind == Fact("minutes", Known.SUPPLIED)


def test_it_is_run_as_a_module(council: Council, tmp_path: Path) -> None:
    given = [council.address, "--body", "Cabinet", "--documents", str(tmp_path), *YEAR]
    done = subprocess.run(
        [sys.executable, "-m", "corpus.moderngov", *given], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (
        0,
        "Cabinet, 3 September 2019: 0 new, 0 amended, 0 unchanged, 0 withdrawn\n",
    )


def test_what_failed_is_named_at_the_end(council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    council.lasting["documents/"] = status(403)
    council.sittings[0].items.append(Item(24254, "Staffing", restricted="True"))
    assert main([council.address, "--body", SCRUTINY, "--documents", str(tmp_path), *YEAR]) == 1
    assert capsys.readouterr().out == (
        "Meetings: 1 read, 0 not due to be read again.\n"
        "Documents: 1 new, 0 amended, 0 unchanged, 0 withdrawn.\n"
        "Not asked for, because restricted: 1.\n"
        "Failed, 1:\n"
        f"  {SCRUTINY}, 3 September 2019, Letter: the host says 403 (Forbidden)\n"
    )


def test_an_interruption_is_no_crash(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(run: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.moderngov.__main__.fetch", interrupted)
    assert main([council.address, "--body", "Cabinet", "--documents", str(tmp_path), *YEAR]) == 1
    assert "Interrupted. Run it again to go on." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--documents", "{}"], "Name a --body"),
        (["--body", "Cabinet"], "--documents DIR"),
        (["--body", "Cabinnet", "--documents", "{}"], "no body 'Cabinnet'. Did you mean 'Cabinet'?"),
        (["--body", "Zzz", "--documents", "{}"], "no body 'Zzz'. --list-bodies lists them all."),
        (["--body", "Cabinet", "--documents", "{}", "--from", "2020-01-01"], "No day is from 2020-01-01"),
        (["--body", "Cabinet", "--documents", "{}/file"], "cannot be written to"),
    ],
    ids=["no body", "no folder", "a slip", "another body", "no days", "no folder but a file"],
)
def test_nothing_is_done_where_the_wish_is_unclear(
    council: Council, tmp_path: Path, given: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    filled = [word.format(tmp_path) for word in given]
    assert main([council.address, *YEAR, *filled]) == 2
    assert words in capsys.readouterr().err
    assert council.times_asked("mgWebService.asmx/GetMeeting") == 0


def test_a_host_that_does_not_answer_is_named(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    council.lasting["mgWebService.asmx"] = status(403)
    assert main([council.address, "--body", "Cabinet", "--documents", str(tmp_path), *YEAR]) == 2
    assert capsys.readouterr().err == (
        f"The bodies of {council.address} could not be fetched: the host says 403 (Forbidden).\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ftp://example.gov.uk", "--list-bodies"]) == 2
    assert "is not the address of a website" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [["--from", "3/9/2019"], ["--again", "-1"], ["--again", "soon"], ["--rate", "-1"], ["--rate", "nan"]],
    ids=["day", "less than none", "no number", "a rate less than none", "no rate"],
)
def test_an_option_that_is_none_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["https://example.gov.uk", *given])
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert "is not a" in said or "expected one argument" in said
