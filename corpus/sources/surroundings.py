"""What a file's name, its folders and its properties suggest of a document that does not say so itself."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from corpus.dates import find_dates
from corpus.folding import fold, on_one_line
from corpus.model import Fact, Kind, Known
from corpus.sources.bodies import body_within, only_body, shown
from corpus.sources.councils import WORDS, england, whole_name, whole_names, words

_DIGITS = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>\d\d)[-_. ]?(?P<d>\d\d)"
    r"|(?P<d2>\d{1,2})[-_. /](?P<m2>\d{1,2})[-_. /](?P<y2>(?:19|20)?\d\d)"
    r"|(?P<d3>\d\d)(?P<m3>\d\d)(?P<y3>(?:19|20)\d\d))(?!\d)"
)
_FILLER = re.compile(
    r"\b(?:minutes|agenda|meetings?|reports?|pack|public|draft|final|printed|printable|signed|confirmed|v\d+|"
    r"frontsheet|document|decisions?|copy|\d+(?:st|nd|rd|th)?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_MINUTES, _REPORT = re.compile(r"\bminutes\b", re.IGNORECASE), re.compile(r"\breport\b", re.IGNORECASE)
_EDGES = re.compile(
    r"^(?:[\s:().-]|\b(?:of|for|the|and|on|at|in)\b)+|(?:[\s:().-]|\b(?:of|for|the|and|on|at|in)\b)+$", re.IGNORECASE
)
_PAGE = re.compile(r"(?:agenda item|agenda|issue details|issue|decision details|meeting details|home|minutes)", re.I)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_HOSTS = (".gov.uk", ".moderngov.co.uk")
_LONGEST_TITLE = 200


def suggested(path: str, about: Mapping[str, str]) -> Mapping[str, Fact]:
    """The facts that ``about``, or else the path of a file below its collection's folder, suggests; all are unsure.

    ``about`` is what a reading says of the file outside its text.
    """
    name = _spaced(PurePosixPath(path).stem)
    folders = [_spaced(part) for part in PurePosixPath(path).parts[:-1]]
    said = {key: on_one_line(fold(value))[:_LONGEST_TITLE] for key, value in about.items() if value.strip()}
    titles = [said[key] for key in ("title", "site", "subject") if key in said]
    host = _host(about.get("url", ""))
    value = {
        "council": next(
            filter(
                None,
                (
                    said.get("council") and whole_name(said["council"]),
                    *(_council_of(words) for words in titles),
                    host and _council_of_host(host),
                    *(_council_of(words, named_alone=True) for words in (name, *reversed(folders))),
                ),
            ),
            None,
        ),
        "body": said.get("body") or next(filter(None, (_body_of(words) for words in (*titles, name, *folders))), None),
        "date": next(filter(None, (_day_of(words) for words in (said.get("date", ""), *titles, _stem(path)))), None),
        "kind": next(filter(None, (_kind_of(words) for words in (*titles, name))), None),
        "title": _title_of_page(said.get("title", "")) or _title_of(_stem(path)),
        "url": about["url"] if host else None,
    }
    return {key: Fact(found, Known.UNSURE) for key, found in value.items() if found}


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _spaced(name: str) -> str:
    """A file's or folder's name in words."""
    return on_one_line(re.sub(r"[_+.-]+|%20", " ", name))


def _title_of_page(title: str) -> str:
    """A page's title without the parts that only say whose site it is of, and what sort of page."""
    parts = [part.strip() for part in re.split(r"\s+[-|]\s+", title)]
    kept = [part for part in parts if not _PAGE.fullmatch(part) and not _is_council(part)]
    return " - ".join(kept or parts)


def _is_council(name: str) -> bool:
    named = next(whole_names(name), None)
    return named is not None and len(named.span.of(name)) == len(name)


def _title_of(stem: str) -> str:
    """A file's name as a title, where it is written in words."""
    name = on_one_line(re.sub(r"_+|%20", " ", stem))[:_LONGEST_TITLE]
    return name if len(_WORDS.findall(name)) > 1 and " " in name else ""


def _council_of(name: str, named_alone: bool = False) -> str:
    """The council that words name whole or, where that will do, by the name alone of one that is listed."""
    whole = next(whole_names(name), None)
    if whole is not None or not named_alone:
        return whole.council if whole else ""
    asked = words(name)
    for length in range(min(len(asked), 6), 0, -1):
        for start in range(len(asked) - length + 1):
            if found := _listed(asked[start : start + length]):
                return found
    return ""


def _listed(asked: tuple[str, ...]) -> str:
    """The council of the list whose own name the words are; no short form, and no name that is a word as well."""
    return "" if asked[0] in WORDS and len(asked) == 1 else _by_name().get(asked, "")


@cache
def _by_name() -> Mapping[tuple[str, ...], str]:
    return {words(council.name): council.whole for council in england()}


@cache
def _any_name() -> re.Pattern[str]:
    names = sorted((re.escape(council.name) for council in england()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})(?: council)?\b", re.IGNORECASE)


def _host(url: str) -> str:
    """The host of a council's own web address; nothing of any other address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") and host.endswith(_HOSTS) else ""


def _council_of_host(host: str) -> str:
    labels = set(re.split(r"[.-]", host)) | set(host.split("."))
    for council in england():
        names = ("".join(words(form)) for form in (council.name, *council.forms))
        if any(name in labels or name in {label.replace("-", "") for label in labels} for name in names):
            return council.whole
    return ""


def _body_of(name: str) -> str:
    """The body that is left when what else a file is named for is taken away."""
    for piece in _pieces(name):
        if only_body(piece):
            return shown(only_body(piece) if " " in piece and not piece.islower() else _capitalised(only_body(piece)))
        if within := body_within(piece, 0):
            return shown(within.of(piece))
    return ""


def _pieces(name: str) -> Iterator[str]:
    asked = _any_name().sub("|", _FILLER.sub("|", name))
    for piece in re.split(r"\||,| - ", asked):
        if plain := _EDGES.sub("", piece):
            yield plain


def _capitalised(name: str) -> str:
    small = {"and", "of", "for", "the", "in"}
    return " ".join(word if word in small else word.capitalize() for word in name.split(" "))


def _day_of(name: str) -> str:
    """The day of a file's name: "2019-09-03", "14.09.22", "03092019", "3rd September 2019"."""
    for match in _DIGITS.finditer(name):
        year, month, day = (match["y"] or match["y2"] or match["y3"]), (match["m"] or match["m2"] or match["m3"]), None
        day = match["d"] or match["d2"] or match["d3"]
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
        except ValueError:
            continue
    days = [day for day in find_dates(re.sub(r"[_-]+|%20", " ", name)) if day.first == day.last]
    return days[0].first.isoformat() if days else ""


def _kind_of(name: str) -> str:
    if _MINUTES.search(name):
        return Kind.MINUTES.value
    return Kind.REPORT.value if _REPORT.search(name) else ""
