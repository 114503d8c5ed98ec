"""``python -m assistant search "TERMS"``: the officers' search from the command line.

Its options are limits of the search language, written apart: ``--council medway`` is ``council:medway``, and several
of one limit are met by any. Exit status 0 for what was found or honestly not, 1 for a search that cannot be read, 2
when there is no index to search.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.exports.searches import results_csv, results_json
from assistant.search.facets import Facet
from assistant.search.query import BadQuery, Field, Limit, parse
from assistant.search.results import Result
from assistant.search.search import SIZES, Order, Reading, Results, Search, Searcher
from assistant.terminal import add_index, kept, models, typed
from corpus.display import plain
from corpus.model import Passage
from index.files.generations import IndexUnusable

_LIMITS = {
    Field.COUNCIL: ("X", "a council by its name, or part of it"),
    Field.BODY: ("X", "a committee or other body, by words of its name"),
    Field.KIND: ("X", "minutes, report, inspection or document"),
    Field.ROLE: ("X", "what a passage is: decision, recommendation, finding, judgement, discussion, risk, action"),
    Field.VOICE: ("X", "whose words: ofsted, reported, officer, member, author, unstated"),
    Field.OUTCOME: ("X", "what was decided: resolved, agreed, noted, decided, recommended, none"),
}
_QUOTES = dict.fromkeys(map(ord, '"“”„‟'), " ")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", index: Path) -> None:
    """Add the command to those there are; ``index`` is where an index usually is."""
    search = commands.add_parser("search", help="search for precedent, with filters, counts and complete lists")
    search.add_argument("terms", nargs="?", default="", metavar="TERMS", help="words, “exact phrases” and limits")
    for field, (metavar, says) in _LIMITS.items():
        search.add_argument(f"--{field}", action="append", default=[], metavar=metavar, help=f"{says}; may repeat")
    search.add_argument("--from", dest="first", metavar="D", help="a day, a month or a year to search from")
    search.add_argument("--to", dest="last", metavar="D", help="a day, a month or a year to search to")
    search.add_argument("--undated", action="store_true", help="within dates, documents of no known day as well")
    search.add_argument("--every", action="store_true", help="every mention, in order, and not the best passages first")
    search.add_argument("--sort", choices=[order.value for order in Order], default=Order.BEST.value)
    search.add_argument("--page", type=int, default=1, metavar="N")
    search.add_argument("--size", type=int, default=SIZES[0], metavar="N", help="how many results are on a page")
    add_index(search, index)
    search.add_argument("--encoder", metavar="NAME_OR_FOLDER", help="the model that the index was built with")
    form = search.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", action="store_true", help="a row a result, for a spreadsheet")


def run(options: argparse.Namespace) -> int:
    """Search and print; the exit status."""
    try:
        search = read(options)
    except BadQuery as mistake:
        print(typed(str(mistake)), file=sys.stderr)
        return 1
    try:
        searcher = Searcher(kept(options).open(models(options.encoder, reader=False).encoder))
    except IndexUnusable as problem:
        print(problem, file=sys.stderr)
        return 2
    results = searcher.search(search, options.page, options.size)
    if options.json:
        print(json.dumps(results_json(results), indent=2))
    elif options.csv:
        # The rows end as RFC 4180 has it, whatever ends a line on this machine.
        sys.stdout.buffer.write(results_csv(results).encode())
        print(_counted(results), file=sys.stderr)
    else:
        print("\n".join(typed(line) for line in _shown(results)))
    return 0


def read(options: argparse.Namespace) -> Search:
    """What the options ask for; :class:`BadQuery` for what cannot be read, or where nothing is asked for."""
    query = parse(options.terms)
    limits = [_limit(field, value) for field in _LIMITS for value in getattr(options, field)]
    first, last = _day(Field.FROM, options.first), _day(Field.TO, options.last)
    if first and last and first > last:
        raise BadQuery(f"The days from {first} to {last} end before they begin: give the earlier one first.")
    if options.page < 1 or options.size < 1:
        raise BadQuery("Pages are counted from 1, and hold 1 result at least: give --page and --size as such numbers.")
    query = replace(query, limits=(*query.limits, *limits))
    if not (query.text or query.required or query.limits or first or last):
        alone = f"“{' '.join(query.ignored)}” is too common to be searched for by itself. " if query.ignored else ""
        raise BadQuery(f"{alone}Give words to search for, or a limit such as --role decision.")
    ranged = first or last or any(limit.field in (Field.FROM, Field.TO) for limit in query.limits)
    reading = Reading.EVERY if options.every else Reading.BEST
    undated = options.undated or not ranged
    return Search(query, reading, Order(options.sort), first=first, last=last, undated=undated)


def _limit(field: Field, value: str) -> Limit:
    """The limit that an option sets, as the search language reads it."""
    return parse(f'{field}:"{value.translate(_QUOTES)}"').limits[0]


def _day(field: Field, value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(_limit(field, value).value)


def _shown(results: Results) -> Iterator[str]:
    """A page of results as a person reads it in a terminal."""
    yield _counted(results)
    for one in results.results:
        yield from _result(one)
    if not results.total:
        return
    yield ""
    for facet in Facet:
        if len(counts := results.facets[facet]) > 1:
            yield f"{facet.capitalize()}: {', '.join(f'{count.value} ({count.passages})' for count in counts)}"
    if results.pages > 1:
        yield f"Page {results.page} of {results.pages}: choose another with --page."
    yield "Check the source before you rely on it."


def _counted(results: Results) -> str:
    """What was found in what was searched, in a line or two."""
    if results.notice:
        return results.notice
    of = f"{results.searched} document{'' if results.searched == 1 else 's'}"
    found = f"{results.total:,} passage{'' if results.total == 1 else 's'} in {results.matching} of {of}."
    said = [found if results.total else f"No passage found in {of} searched."]
    if not results.complete:
        said.append("More match than can be counted: narrow the search, with more words or a limit, to count them all.")
    if results.undated:
        said.append(f"{results.undated} more in documents whose date is not known: add --undated to see them.")
    if ignored := results.search.query.ignored:
        said.append(f"Left aside, as too common: {', '.join(ignored)}.")
    return "\n".join(said)


def _result(one: Result) -> Iterator[str]:
    """What was decided first, then the passage, its citation and what stands beside it."""
    evidence = one.evidence
    yield ""
    yield f"{evidence.number}  {evidence.outcome.badge.upper()}{_words(' – ', evidence.outcome.passages)}"
    if one.recommended:
        yield f"   Recommended{_words(': ', one.recommended)}"
    lead_in = f"{plain(evidence.lead_in.text)} … " if evidence.lead_in else ""
    yield f"   {evidence.voice_line}: {lead_in}“{plain(evidence.quote.text)}”"
    yield f"   {evidence.citation}"
    if one.advice:
        yield f"   The officers’ advice on this item: {'; '.join(plain(advice.heading) for advice in one.advice)}"
    yield f"   {one.permalink}"


def _words(before: str, passages: Sequence[Passage]) -> str:
    return before + "; ".join(plain(passage.text) for passage in passages) if passages else ""
