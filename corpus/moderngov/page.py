"""An agenda item as a web page: its title, introduction, minutes and decision, as the council's own page has them.

The HTML of the minutes stays as it was delivered, but for what would run, fetch or reach beyond its own part of the
page: scripts, styles, frames, forms, comments, what is left open.
"""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from corpus.folding import on_one_line
from corpus.moderngov.records import Item, Status

# Sentences, with a full stop, so that no reader takes them for a heading over what follows.
STATUS_LINES = {Status.DRAFT: "Draft minutes.", Status.CONFIRMED: "Minutes confirmed."}

# An item's words in characters; the longest minutes are a twentieth of this.
LONGEST = 2_000_000

# Deeper than any Word document; what is nested deeper loses its tags and keeps its words.
_DEEPEST = 100

_DROPPED = {
    "applet", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea", "title", "xml",
}  # fmt: skip
_EMPTY = {"br", "hr", "wbr", "col"}
_KEPT = {
    "a", "abbr", "article", "b", "blockquote", "caption", "center", "cite", "code", "colgroup", "dd", "del", "dfn",
    "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "li", "ol", "p", "pre", "q", "s",
    "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "u", "ul",
} | _EMPTY  # fmt: skip
_ATTRIBUTES = {"class", "style", "lang", "colspan", "rowspan", "start", "type", "value", "scope", "align"}


def page(item: Item, council: str, url: str, status: Status) -> str:
    """The page of an item. Only what is published of it is in it; ``url`` is its page on the council's site."""
    title = item.title or f"Item {item.id}"
    parts = [f"<h1>{escape(title)}</h1>"]
    if status in STATUS_LINES:
        parts.append(f"<p>{STATUS_LINES[status]}</p>")
    parts += sections(item)
    named = " - ".join(part for part in ("Agenda item", title, council) if part)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(named)}</title>\n'
        f'<link rel="canonical" href="{escape(url)}">\n</head>\n<body>\n' + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def sections(item: Item) -> list[str]:
    """The published words of an item, part by part, as they stand in its page; none where it has no minutes.

    An introduction alone ("To receive apologies") is no minute.
    """
    introduction = _contained(item.introduction)
    minutes = _contained(item.minutes) if item.minutes_published else ""
    decision = _contained(item.decision) if item.decision_published else ""
    if not minutes and not decision:
        return []
    parts = [introduction] if introduction else []
    if minutes:
        parts += ["<h2>Minutes:</h2>", minutes]
    if decision and decision != minutes:
        parts += ["<h2>Decision:</h2>", decision]
    return parts


def _contained(words: str) -> str:
    """HTML that stays in its own part of a page, or nothing where it holds no words."""
    reader = _Container()
    reader.feed(words)
    reader.close()
    return reader.page() if reader.worded else ""


class _Container(HTMLParser):
    """Writes again what is kept of HTML, every element closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.worded = False
        self._written: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []

    def page(self) -> str:
        return "".join(self._written + [f"</{tag}>" for tag in reversed(self._open)]).strip()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self._dropping:
            if tag == self._dropping[0]:
                self._dropping.append(tag)
        elif tag in _DROPPED:
            self._dropping.append(tag)
        elif tag in _KEPT and len(self._open) < _DEEPEST:
            kept = [(name, on_one_line(value or "")) for name, value in attrs if _is_kept(name, value)]
            self._written.append(f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept) + ">")
            if tag not in _EMPTY:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
        elif tag in self._open:
            while self._open:
                last = self._open.pop()
                self._written.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._written.append(escape(data, quote=False))
            self.worded = self.worded or bool(data.strip())


def _is_kept(name: str, value: str | None) -> bool:
    if name == "href":
        return bool(re.match(r"\s*https?://", value or "", re.IGNORECASE))
    if name == "style":
        return not re.search(r"url|expression|import|\\", value or "", re.IGNORECASE)
    return name in _ATTRIBUTES
