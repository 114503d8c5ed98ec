"""The front of a page: which of its headings is its title, and which only say what kind of page it is."""

import re
from dataclasses import dataclass
from itertools import islice

from corpus.reading.html_characters import plain
from corpus.reading.html_furniture import is_left_out
from corpus.reading.html_markup import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What ModernGov writes above a title: an item's page, a meeting's, a decision's, an issue's.
_KIND = re.compile(
    r"agenda item|(?:meeting|agenda|(?:draft )?minutes|decisions?)"
    r"(?:(?:,| and| &) (?:draft )?(?:decisions?|minutes|agenda)){0,3}"
    r"|(?:decision|issue|key decision|meeting|plan item) details?|issue(?: - \w+)?|issue history|plan item",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_MEETING = re.compile(rf"(?P<body>.+?)(?: [-–] |, )(?P<when>{_WEEKDAY}.*\d.*)")
_PARTS = re.compile(r"\s+(?:[-–|:]|::|»)\s+")
_MOST_HEADINGS, _LONGEST_MEETING = 30, 300


@dataclass(frozen=True, slots=True)
class Front:
    """A page's title, as the page shows it and as its heading's element; and the headings of its kind above that."""

    title: Element | None = None
    words: str = ""
    kinds: tuple[Element, ...] = ()
    shows_kind: bool = False

    def protected(self) -> frozenset[Element]:
        """The elements that the title stands in: none of them can be furniture."""
        found, element = set(), self.title
        while element is not None:
            found.add(element)
            element = element.parent
        return frozenset(found)


def front(content: Element, page: Element) -> Front:
    """The front of a page, by the headings of its content, or of all of it where those hold no first heading."""
    named = said_title(page)
    headings = list(_headings(content))
    if not any(heading.tag == "h1" for heading in headings):
        anywhere = islice((element for element in page.elements() if element.tag == "h1"), _MOST_HEADINGS)
        headings = [*[heading for heading in anywhere if _agrees(heading.words(), named)][:1], *headings]
    kinds: list[Element] = []
    for heading in headings:
        if not _KIND.fullmatch(plain(heading.words())):
            break
        kinds.append(heading)
    if kinds and len(kinds) < len(headings):
        title = headings[len(kinds)]
        return _of_kind(title, plain(title.words()), tuple(kinds))
    firsts = [heading for heading in headings if heading.tag == "h1"] or headings[:1]
    if not firsts:
        return Front()
    title = next((heading for heading in firsts if _agrees(heading.words(), named)), firsts[0])
    if title.tag != "h1" and not _agrees(title.words(), named):
        return Front()
    return Front(title, plain(title.words()))


def said_title(page: Element) -> str:
    """What a page's <title> says, on one line; "" where it has none."""
    return next((plain(element.words()) for element in page.elements() if element.tag == "title"), "")


def parts(title: str) -> list[str]:
    """The parts of a page's title: "Agenda item", "Ofsted update", "Medway Council"."""
    return [part for part in _PARTS.split(title) if part]


def meeting(words: str) -> tuple[str, str] | None:
    """The body that met and the words of its day, in "Cabinet - Tuesday, 3rd September 2019 3.00 pm"."""
    match = _MEETING.fullmatch(words) if len(words) <= _LONGEST_MEETING else None
    return (match["body"], match["when"]) if match else None


def _of_kind(title: Element, words: str, kinds: tuple[Element, ...]) -> Front:
    """A title below the kind of its page: a meeting's takes that in, any other stands under it."""
    if found := meeting(words):
        return Front(title, f"{plain(kinds[0].words())}: {found[0]}, {found[1]}", kinds)
    return Front(title, words, kinds, shows_kind=True)


def _headings(element: Element) -> list[Element]:
    """The first headings of an element that are not furniture."""
    found: list[Element] = []
    waiting = [element]
    while waiting and len(found) < _MOST_HEADINGS:
        here = waiting.pop()
        if here.tag in _HEADINGS:
            if any(letter.isalnum() for letter in plain(here.words())):
                found.append(here)
        elif here is element or here.tag == "body" or not is_left_out(here):
            waiting.extend(child for child in reversed(here.children) if isinstance(child, Element))
    return found


def _agrees(words: str, named: str) -> bool:
    """Whether a heading says what the page's <title> says, its last part, the site's name, aside."""
    said = plain(words).lower()
    site = parts(named)[-1].lower() if len(parts(named)) > 1 else ""
    return bool(said) and said in named.lower() and said != site
