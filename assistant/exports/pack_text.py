"""Evidence packs as text: Markdown to paste into a report, CSV for a spreadsheet. All text is taken to be hostile."""

import csv
import io
import re
from collections.abc import Iterable

from assistant.exports.pack import EXACT, GONE, Pack, Piece, decided, fact_line, facts, printable, seen

# What CommonMark and its usual extensions read as markup wherever it stands, and what they do at the start of a line.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#&|$~@^=]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_MARKUP = re.compile(r"(?P<number>\d*)(?P<sign>[-+:]|(?<=\d)[.)])")
# OWASP, "CSV Injection": what makes a spreadsheet take a cell for a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_COLUMNS = (
    *("Number", "Introduced by", "Quote", "Whose words", "Reference", "Citation"),
    *("Council", "Body", "Date", "Title", "Kind", "How known"),
    *("What was decided", "Decision in its own words", "Link", "Council’s own page"),
    *("Document", "Start", "End", "Passage id", "Searched for", "Corpus version", "Pack made", "Note"),
)


def markdown(pack: Pack) -> str:
    """The pack as CommonMark. Text of documents stands in block quotes, and nothing in it is read as markup.

    A bare e-mail address is the exception: an extension may make it a link whatever is written around it.
    """
    lines = [f"# {_escaped(pack.title)}", *(_escaped(line) for line in pack.about), EXACT]
    for piece in pack.pieces:
        lines += _markdown_of(piece)
    if pack.pieces:
        citations = (f"{piece.number}. {_escaped(piece.citation)}" for piece in pack.pieces)
        lines += ["## Citations", "\n".join(citations)]
    if pack.missing:
        lines += [f"## {GONE}", "\n".join(f"- {_escaped(id)}" for id in pack.missing)]
    return "\n\n".join(lines) + "\n"


def table(pack: Pack) -> str:
    """The pack as CSV (RFC 4180), a row a passage, with a byte order mark by which Excel knows that it is UTF-8.

    A cell that a spreadsheet could take for a formula has an apostrophe in front, and every cell is in quotation marks,
    as OWASP advises in "CSV Injection". Each row stands alone: it says what was searched, where and when.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    made = {"Searched for": pack.searched, "Corpus version": pack.generation, "Pack made": pack.made.isoformat()}
    rows = [_row(piece) for piece in pack.pieces]
    rows += [{"Passage id": id, "Note": GONE} for id in pack.missing]
    for row in rows:
        filled = row | made
        writer.writerow(defused(filled.get(name, "")) for name in _COLUMNS)
    return "\ufeff" + held.getvalue()


def _row(piece: Piece) -> dict[str, str]:
    known = facts(piece.source)
    return {
        "Number": str(piece.number),
        "Introduced by": piece.introduction,
        "Quote": "\n".join(piece.lines),
        "Whose words": piece.voice_line,
        "Reference": piece.reference,
        "Citation": piece.citation,
        **{name: value for name, value, _ in known},
        "Date": piece.source.date.value or "",
        "How known": "; ".join(f"{name}: {how}" for name, _, how in known),
        "What was decided": piece.outcome.badge,
        "Decision in its own words": "\n".join(seen(passage.text) for passage in piece.outcome.passages),
        "Link": piece.permalink,
        "Council’s own page": piece.web_address,
        "Document": piece.source.id,
        "Start": str(piece.quote.start),
        "End": str(piece.quote.end),
        "Passage id": piece.id,
    }


def _markdown_of(piece: Piece) -> list[str]:
    quoted = [line for line in (piece.introduction, *piece.lines) if line]
    links = [f"[Open in the document](<{piece.permalink}>)"]
    if piece.web_address:
        links.append(f"[Council’s own page](<{piece.web_address}>)")
    said = [] if piece.same_item is not None else [seen(passage.text) for passage in piece.decisions]
    return [
        f"## {piece.number}. {_escaped(piece.reference)}",
        f"**{_escaped(piece.voice_line)}**",
        _block_quote(quoted),
        f"Citation {piece.number}: {_escaped(piece.citation)}",
        _escaped(fact_line(piece.source)),
        f"What was decided: **{_escaped(decided(piece))}**",
        *([_block_quote(said)] if said else []),
        " · ".join(links),
    ]


def _block_quote(lines: Iterable[str]) -> str:
    return "\n>\n".join(f"> {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    """Text as one line of Markdown that says the same and means nothing more."""
    line = _MARKUP.sub(r"\\\g<0>", printable(text))
    start = _LINE_MARKUP.match(line)
    return f"{start['number']}\\{line[start.start('sign') :]}" if start else line


def defused(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "\n".join(printable(line) for line in text.split("\n"))
    return f"'{text}" if text.startswith(_FORMULA) else text
