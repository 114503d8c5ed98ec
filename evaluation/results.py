"""The committed table, evaluation/results.md: the reporting questions, and what was chosen on the tuning ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.assistant import Assistant
from evaluation import ablation, fitting, report, voices
from evaluation.cases import Case, read
from evaluation.metrics import Outcome
from index.local import LocalIndex
from index.models.encoder import Encoder, SentenceEncoder
from index.models.reader import Reader

QUESTIONS = Path(__file__).resolve().parent / "questions"
CLIENT = QUESTIONS / "questions.jsonl"
REPORTING = QUESTIONS / "reporting.jsonl"
TUNING = QUESTIONS / "tuning.jsonl"
REPORTS_REPORTING = QUESTIONS / "reports-reporting.jsonl"
REPORTS_TUNING = QUESTIONS / "reports-tuning.jsonl"
FRESH = QUESTIONS / "fresh.jsonl"
REPORTS_FRESH = QUESTIONS / "reports-fresh.jsonl"
NEWEST = QUESTIONS / "newest.jsonl"
REPORTS_NEWEST = QUESTIONS / "reports-newest.jsonl"
REPORTS_TOGETHER = QUESTIONS / "reports-together.jsonl"


class OnReports(NamedTuple):
    """Three indexes of a dozen of Ofsted's reports each, one of all together, and the questions about them."""

    folder: Path
    tuning: Sequence[Case]
    reporting: Sequence[Case]
    ranking_folder: Path
    ranking: Sequence[Case]
    fresh_folder: Path
    fresh: Sequence[Case]
    newest: Sequence[Case]
    together_folder: Path
    together: Sequence[Case]


_ABOUT = """\
Made by `python -m evaluation --write --reports FOLDER`. Weights, thresholds and the way of ranking are chosen on the
tuning questions alone. The reporting questions are the client's 43, and the halves of the newer questions that were
set apart, by chance, when they were written. Of the 43 the failures were read while earlier parts were built: they
are not blind. The others were run when weights and thresholds were settled; faults of understanding that their misses
showed were mended after that, in general form, and no number was chosen on them.

The questions written before the newest were blind to the program too, and half of them are on reports that nothing but
these and the newest are about. They were first run before the model was taught: 0.71 of the answers shown on the five
documents and 0.66 on the reports, 0.44 and 0.36 to the point, right silence 0.67 and 0.85, wrong silence 0.12 and 0.15.
Their misses were read then; two patterns of asking were added for them (how lists are asked for, and people counted),
and what the model was taught, and the weights and thresholds, come from other questions.

The newest questions were written after that, blind, on the same five documents and the reports of those before. First
run, before the best passage was read a second time: 0.79 and 0.80 of the answers shown, 0.49 and 0.71 to the point,
right silence 0.57 and 0.75, wrong silence 0.14 and 0.18. They were looked at in deciding to read it; no number was
chosen on them.

A span of an answer counts as recalled when quotes shown of its document cover 80% of its characters; “to the point” is
the share of the evidence shown that overlaps an answer; silence is right where the documents do not say, wrong where
they do."""


_TOGETHER = """\
The reports as the program reads any folder, without a catalogue: what each is, it says itself. The questions were
written last and blind, on 24 of the reports that the models were not taught on; a quarter turn on a report's year or
kind. Their first run: 0.80 of the answers shown, 0.61 to the point, right silence 0.83, wrong silence 0.07. Their
misses were read then, and five things mended in general form: a follow-up does without the year before it where the
council has nothing of that year, and stands on the last question that said enough; a report is of the day in its
file's name too; paragraphs under "areas for improvement" are such a list, and "have to get better at" asks for it. No
number was chosen on them."""


