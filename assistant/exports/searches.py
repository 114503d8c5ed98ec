"""A search as other programs read it: the JSON of the command line and of ``/api/v1/search``, and CSV."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from assistant.exports.answers import evidence_json, passages_json
from assistant.exports.pack import facts, seen
from assistant.exports.pack_text import defused
from assistant.search.facets import Count, Facet
from assistant.search.results import Result
from assistant.search.search import Results

_COLUMNS = (
    *("Number", "Quote", "Introduced by", "Whose words", "What it is", "Reference", "Citation"),
    *("What was decided", "Decision in its own words", "Recommended"),
    *("Council", "Body", "Date", "Title", "Kind", "How known"),
    *("Link", "Document", "Start", "End", "Passage id"),
)


def results_json(results: Results) -> dict[str, Any]:
    """``results`` as JSON values: one page of them, and what is counted of all.

    ``searched`` counts documents, and ``undated`` the passages left out as their document has no known day. Where not
    ``complete``, more is found than is counted.
    """
    return {
        "query": results.search.query.asked,
        "ignored": list(results.search.query.ignored),
        "generation": results.generation,
        "notice": results.notice,
        "total": results.total,
        "matching": results.matching,
        "searched": results.searched,
        "undated": results.undated,
        "complete": results.complete,
        "page": results.page,
        "pages": results.pages,
        "size": results.size,
        "results": [result_json(one) for one in results.results],
        "facets": {facet.value: [_count(count) for count in results.facets.get(facet, ())] for facet in Facet},
        "years": [{"year": year, "passages": passages} for year, passages in results.years],
        "groups": [{"council": one.council, "year": one.year, "passages": one.passages} for one in results.groups],
    }


def result_json(one: Result) -> dict[str, Any]:
    """One result as JSON values: the evidence, and what an officer wants beside it."""
    return {
        "id": one.passage.id,
        "permalink": one.permalink,
        **evidence_json(one.evidence),
        "recommended": passages_json(one.recommended),
        "changes": [{"kind": change.kind, "words": change.words} for change in one.changes],
        "advice": [{"heading": one.heading, "passages": passages_json(one.passages)} for one in one.advice],
    }


def results_csv(results: Results) -> str:
    """A page of ``results`` as CSV (RFC 4180), a row a result, safe and readable in a spreadsheet as packs are."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in results.results:
        row = _row(one)
        writer.writerow(defused(row[name]) for name in _COLUMNS)
    return "\ufeff" + held.getvalue()


def _row(one: Result) -> dict[str, str]:
    evidence = one.evidence
    source = evidence.source
    known = facts(source)
    return {
        "Number": str(evidence.number),
        "Quote": seen(evidence.quote.text),
        "Introduced by": seen(evidence.lead_in.text) if evidence.lead_in else "",
        "Whose words": evidence.voice_line,
        "What it is": one.passage.role.value,
        "Reference": evidence.reference,
        "Citation": evidence.citation,
        "What was decided": evidence.outcome.badge.value,
        "Decision in its own words": _lines([passage.text for passage in evidence.outcome.passages]),
        "Recommended": _lines([passage.text for passage in one.recommended]),
        **{name: value for name, value, _ in known},
        "Date": source.date.value or "",
        "How known": "; ".join(f"{name}: {how}" for name, _, how in known),
        "Link": one.permalink,
        "Document": source.id,
        "Start": str(evidence.quote.start),
        "End": str(evidence.quote.end),
        "Passage id": one.passage.id,
    }


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(seen(text) for text in texts)


def _count(count: Count) -> dict[str, Any]:
    return {"value": count.value, "passages": count.passages, "chosen": count.chosen}
