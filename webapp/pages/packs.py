"""Evidence packs: the passages that a person ticked, as a page and as files to take away. Every state is an address."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assistant.exports.pack import EXACT, TITLE, Pack, Piece, TooMany, pack, printable, seen
from assistant.exports.pack_text import markdown, table
from assistant.questions.personal import found
from assistant.search.query import LONGEST
from corpus.model import Span
from webapp.layout import word
from webapp.layout.facts import place
from webapp.layout.passages import Part, laid_out
from webapp.records import opened

pages = Blueprint("packs", __name__)

# Longer words than these are below the title and not in it.
_LONGEST_IN_TITLE = 80
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece as the page shows it, with the words of its outcome; each with the address of where it stands."""

    piece: Piece
    url: str
    parts: list[Part]
    decisions: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: passages by id, and the words that were searched for."""

    ids: tuple[str, ...]
    searched: str

    def address(self, endpoint: str) -> str:
        """The address of this pack as a page or a file."""
        return url_for(endpoint, passage=list(self.ids), searched=self.searched or None)

    def without(self, ids: Iterable[str]) -> "Wanted":
        """The same pack with these passages taken out."""
        out = frozenset(ids)
        return Wanted(tuple(id for id in self.ids if id not in out), self.searched)


@pages.get("/pack")
def show() -> ResponseReturnValue:
    """The pack as a page. ``without`` takes passages out, and leads to the address of what is left."""
    wanted = _wanted()
    if removed := request.args.getlist("without"):
        return redirect(wanted.without(removed).address("packs.show"), 303)
    try:
        made = _made(wanted)
    except TooMany as problem:
        return _refused(problem)
    return render_template(
        "pack.html",
        pack=made,
        shown=[_laid(piece) for piece in made.pieces],
        wanted=wanted,
        present=wanted.without(made.missing),
        exact=EXACT,
    )


@pages.get("/pack.docx")
def as_word() -> ResponseReturnValue:
    """The pack as a Word document."""
    return _file("docx", word.MEDIA_TYPE)


@pages.get("/pack.md")
def as_markdown() -> ResponseReturnValue:
    """The pack as Markdown."""
    return _file("md", "text/markdown; charset=utf-8")


@pages.get("/pack.csv")
def as_csv() -> ResponseReturnValue:
    """The pack as CSV."""
    return _file("csv", "text/csv; charset=utf-8; header=present")


def _file(ending: str, media_type: str) -> ResponseReturnValue:
    """The pack as a file with a name of its own; the page, where there is nothing to put into one."""
    wanted = _wanted()
    try:
        made = _made(wanted)
    except TooMany as problem:
        return _refused(problem)
    if not wanted.ids:
        return redirect(wanted.address("packs.show"), 303)
    body = {"docx": word.word, "md": markdown, "csv": table}[ending](made)
    response = make_response(body)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(made)}.{ending}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _wanted() -> Wanted:
    """What the address asks for; blanks are passed over, and a passage named twice is one."""
    named = (id.strip() for id in request.args.getlist("passage"))
    searched = printable(request.args.get("searched", ""))
    # No search with personal details leads here: such words were written into the address, and go into no file.
    return Wanted(tuple(dict.fromkeys(filter(None, named))), "" if found(searched) else searched)


def _made(wanted: Wanted) -> Pack:
    """The pack of today. Raises :class:`TooMany`."""
    if len(wanted.searched) > LONGEST:
        raise TooMany(f"The words searched for may have {LONGEST:,} characters, and these have more.")
    made = pack(
        wanted.ids,
        g.assistant.index,
        made=date.today(),
        searched=wanted.searched,
        title=f"{TITLE}: {wanted.searched}" if 0 < len(wanted.searched) <= _LONGEST_IN_TITLE else TITLE,
        address=request.url_root,
    )
    opened.note({piece.source.id: piece.source for piece in made.pieces}.values())
    return made


def _refused(problem: TooMany) -> ResponseReturnValue:
    return render_template("pack.html", problem=str(problem)), 422


def _laid(piece: Piece) -> Laid:
    document = g.assistant.index.document(piece.source.id)
    assert document is not None
    decisions = [] if piece.same_item is not None else piece.decisions
    return Laid(
        piece,
        place(document.id, Span(piece.quote.start, piece.quote.end)),
        laid_out(document.text, piece.passages),
        [(seen(passage.text), place(passage.document, passage.span)) for passage in decisions],
    )


def _name(made: Pack) -> str:
    """A file name of plain letters: "evidence-foster-carers-2026-03-04"."""
    plain = unicodedata.normalize("NFKD", made.searched).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    return "-".join(filter(None, ("evidence", words, made.made.isoformat())))