def written(index: Path, encoder: Encoder, reports: OnReports | None) -> str:
    """The whole file."""
    reader = Reader.load()
    found = LocalIndex.open(index, encoder, reader)
    tuning = read(TUNING)
    five = {
        "The newest questions": read(NEWEST),
        "Questions written before those": read(FRESH),
        "The client's 43 questions": read(CLIENT),
        "The half of the newer questions set apart": read(REPORTING),
    }
    parts = ["# How good the answers are", _ABOUT, "## The five documents"]
    for title, cases in five.items():
        parts += _answered(title, Assistant(found), cases)
    if reports is not None:
        parts += ["## A dozen of Ofsted's reports"]
        parts += _answered(
            "The half of their questions set apart", _of(reports.folder, encoder, reader), reports.reporting
        )
        parts += ["## A dozen others"]
        others = _of(reports.fresh_folder, encoder, reader)
        parts += _answered("The newest questions", others, reports.newest)
        parts += _answered("Questions written before those", others, reports.fresh)
        parts += ["## All the reports at hand, together", _TOGETHER]
        together = _of(reports.together_folder, encoder, reader)
        parts += _answered("Questions that name a council, a year or a kind", together, reports.together)
    parts += ["## What was chosen on the tuning questions", _sizes(tuning, reports)]
    documents = [document for source in found.sources if (document := found.document(source.id))]
    parts += ["### What each step is worth", _compared("without", ablation.steps(found), tuning)]
    parts += ["### The way of ranking", _compared("way of ranking", _rankings(found), tuning)]
    parts += ["### The share of the cosine", _compared("fusion", ablation.weights(index, encoder, reader), tuning)]
    plain = SentenceEncoder.unadapted()
    parts += ["### The model", _compared("model", ablation.models(documents, encoder, plain, reader), tuning)]
    parts += [
        "### What a vector is of",
        _compared("encoded text", ablation.contexts(documents, encoder, reader), tuning),
    ]
    asked: list[tuple[Assistant, Sequence[Case]]] = [(Assistant(found), tuning)]
    if reports is not None:
        asked += [
            (_of(reports.folder, encoder, reader), reports.tuning),
            (_of(reports.ranking_folder, encoder, reader), reports.ranking),
        ]
    examples = fitting.examples(asked)
    parts += ["### What each signal of a passage is worth", _HELD_OUT, fitting.table(examples)]
    parts += ["### What silence costs", _CURVE, fitting.curve_table(examples)]
    parts += ["## Whose words", voices.table(), ""]
    return "\n\n".join(parts)


_HELD_OUT = (
    "Ten-fold cross-validation over whole questions: each is ranked by weights fitted on others. Recall here is of "
    "passages, before any is left out as too weak."
)
_CURVE = (
    "The same cross-validation. A question is answered where the best passage that can supply the kind of answer "
    "wanted is at least so likely to answer, by how it bears or by that and by reading it with the question: log-odds, "
    "of which `LEAST_BEARING` in assistant/answers/bearing.py and `LEAST_ANSWER` in assistant/answers/evidence.py "
    "are two."
)


def _answered(title: str, assistant: Assistant, cases: Sequence[Case]) -> list[str]:
    outcomes = ablation.outcomes(assistant, cases)
    turns = [one for one in outcomes if len(one.case.turns) > 1]
    return [
        f"### {title}",
        report.by_type(outcomes),
        report.table("of these", [("in several turns", turns)]),
        report.exact(outcomes),
        "Not yet right:",
        report.misses(outcomes),
    ]


def _sizes(tuning: Sequence[Case], reports: OnReports | None) -> str:
    answered = sum(case.match != "none" for case in tuning)
    said = f"{len(tuning)} questions on the five documents, of which {answered} have answers"
    if reports is not None:
        said += f"; the signals also on {len(reports.tuning)} and {len(reports.ranking)} on Ofsted's reports"
    return f"{said}. One question is {1 / answered:.3f} of recall. Differences of two questions or fewer are noise."


def _rankings(found: LocalIndex) -> Iterable[tuple[str, Assistant]]:
    return [*ablation.ways(found), ("convex (chosen)", Assistant(found))]


def _compared(first: str, variants: Iterable[tuple[str, Assistant]], cases: Sequence[Case]) -> str:
    rows: list[tuple[str, Sequence[Outcome]]] = []
    for name, assistant in variants:
        rows.append((name, ablation.outcomes(assistant, cases)))
    return report.table(first, rows)


def _of(folder: Path, encoder: Encoder, reader: Reader) -> Assistant:
    return Assistant(LocalIndex.open(folder, encoder, reader))
