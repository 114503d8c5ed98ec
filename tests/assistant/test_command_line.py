"""``python -m assistant ask``: what it prints, what it says of mistakes, and the status it ends with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import assistant, five, reading

from assistant.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(five(tmp_path_factory)[0])


def test_an_answer_in_words(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "which risks are rated B2", "--index", index]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Two passages in one document: Medway Council, report to the Cabinet, 3 September 2019.")
    assert "1  THE REPORT’S AUTHOR" in printed
    assert "   What was decided: recommended only – " in printed
    assert "Searched 5 documents from 4 councils, 2019 to 2022 (3 without a stated date)." in printed
    assert "Ask next: What was the Cabinet at Medway Council asked to decide?" in printed


def test_nothing_found_is_no_failure(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "council tax bands", "--index", index]) == 0
    assert capsys.readouterr().out.startswith("I did not find this in the documents.")


def test_what_is_only_related_is_named_so(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "who is the chair of the improvement board", "--index", index]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("The documents do not say who.\n\nRelated:")


def test_official_words_are_said_to_be_searched_for(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "why are staff leaving", "--index", index]) == 0
    assert "\nAlso searched: workforce, social workers.\n" in capsys.readouterr().out


def test_an_answer_as_json(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "which risks are rated B2", "--index", index, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "answered"
    assert [one["document"] for one in answer["evidence"]] == ["medway-cabinet-2019-09-03"] * 2


def test_earlier_questions_are_history(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    earlier = ["--history", "caseloads in Medway", "and Middlesbrough?"]
    assert main(["ask", "sorry I meant Gloucestershire", *earlier, "--index", index, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [chip["label"] for chip in answer["scope"]] == ["Gloucestershire County Council"]
    assert answer["searched"] == "caseloads in sorry I meant Gloucestershire"


LINES = [
    ('{"id": "a", "turns": ["caseloads in Medway", "and Middlesbrough?"]}', "answered"),
    ("", None),
    ('{"id": "b", "turns": [""]}', "Type a question."),
    ("not json", "Write {"),
    ('{"id": "c"}', "Write {"),
    ('{"id": "d", "turns": []}', "Write {"),
    ('{"id": "e", "turns": "caseloads"}', "Write {"),
    ('{"id": "f", "turns": [1]}', "Write {"),
    ("[]", "Write {"),
    ("[" * 100_000, "Write {"),
    ('{"id": "\\ud800", "turns": ["caseloads \\ud800"]}', "control codes"),
    ('{"id": 7, "turns": ["caseloads \u2028 in Medway"]}', "answered"),
]


def test_a_batch_answers_line_by_line(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\ufeff" + "\r\n".join(line for line, _ in LINES) + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(questions), "--index", index]) == 1
    printed = capsys.readouterr()
    answers = [json.loads(line) for line in printed.out.splitlines()]
    expected = [said for _, said in LINES if said]
    assert len(answers) == len(expected)
    for answer, said in zip(answers, expected, strict=True):
        assert said in answer.get("status", "") or said in answer.get("error", "")
    assert [answer["id"] for answer in answers] == ["a", "b", None, "c", "d", "e", "f", None, None, "\ud800", 7]
    assert f"{questions}, line 3: Type a question." in printed.err


def test_a_batch_without_mistakes_ends_well(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "turns": ["caseloads in Medway"]}\n', encoding="utf-8")
    assert main(["ask", "--batch", str(questions), "--index", index]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_a_batch_that_cannot_be_read(index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--batch", str(tmp_path / "none.jsonl"), "--index", index]) == 1
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\xff")
    assert main(["ask", "--batch", str(tmp_path / "latin.jsonl"), "--index", index]) == 1
    assert capsys.readouterr().err.count("cannot be read") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", ""], "Type a question."),
        (["ask", "caseloads\x1b[2J"], "control codes"),
        (["ask", "and they?", "--history", ""], "Type a question."),
        (["ask"], "Give a question, or a file of them with --batch."),
    ],
    ids=["empty", "a terminal's escape", "empty history", "no question"],
)
def test_what_cannot_be_asked(index: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--index", index]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "caseloads", "--index", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert "build_index.py" in printed.err
    assert printed.out == ""


def test_an_index_of_another_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assistant(tmp_path, reading("a", "1. Teams\n\n1.1 Caseloads were high.\n"))
    assert main(["ask", "caseloads", "--index", str(tmp_path)]) == 2
    assert "built with the model fake" in capsys.readouterr().err


def test_a_missing_model_is_done_without(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assistant(tmp_path, reading("a", "1. Teams\n\n1.1 Caseloads were high \x1b[2J.\n"))
    none = str(tmp_path / "no-model")
    assert main(["ask", "were caseloads high", "--index", str(tmp_path), "--encoder", none]) == 0
    printed = capsys.readouterr()
    assert "Passages are found by their words alone (BM25)." in printed.err
    assert "“1.1 Caseloads were high \ufffd[2J.”" in printed.out


def test_a_reader_that_goes_away_is_no_traceback(index: str) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "which risks are rated B2", "--index", index],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    os.close(write)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "BrokenPipe" not in ended.stderr
