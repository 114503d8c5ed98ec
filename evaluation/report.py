"""Tables of the evaluation's results, as Markdown."""

from collections.abc import Iterable, Mapping, Sequence

from evaluation.beir import Measures
from evaluation.metrics import DEPTHS, Outcome, Summary, summary

_COLUMNS = (
    "questions",
    *(f"recall at {depth}" for depth in DEPTHS),
    "recall, all shown",
    "to the point",
    "right silence",
    "wrong silence",
)


def by_type(outcomes: Sequence[Outcome]) -> str:
    """A row a question type, and one for all."""
    types = dict.fromkeys(sorted(one.case.type for one in outcomes))
    rows = [(kind, [one for one in outcomes if one.case.type == kind]) for kind in types]
    return table("type of question", [*rows, ("**all**", list(outcomes))])


def table(first: str, rows: Iterable[tuple[str, Sequence[Outcome]]]) -> str:
    """A row of means for each name and its outcomes."""
    lines = [_row([first, *_COLUMNS]), _row(["---"] + ["--:"] * len(_COLUMNS))]
    lines += [_row([name, *_cells(summary(outcomes))]) for name, outcomes in rows]
    return "\n".join(lines)


def beir_table(measures: Sequence[Measures]) -> str:
    """A row for each way of searching a public collection."""
    lines = [_row(["way", "queries", "nDCG@10", "recall@10", "success@1", "success@5"]), _row(["---"] + ["--:"] * 5)]
    for one in measures:
        figures = (one.ndcg_at_10, one.recall_at_10, one.success_at_1, one.success_at_5)
        lines.append(_row([one.way.value, str(one.queries), *(f"{figure:.3f}" for figure in figures)]))
    return "\n".join(lines)


def exact(outcomes: Sequence[Outcome]) -> str:
    """How many of the quotes shown are exact slices of their document."""
    quotes, right = sum(one.quotes for one in outcomes), sum(one.exact for one in outcomes)
    return f"{right} of {quotes} quotes shown are exact slices of their document at the offsets given."


def as_json(outcomes: Sequence[Outcome]) -> Mapping[str, object]:
    """The same figures for programs, with each question's own."""
    whole = summary(outcomes)
    return {
        "cases": whole.cases,
        "recall": dict(zip([*map(str, DEPTHS), "all"], whole.recall, strict=True)),
        "to_the_point": whole.to_the_point,
        "right_silence": whole.right_silence,
        "wrong_silence": whole.wrong_silence,
        "quotes": sum(one.quotes for one in outcomes),
        "exact_quotes": sum(one.exact for one in outcomes),
        "questions": [
            {
                "id": one.case.id,
                "type": one.case.type,
                "recall": list(one.recall),
                "shown": one.shown,
                "to_the_point": one.to_the_point,
                "silent": one.silent,
            }
            for one in outcomes
        ],
    }


def misses(outcomes: Sequence[Outcome]) -> str:
    """The questions that are not yet right, so that nobody has to take the means on trust."""
    lines = []
    for one in outcomes:
        asked = " → ".join(one.case.turns)
        if one.case.match == "none" and not one.silent:
            lines.append(f"- {one.case.id}, {one.case.type}: “{asked}” was answered, and the documents do not say.")
        elif one.case.match != "none" and one.recall[-2] < 1:
            silent = "; said to be not found" if one.silent else ""
            lines.append(f"- {one.case.id}, {one.case.type}: “{asked}”: recall at 5 {one.recall[-2]:.2f}{silent}.")
    return "\n".join(lines) or "None."


def _cells(whole: Summary) -> list[str]:
    figures = [*whole.recall, whole.to_the_point, whole.right_silence, whole.wrong_silence]
    return [str(whole.cases), *("" if figure is None else f"{figure:.2f}" for figure in figures)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
