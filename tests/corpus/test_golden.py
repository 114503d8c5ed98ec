"""The five documents as passages, held to the reviewed listings in ``tests/golden``.

A listing has a line for each passage: its span, form, role, voice, reference, place in a list, and first words.
After a change that is meant to alter them, write the listings anew and read the difference before committing it::

    REFRESH_GOLDEN=1 python -m pytest tests/corpus/test_golden.py
    git diff tests/golden
"""

import os
from pathlib import Path

import pytest

from corpus.collection import Collection
from corpus.folding import on_one_line
from corpus.model import Document, Known, Passage, Source, Voice

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden"
FIRST_WORDS = 70
NAMES = (
    "gloucestershire-outcome-letter-2019",
    "leicestershire-progress-report-2019",
    "medway-cabinet-2019-09-03",
    "medway-monitoring-visit-2020",
    "middlesbrough-corporate-parenting-board-2022",
)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """The five documents by id, read once."""
    read = Collection.open([ROOT / "corpus" / "documents"]).read()
    return {document.id: document for document in read.documents}


def test_there_is_a_listing_for_every_document(documents: dict[str, Document]) -> None:
    assert sorted(documents) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_passages_are_as_reviewed(name: str, documents: dict[str, Document]) -> None:
    listed = listing(documents[name])
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REFRESH_GOLDEN"):
        path.write_text(listed, encoding="utf-8")
    expected = path.read_text(encoding="utf-8").splitlines()
    assert listed.splitlines() == expected, (
        "read the difference; if it is meant, refresh as the module's docstring says"
    )


def listing(document: Document) -> str:
    """A document's facts and passages as text to review, a line each."""
    lines = [f"# {name}: {_fact(document.source, name)}" for name in ("title", "council", "body", "date", "kind")]
    heading: tuple[str, ...] = ()
    for passage in document.passages:
        if passage.headings != heading:
            heading = passage.headings
            lines.append("\n## " + (" > ".join(heading) or "(no heading)"))
        lines.append(_line(document.text, passage))
    return "\n".join(lines) + "\n"


def _fact(source: Source, name: str) -> str:
    fact = getattr(source, name)
    where = f" at {fact.span.start}-{fact.span.end}" if fact.span else ""
    return "not stated" if fact.known is Known.NOT_STATED else f"{fact.value} ({fact.known}{where})"


def _line(text: str, passage: Passage) -> str:
    place = []
    if passage.group is not None:
        lead_in = f" of “{on_one_line(passage.lead_in.of(text))[-40:]}”" if passage.lead_in else ""
        place.append(f"member {passage.position} of group {passage.group}{lead_in}")
    if passage.opens is not None:
        place.append(f"opens group {passage.opens}")
    if passage.label:
        place.append(f"label “{passage.label.of(text)}”")
    if passage.columns:
        place.append("columns " + " / ".join(span.of(text) for span in passage.columns))
    words = on_one_line(passage.text)
    return " | ".join(
        [
            f"{passage.start}-{passage.end}",
            passage.form if passage.searched else f"{passage.form}, not searched",
            passage.role,
            _voice(passage),
            passage.reference,
            *place,
            words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS] + "…",
        ]
    )


def _voice(passage: Passage) -> str:
    """The passage's voice and, where its sentences differ from it or are reported by someone, theirs in turn."""
    spoken = [f"{v.voice} by {v.by}" if v.by is not Voice.NOT_STATED else str(v.voice) for v in passage.voices]
    if set(spoken) <= {str(passage.voice)}:
        return str(passage.voice)
    return f"{passage.voice} [{'; '.join(spoken)}]"
