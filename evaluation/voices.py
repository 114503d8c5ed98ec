"""How often the voice given to a sentence is the right one: ``python -m evaluation.voices [--mistakes]``.

``voices.jsonl`` holds sentences labelled by reading, before the program was asked. A label says whose words the text
itself gives them for: a sentence that names nobody continues the speaker before it where it plainly carries on the
same statement, and is "not stated" otherwise; one that says that somebody spoke, and gives nothing of what was said,
is "not stated" too. Labels of even place (the first, the third …) are for mending the rules; the others are only for
reporting. Lines with a "text" are whole invented documents; the other documents are those of the corpus.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import catalogue
from corpus.collection import Collection, read_document
from corpus.folding import on_one_line
from corpus.model import Document, Known, Span, Voice, VoiceSpan

HERE = Path(__file__).resolve().parent
LABELS = HERE / "voices.jsonl"
DOCUMENTS = HERE.parent / "corpus" / "documents"
_COLUMNS = ("labelled", "given", "right", "precision", "coverage")


class BadLabels(ValueError):
    """A file of labels that cannot be used; the text names the line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence of a document, whose words it gives and, where they are Ofsted's at second hand, who reports them."""

    document: str
    span: Span
    voice: Voice
    by: Voice


@dataclass(frozen=True, slots=True)
class Heard:
    """A label, the voice that the program gives most of its characters, and whether its document is an invented one."""

    label: Label
    voice: Voice
    by: Voice
    text: str
    invented: bool

    @property
    def right(self) -> bool:
        return self.voice is self.label.voice


def read(path: Path = LABELS, documents: Path = DOCUMENTS) -> list[Heard]:
    """Every label with what the program makes of it, in the file's order.

    Raises :class:`BadLabels` with the line that is wrong.
    """
    known = {document.id: document for document in Collection.open([documents]).read().documents}
    invented: set[str] = set()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if "text" in row:
                known[row["document"]] = _document(row)
                invented.add(row["document"])
            else:
                found.append(_heard(_label(row), known[row["document"]], row["document"] in invented))
        except (ValueError, KeyError, TypeError) as error:
            raise BadLabels(f"{path}, line {number}: {error!r}") from error
    return found


def table(path: Path = LABELS, documents: Path = DOCUMENTS) -> str:
    """Precision and coverage by voice, as Markdown: the labels for reporting, then those that the rules are mended on.

    *Given* counts the sentences to which the program gives a voice, and precision is the share of them that is right;
    coverage is the share of those labelled with it that the program finds.
    """
    heard = read(path, documents)
    mending, reporting = heard[::2], heard[1::2]
    parts = []
    for name, half in (("For reporting", reporting), ("For mending", mending)):
        parts += [f"{name}: {len(half)} sentences.", _table(half), _reporters(half)]
    return "\n\n".join(parts)


def mistakes(heard: Iterable[Heard]) -> str:
    """The sentences whose voice is wrong or not found, a line each."""
    return "\n".join(
        f"- {one.label.document}, {one.label.span.start}: “{on_one_line(one.text)}” is {one.label.voice}, "
        f"and was taken for {one.voice}."
        for one in heard
        if not one.right
    )


def _document(row: Mapping[str, str]) -> Document:
    kind = {"kind": (row["kind"], Known.SUPPLIED, "")}
    return read_document(row["document"], row["document"], row["text"], catalogue.Entry(row["document"], kind))


def _label(row: Mapping[str, str]) -> Label:
    span = Span(int(row["start"]), int(row["end"]))
    return Label(row["document"], span, Voice(row["voice"]), Voice(row["by"]))


def _heard(label: Label, document: Document, invented: bool) -> Heard:
    text = label.span.of(document.text)
    if not text:
        raise ValueError(f"{label.document} has no characters {label.span.start} to {label.span.end}")
    voices = [voice for passage in document.passages for voice in passage.voices]
    widest = max(voices, key=lambda voice: _shared(voice, label.span), default=None)
    if widest is None or not _shared(widest, label.span):
        return Heard(label, Voice.NOT_STATED, Voice.NOT_STATED, text, invented)
    return Heard(label, widest.voice, widest.by, text, invented)


def _shared(voice: VoiceSpan, span: Span) -> int:
    return max(0, min(voice.end, span.end) - max(voice.start, span.start))


def _table(heard: Sequence[Heard]) -> str:
    stated = [voice for voice in Voice if voice is not Voice.NOT_STATED]
    rows = [(str(voice), _figures(heard, [voice])) for voice in stated]
    rows += [
        ("all, in the corpus", _figures([one for one in heard if not one.invented], stated)),
        ("all, in invented documents", _figures([one for one in heard if one.invented], stated)),
        ("**all**", _figures(heard, stated)),
    ]
    lines = [["voice", *_COLUMNS], ["---", *["--:"] * len(_COLUMNS)], *([name, *cells] for name, cells in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _figures(heard: Sequence[Heard], voices: Sequence[Voice]) -> list[str]:
    labelled = sum(one.label.voice in voices for one in heard)
    given = sum(one.voice in voices for one in heard)
    right = sum(one.right and one.voice in voices for one in heard)
    return [str(labelled), str(given), str(right), _share(right, given), _share(right, labelled)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else ""


def _reporters(heard: Sequence[Heard]) -> str:
    """Who reports Ofsted's words is a claim of its own."""
    reported = [one for one in heard if one.right and one.voice is Voice.OFSTED_REPORTED]
    right = sum(one.by is one.label.by for one in reported)
    wrong = sum(one.by not in (one.label.by, Voice.NOT_STATED) for one in reported)
    return (
        f"Of {len(reported)} sentences rightly given as Ofsted's at second hand, who reports them is right in {right} "
        f"and wrongly named in {wrong}."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and, where asked, what is wrong in the half that the rules are mended on."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.voices", description="Measure whose words are whose.")
    parser.add_argument("--mistakes", action="store_true", help="list what is wrong in the half for mending")
    options = parser.parse_args(arguments)
    print(table())
    if options.mistakes:
        print(f"\n{mistakes(read()[::2])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
