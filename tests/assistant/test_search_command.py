"""``python -m assistant search``: what it prints, what it says of mistakes, and the status it ends with."""

import argparse
import csv
import io
import json
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder

from assistant import search_command
from assistant.__main__ import main
from assistant.search.search import Order, Reading
from index.models.models import WORDS_ALONE, Models


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("council")
    hostile = "1. Panels\n\n1.1 The panel was \x1b[2J cleared.\n"
    small_council.index(small_council.write(folder / "documents", panels=hostile), folder / "index")
    return str(folder / "index")


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder that the index was built with."""
    monkeypatch.setattr(search_command, "models", lambda name, **_: WORDS_ALONE if name else Models(FakeEncoder()))


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["search", *arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_results_in_words(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", '"foster carers"', "--index", index]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1 passage in 1 of 3 documents.\n\n1  NOTED – Decision: The Committee noted")
    assert "   An officer: Members of Westmarch Council considered the report and asked about: … “· Foster" in printed
    assert "\n   Westmarch Council, Scrutiny Committee, date not stated, Ofsted focused visit, " in printed
    assert "\n   /passages/visit-minutes/" in printed
    assert printed.endswith("\nCheck the source before you rely on it.\n")


def test_what_was_advised_and_what_there_is_more_of(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "kind:report", "--size", "2", "--index", index]) == 0
    printed = capsys.readouterr().out
    assert "1  RECOMMENDED ONLY – 3.1 The Cabinet is asked to note the report." in printed
    assert "\n   The officers’ advice on this item: 2. Risks\n" in printed
    assert "eport author (5), Ofsted as reported (3)\n" in printed
    assert "\nPage 1 of 4: choose another with --page.\n" in printed


def test_no_document_takes_the_terminal_over(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", '"cleared"', "--index", index]) == 0
    assert "“1.1 The panel was \ufffd[2J cleared.”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (['"council tax"'], "No passage found in 3 documents searched.\n"),
        (["foster", "--council", "Medway"], "No document here is from “Medway”. The documents are from: "),
        (
            ["the report", "--every", "--body", "cabinet"],
            "2 passages in 1 of 1 document.\nLeft aside, as too common: the.",
        ),
        (
            ["foster", "--every", "--from", "2021"],
            "No passage found in 1 document searched.\n1 more in documents whose ",
        ),
    ],
    ids=["nothing", "no such council", "a common word", "no known day"],
)
def test_what_is_not_found_is_told(
    index: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", *arguments, "--index", index]) == 0
    assert capsys.readouterr().out.startswith(said)


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["--role", "decision"], 1),
        (["--role", "decision", "--role", "recommendation"], 2),
        (["--role", "decision", "--kind", "report"], 0),
        (["--kind", "minutes"], 4),
        (["--council", "Westmarch"], 12),
        (["--council", '"Westmarch Council"', "--body", "scrutiny"], 4),
        (["--voice", "officer"], 1),
        (["--outcome", "noted"], 4),
        (["--outcome", "recommended only", "--outcome", "none"], 9),
        (["--from", "2021-03"], 8),
        (["--from", "2021-03", "--undated"], 13),
        (["--to", "3 March 2021"], 0),
        (["--from", "4 March 2021", "--to", "2021"], 8),
        (["foster OR inspectors", "--every"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_options_are_limits(index: str, arguments: list[str], total: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *arguments, "--index", index)["total"] == total


def test_every_mention_is_in_order_and_in_groups(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "report", "--every", "--index", index)
    assert found["total"] == 4
    assert found["groups"] == [
        {"council": "Westmarch Council", "year": 2021, "passages": 2},
        {"council": "Westmarch Council", "year": None, "passages": 2},
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], (Reading.BEST, Order.BEST, True)),
        (["--every", "--sort", "newest"], (Reading.EVERY, Order.NEWEST, True)),
        (["--sort", "oldest", "--to", "2021"], (Reading.BEST, Order.OLDEST, False)),
        (["--to", "2021", "--undated"], (Reading.BEST, Order.BEST, True)),
    ],
    ids=["usual", "every", "a range", "undated too"],
)
def test_how_a_search_is_read(arguments: list[str], expected: tuple[Reading, Order, bool]) -> None:
    parser = argparse.ArgumentParser()
    search_command.add(parser.add_subparsers(), Path("index"))
    search = search_command.read(parser.parse_args(["search", "panel", *arguments]))
    assert (search.reading, search.order, search.undated) == expected


def test_pages_are_of_the_size_asked_for(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "kind:report", "--size", "3", "--page", "2", "--index", index)
    assert (found["page"], found["pages"], found["size"]) == (2, 3, 3)
    assert [one["number"] for one in found["results"]] == [4, 5, 6]  # type: ignore[attr-defined]


def test_rows_for_a_spreadsheet(index: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["search", '"foster carers"', "--csv", "--index", index]) == 0
    printed = capsysbinary.readouterr()
    assert printed.out.startswith(b"\xef\xbb\xbf") and printed.out.endswith(b'"\r\n')
    (row,) = csv.DictReader(io.StringIO(printed.out.decode("utf-8-sig"), newline=""))
    assert row["What was decided"] == "noted"
    assert row["Quote"].startswith("· Foster carers – reference was made to the letter.")
    assert printed.err == b"1 passage in 1 of 3 documents.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give words to search for, or a limit such as --role decision."),
        (["the of"], "“the of” is too common to be searched for by itself. Give words"),
        (['"foster'], '“"foster” opens a quotation that is not closed'),
        (["foster", "--role", "poem"], '“role:"poem"” is not known: role: can be discussion,'),
        (["foster", "--council", ""], '“council:""” says nothing after the colon'),
        (["foster", "--from", "someday"], '“from:"someday"” is no date'),
        (["foster", "--from", "2022", "--to", "2021"], "The days from 2022-01-01 to 2021-12-31 end before they begin"),
        (["foster", "--page", "0"], "Pages are counted from 1"),
        (["foster", "--size", "0"], "Pages are counted from 1"),
        (["foster OR"], "“foster OR” lacks a word"),
        (['"foster\x1b[2J'], '“"foster\ufffd[2J” opens'),
    ],
    ids=["nothing", "common", "quote", "role", "empty", "date", "backwards", "page", "size", "lacks", "escape"],
)
def test_what_cannot_be_read(index: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", *arguments, "--index", index]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(said)
    assert printed.out == ""


def test_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "foster", "--index", str(tmp_path)]) == 2
    assert "build_index.py" in capsys.readouterr().err


def test_an_index_is_searched_without_a_model(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "inspectors", "--encoder", "none", "--index", index)["total"] == 1


def test_a_missing_model_is_told(
    index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    assert main(["search", "inspectors", "--encoder", str(tmp_path / "no-model"), "--index", index]) == 0
    assert "Passages are found by their words alone (BM25)." in capsys.readouterr().err
