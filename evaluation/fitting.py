"""Fit what the assistant weighs signals by: ``python -m evaluation.fitting [--reports FOLDER]``.

Writes assistant/answers/weights.toml.
Every hit of every tuning question is an example: is it to the point, or not? Questions without an answer are among
them, and the reporting questions are not. What is told of the fit comes from cross-validation: each question's
bearings by weights that were fitted on others.
"""

import argparse
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.answers.bearing import NAMES, WEIGHTS, signals
from assistant.answers.quoting import items_of
from assistant.answers.retrieve import retrieve
from assistant.assistant import Assistant
from assistant.questions.question import Question
from assistant.questions.scope import Scope
from corpus.model import Passage
from evaluation.cases import Case, read
from index.index import Index
from index.local import LocalIndex
from index.model import Hit
from index.models.encoder import SentenceEncoder
from index.models.reader import Reader

HERE = Path(__file__).resolve().parent
TUNING = HERE / "questions" / "tuning.jsonl"
REPORTS_TUNING = HERE / "questions" / "reports-tuning.jsonl"
REPORTS = HERE / "questions" / "reports.txt"
# More questions, each asked of one report, on others than those and than what the model was taught on.
RANKING = HERE / "questions" / "reports-ranking.jsonl"
FOLDS = 10
# How often the questions are dealt into folds anew; the bearings are means over these.
DEALS = 3
# The inverse strength of regularisation, for signals that run from 0 to 1.
STRENGTH = 10.0
# The least and most wrong silences that the curve gives right silences for.
WRONG_SILENCES = (0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3)


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The hits of a set of questions, side by side: their signals, how they were found, whether each is to the point,
    and whose it is.

    ``cases`` are those that were searched for; ``unsearched`` those that ended before.
    """

    cases: Sequence[Case]
    unsearched: Sequence[Case]
    signals: NDArray[np.float64]
    found: Sequence[tuple[Question, Hit, Index]]
    to_the_point: NDArray[np.bool_]
    case: NDArray[np.int64]


def examples(asked: Iterable[tuple[Assistant, Sequence[Case]]]) -> Examples:
    """What is found for each case, as its assistant searches."""
    searched: list[Case] = []
    unsearched: list[Case] = []
    rows: list[tuple[tuple[float, ...], tuple[Question, Hit, Index], bool, int]] = []
    for assistant, case in ((assistant, case) for assistant, cases in asked for case in cases):
        understood = assistant.understood(case.turns[-1], case.turns[:-1])
        if understood.unsearched:
            unsearched.append(case)
            continue
        scope = _asked_of(case, understood.scope, assistant)
        for question in understood.questions:
            for hits in retrieve(question, scope, assistant.index):
                found = signals(question, hits, assistant.index)
                rows += [
                    (
                        astuple(found[hit.passage.id]),
                        (question, hit, assistant.index),
                        _answers(case, hit.passage, assistant),
                        len(searched),
                    )
                    for hit in hits
                ]
        searched.append(case)
    values, hits_found, right, whose = zip(*rows, strict=True)
    return Examples(searched, unsearched, np.array(values), hits_found, np.array(right), np.array(whose))


def fitted(found: Examples, names: Collection[str] = NAMES) -> dict[str, float]:
    """The weight of each signal, and the constant; those not in ``names`` weigh nothing."""
    chosen = [number for number, name in enumerate(NAMES) if name in names]
    model = _model().fit(found.signals[:, chosen], found.to_the_point)
    weights = dict.fromkeys(NAMES, 0.0)
    weights |= {NAMES[number]: float(weight) for number, weight in zip(chosen, model.coef_[0], strict=True)}
    return {"constant": float(model.intercept_[0])} | weights


def held_out(found: Examples, names: Collection[str] = NAMES) -> NDArray[np.float64]:
    """The bearing of each example by weights fitted without its question, the mean over a few deals of the folds."""
    chosen = [number for number, name in enumerate(NAMES) if name in names]
    bearings = np.zeros(len(found.case))
    for deal in range(DEALS):
        order = np.random.default_rng(deal).permutation(len(found.cases))
        folds = GroupKFold(FOLDS).split(found.signals, found.to_the_point, order[found.case])
        for train, test in folds:
            model = _model().fit(found.signals[train][:, chosen], found.to_the_point[train])
            bearings[test] += model.decision_function(found.signals[test][:, chosen]) / DEALS
    return bearings


def best_able(found: Examples, bearings: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each case searched for, how the best of the hits that can answer bears; -inf where none can."""
    able = found.signals[:, NAMES.index("supplies")] > 0
    return np.array([max(bearings[(found.case == n) & able], default=-np.inf) for n in range(len(found.cases))])


