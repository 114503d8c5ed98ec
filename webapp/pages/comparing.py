"""The page that compares councils: a column each, with what its documents say on a query, or what was searched."""

from dataclasses import dataclass

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from assistant.questions.personal import SEARCH, refuse
from assistant.search.comparison import MOST_COUNCILS, MOST_READ, CannotCompare, Column, Comparison, compare, held
from assistant.search.query import BadQuery, Field, parse
from webapp.pages.searching import Shown, laid

pages = Blueprint("comparing", __name__)

# Of each council so many: a column is read beside others, and a search of the council has the rest.
MOST_PASSAGES = 3
# So many councils or documents are listed in the open, and more behind a line that opens.
FEW = 12


@dataclass(frozen=True, slots=True)
class Laid:
    """A column with its results ready to show."""

    column: Column
    shown: list[Shown]


@pages.get("/compare")
def show() -> ResponseReturnValue:
    """The comparison that the address asks for: ``q`` is the query, ``councils`` each council. The form alone without.

    With status 422, the form and what is wrong: for a query that cannot be read or looks for nothing, for councils
    that are not held, and for too many of them.
    """
    typed = request.args.get("q", "").strip()
    chosen = [name for name in map(str.strip, request.args.getlist("councils")) if name]
    if not typed:
        return _page(typed, chosen)
    try:
        for name in chosen:
            refuse(name, BadQuery, *SEARCH)
        query = parse(typed)
        if not (query.text or query.required or query.limits):
            raise BadQuery(f"“{typed}” has no word to look for: use a word of the subject, such as caseloads.")
        return _page(typed, chosen, compare(g.assistant.searcher, query, chosen, MOST_PASSAGES))
    except (BadQuery, CannotCompare) as mistake:
        return _page(typed, chosen, mistake=str(mistake)), 422


def _page(typed: str, chosen: list[str], comparison: Comparison | None = None, mistake: str = "") -> str:
    columns = comparison.columns if comparison else ()
    ticked = [column.council for column in columns] if comparison and comparison.chosen else chosen
    return render_template(
        "compare.html",
        typed=typed,
        ticked=ticked,
        held=held(g.assistant.index.sources),
        comparison=comparison,
        columns=[Laid(column, [laid(one, "") for one in column.results]) for column in columns],
        ranged=comparison and any(one.field in (Field.FROM, Field.TO) for one in comparison.query.limits),
        most_councils=MOST_COUNCILS,
        most_read=MOST_READ,
        few=FEW,
        mistake=mistake,
    )
