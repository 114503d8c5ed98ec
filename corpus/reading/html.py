"""HTML: a web page, or a part of one, as plain text: what it says, in lines, without the site around it.

A page of an agenda item or a meeting of ModernGov's, the committee software of most English councils, gives the text
that a person copies from it: "Agenda item", title, introduction, "Minutes:" and the rest, each on a line of its own.
"""

from dataclasses import replace
from pathlib import Path

from corpus.reading.html_about import about
from corpus.reading.html_decoding import decoded
from corpus.reading.html_flow import Flow, Line
from corpus.reading.html_front import front, said_title
from corpus.reading.html_furniture import content
from corpus.reading.html_markup import parse
from corpus.reading.reading import Heading, Reading, UnreadableFile

# A council's longest meeting pages are half a megabyte; pages saved with their pictures in them are larger.
LARGEST = 10 * 1024 * 1024


def read(path: Path) -> Reading:
    """A web page's text, headings and what it says of itself.

    Raises :class:`UnreadableFile` for a file that cannot be opened, is larger than ``LARGEST`` bytes, holds more
    elements than a page of words does, or holds no text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(_TOO_LARGE)
        return reading(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error


def reading(markup: bytes | str) -> Reading:
    """What a page, or a part of one, says; characters as they are, or bytes in the page's own encoding.

    Raises :class:`UnreadableFile` as ``read`` does.
    """
    if len(markup) > LARGEST:
        raise UnreadableFile(_TOO_LARGE)
    text, doubts = decoded(markup) if isinstance(markup, bytes) else (markup, ())
    page = parse(text)
    part = content(page.root)
    head = front(part, page.root)
    # A part of a page has no menus: its lists of links are its own.
    flow = Flow(head, is_whole_page=part is page.root and bool(said_title(page.root)))
    lines = _without_repeats(flow.run([part]))
    if not lines and part is not page.root:  # the part that should hold the words is empty
        flow = Flow(head, is_whole_page=True)
        lines = _without_repeats(flow.run([page.root]))
    if not lines:
        raise UnreadableFile("holds no text")
    if head.title and not any(line.level == 1 for line in lines):  # its title stands above its content
        lines.insert(0, Line(head.words, 1))
    known, contradictions = about(page, head, lines)
    places = f"{flow.struck} place{'s' if flow.struck > 1 else ''}"
    struck = (f"words that are struck out were left out, in {places}",) if flow.struck else ()
    return replace(_set(lines), about=known, notes=(*doubts, *struck, *dict.fromkeys(flow.notes), *contradictions))


_TOO_LARGE = f"is larger than {LARGEST // 1024 // 1024} MB, which is no page of words"


def _set(lines: list[Line]) -> Reading:
    """The lines parted by blank lines, and where the headings among them start."""
    headings, starts = [], 0
    for line in lines:
        if line.level:
            headings.append(Heading(starts, line.level))
        starts += len(line.text) + 2
    return Reading("\n\n".join(line.text for line in lines) + "\n", headings=tuple(headings))


def _without_repeats(lines: list[Line]) -> list[Line]:
    """The lines without headings that only say again what stands straight above them."""
    return [line for n, line in enumerate(lines) if not (n and line.level and line.text == lines[n - 1].text)]