def read_best(found: Examples, bearings: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each case searched for, what comes of reading the best of the hits that can answer; NaN where none can."""
    read = np.full(len(found.cases), np.nan)
    for number, best in enumerate(best_able(found, bearings)):
        if np.isfinite(best):
            row = np.flatnonzero((found.case == number) & (bearings == best))[0]
            question, hit, index = found.found[row]
            read[number] = index.read(question.text, hit.passage)
    return read


def fitted_answer(found: Examples) -> dict[str, float]:
    """What the bearing of the best hit and the reading of it weigh in whether it answers."""
    bearings = held_out(found)
    told = np.column_stack([best_able(found, bearings), read_best(found, bearings)])
    there = np.isfinite(told).all(axis=1)
    model = _model().fit(told[there], np.array([case.match != "none" for case in found.cases])[there])
    (bearing, read), (constant,) = model.coef_[0], model.intercept_
    return {"constant": float(constant), "bearing": float(bearing), "read": float(read)}


def recall(found: Examples, bearings: NDArray[np.float64], depth: int) -> float:
    """The mean share of a question's passages to the point that are among the ``depth`` that bear most."""
    shares = []
    for number, case in enumerate(found.cases):
        mine = found.case == number
        right = found.to_the_point[mine]
        if case.match == "none":
            continue
        among = right[np.argsort(-bearings[mine], kind="stable")][:depth].sum()
        needed = 1 if case.match == "any" else min(right.sum(), depth)
        shares.append(min(among / needed, 1.0) if needed else 0.0)
    return float(np.mean(shares))


def curve(found: Examples, heights: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    """What silence costs: the most wrong silence allowed, the right silence it buys, and the height to cut at.

    ``heights`` tells of each case searched for how likely it is to have an answer.
    """
    cases = [*found.unsearched, *found.cases]
    heights = np.concatenate([np.full(len(found.unsearched), -np.inf), heights])
    unanswerable = np.array([case.match == "none" for case in cases])
    points = []
    for allowed in WRONG_SILENCES:
        cuts = [cut for cut in np.unique(heights) if np.mean(heights[~unanswerable] < cut) <= allowed]
        cut = max(cuts)
        points.append((float(np.mean(heights[~unanswerable] < cut)), float(np.mean(heights[unanswerable] < cut)), cut))
    return points


def table(found: Examples) -> str:
    """What each signal is worth: the same cross-validation without it."""
    rows = ["| signals | recall at 1 | at 3 | at 5 | right silence at 0.08 wrong |", "| --- | --: | --: | --: | --: |"]
    for name in ("", *NAMES):
        kept = [other for other in NAMES if other != name]
        bearings = held_out(found, kept)
        at = " | ".join(f"{recall(found, bearings, depth):.2f}" for depth in (1, 3, 5))
        heights = best_able(found, bearings)
        silence = next(right for wrong, right, _ in reversed(curve(found, heights)) if wrong <= 0.08)
        rows.append(f"| {f'without `{name}`' if name else 'all'} | {at} | {silence:.2f} |")
    return "\n".join(rows)


def curve_table(found: Examples) -> str:
    """Wrong silences against right ones, by the bearing of the best hit alone and by reading it too."""
    bearings = held_out(found)
    alone = best_able(found, bearings)
    weights = fitted_answer(found)
    both = weights["constant"] + weights["bearing"] * alone + weights["read"] * read_best(found, bearings)
    rows = [
        "| wrong silence | right silence, by bearing | cut at | right silence, read too | cut at |",
        "| --: | --: | --: | --: | --: |",
    ]
    for allowed, one, other in zip(
        WRONG_SILENCES, curve(found, alone), curve(found, np.nan_to_num(both, nan=-np.inf)), strict=True
    ):
        rows.append(f"| {allowed:.2f} | {one[1]:.2f} | {one[2]:.2f} | {other[1]:.2f} | {other[2]:.2f} |")
    return "\n".join(rows)


def written(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The file of weights."""
    lines = [
        "# What each signal weighs in a passage's bearing. Made by python -m evaluation.fitting: not to be edited."
    ]
    for title, values in weights.items():
        lines += ["", f'["{title}"]', *(f"{name} = {value:.3f}" for name, value in values.items())]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, tell, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fitting", description="Fit the weights of signals.")
    parser.add_argument("--index", type=Path, default=HERE.parent / "index" / "built", metavar="DIR")
    parser.add_argument("--reports", type=Path, metavar="FOLDER", help="Ofsted's reports, for the questions about them")
    options = parser.parse_args(arguments)
    encoder = SentenceEncoder.load()
    with ExitStack() as opened:
        asked = [(options.index, read(TUNING))]
        if options.reports:
            from evaluation.reports import indexed  # only this needs a reader of PDFs

            folder, documents = opened.enter_context(indexed(options.reports, encoder, REPORTS))
            asked.append((folder, read(REPORTS_TUNING, documents)))
            folder, documents = opened.enter_context(indexed(options.reports, encoder, RANKING.with_suffix(".txt")))
            asked.append((folder, read(RANKING, documents)))
        with_model = examples(
            (Assistant(LocalIndex.open(index, encoder, Reader.load())), cases) for index, cases in asked
        )
        words_alone = examples((Assistant(LocalIndex.open(index, None)), cases) for index, cases in asked)
    print(f"{table(with_model)}\n\n{curve_table(with_model)}")
    WEIGHTS.write_text(
        written(
            {
                "with a model": fitted(with_model),
                "words alone": fitted(words_alone),
                "an answer, with a reader": fitted_answer(with_model),
            }
        ),
        encoding="utf-8",
    )
    return 0


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2_000)


def _answers(case: Case, passage: Passage, assistant: Assistant) -> bool:
    """Whether a passage is to the point: it overlaps an answer, or opens a list most of whose members do."""
    if _overlaps(case, passage):
        return True
    document = assistant.index.document(passage.document)
    listed = items_of(document, passage.opens) if document is not None else []
    return bool(listed) and 2 * sum(_overlaps(case, member) for member in listed) >= len(listed)


def _asked_of(case: Case, scope: Scope, assistant: Assistant) -> Scope:
    """The scope of a question, or the one document that it is asked of."""
    sources = [source for source in assistant.index.sources if source.id == case.within]
    return scope.within(*sources) if sources else scope


def _overlaps(case: Case, passage: Passage) -> bool:
    return any(a.document == passage.document and a.start < passage.end and passage.start < a.end for a in case.answers)


if __name__ == "__main__":
    sys.exit(main())
