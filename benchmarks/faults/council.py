"""A small council's documents in versions that differ in every quote, and their index."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.words import WordsEncoder
from corpus.collection import Collection
from index.build import build

QUESTIONS = ("how many foster carers were recruited?", "what areas for improvement were identified?")

_MINUTES = """Agenda item {number}

Ofsted focused visit

Minutes:

Members of Westmarch Council considered the report and asked about:

·       School attendance – officers confirmed that attendance had risen to 94%. The target was 95%.

·       Foster carers – the letter was referred to. Officers confirmed that {number} foster carers were recruited.

Decision:

The Committee noted the report.
"""
_REPORT = """CABINET {number}

4 MARCH 2021

OFSTED INSPECTION OF WESTMARCH

1. Findings

1.1 The published report identified {number} areas for improvement:

- Oversight of {number} missing children
- The supply of placements for {number} teenagers

1.2 The inspectors visited for five days.

2. Recommendations

2.1 The Cabinet is asked to note the report.
"""
_CATALOGUE = """
[[source]]
file = "visit-minutes.txt"
title = { value = "Ofsted focused visit", stated = "Ofsted focused visit" }
council = { value = "Westmarch Council", stated = "Westmarch Council" }
kind = { value = "minutes", stated = "Minutes:" }

[[source]]
file = "cabinet-report.txt"
title = { value = "Ofsted inspection of Westmarch", stated = "OFSTED INSPECTION OF WESTMARCH" }
council = { value = "Westmarch Council", supplied = true }
date = { value = 2021-03-04, stated = "4 MARCH 2021" }
kind = { value = "report", supplied = true }
"""


def texts(version: int) -> Mapping[str, str]:
    """The text of each document in a version, by its id. No quote of one version is a quote of another."""
    number = 100 + version
    return {"visit-minutes": _MINUTES.format(number=number), "cabinet-report": _REPORT.format(number=number)}


def write(folder: Path, version: int) -> Path:
    """Write the documents of a version and their catalogue; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts(version).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "catalogue.toml").write_text(_CATALOGUE, encoding="utf-8")
    return folder


def publish(place: Path, version: int) -> str:
    """Index a version into ``place / "index"``, in this process; the generation's name."""
    intake = Collection.open([write(place / "documents", version)]).read()
    return build(intake.documents, place / "index", WordsEncoder(), receipts=intake.receipts).generation
