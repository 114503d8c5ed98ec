"""The figures that the pages and the transparency record tell, beside the tables that they were measured in."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from index.models.encoder import EncoderUnavailable, SentenceEncoder
from webapp.pages.about import FIGURES, RECORD

ROOT = Path(__file__).parents[2]
TOLD = json.loads(FIGURES.read_text(encoding="utf-8"))
COLUMNS = ("questions", "recall at 1", "at 3", "found", "all shown", "to_the_point", "right_silence", "wrong_silence")
TOLD_OF = ("questions", "found", "to_the_point", "right_silence", "wrong_silence")


def measured() -> dict[str, dict[str, Any]]:
    """The whole of each reporting set in evaluation/results.md, by the headings that it stands under."""
    found, part, section = {}, "", ""
    row: list[str] = []
    for line in (ROOT / "evaluation" / "results.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif line.startswith("### "):
            section = line.removeprefix("### ")
        elif line.startswith("| **all** |"):
            row = [cell.strip() for cell in line.strip("|").split("|")[1:]]
        elif quotes := re.match(r"(\d+) of (\d+) quotes shown are exact", line):
            values = {name: float(value) for name, value in zip(COLUMNS, row, strict=True) if name in TOLD_OF}
            found[f"{part}: {section}"] = {**values, "exact": int(quotes[1]), "quotes": int(quotes[2])}
    return found


def test_every_reporting_set_is_told_as_it_was_measured() -> None:
    told = {one["measured"]: {name: one[name] for name in (*TOLD_OF, "exact", "quotes")} for one in TOLD["sets"]}
    assert len(told) == len(TOLD["sets"]) == 8
    assert told == measured()


def test_the_models_told_of_are_those_at_hand() -> None:
    try:
        encoder = SentenceEncoder.find()
    except EncoderUnavailable as problem:
        pytest.skip(str(problem))
    assert (encoder.name, encoder.fingerprint) == (TOLD["encoder"]["name"], TOLD["encoder"]["fingerprint"])
    reader = ROOT / TOLD["reader"]["name"]
    assert hashlib.sha256(reader.read_bytes()).hexdigest() == TOLD["reader"]["fingerprint"]


@pytest.mark.parametrize("one", TOLD["sets"], ids=[one["measured"] for one in TOLD["sets"]])
def test_the_record_tells_the_same(one: dict[str, Any]) -> None:
    line = (
        f"- {one['name']} ({one['questions']} questions): {one['found']:.0%} found, {one['to_the_point']:.0%} to the "
        f"point, silent rightly {one['right_silence']:.0%} and wrongly {one['wrong_silence']:.0%}."
    )
    assert line in RECORD.read_text(encoding="utf-8").splitlines()


def test_the_record_tells_how_many_quotes_are_exact() -> None:
    exact, quotes = (sum(one[name] for one in TOLD["sets"]) for name in ("exact", "quotes"))
    assert f"{exact:,} of {quotes:,} quotes" in RECORD.read_text(encoding="utf-8")
