"""What files are called: safely, whatever a title says, and so that each has one name for good.

``cabinet/2019-09-03/04-ofsted-update-24253.html``: the body, the day, the item's number, its title and its id. An
attachment's id has an "a" before it. Nothing of an address or of a file name that a server gives is used.
"""

import re
import unicodedata
from datetime import date

# Together with the folders still a short path on every system; a title is longer than this only to be read.
_LONGEST = 60


def page_name(body: str, day: date, number: str, title: str, identity: str) -> str:
    """The file of an agenda item's minutes, below the folder of documents."""
    return f"{_place(body, day)}/{_numbered(number)}-{_words(title) or 'item'}-{identity}.html"


def paper_name(body: str, day: date, number: str, title: str, identity: str, suffix: str) -> str:
    """The file of an attachment, below the folder of documents; ``suffix`` is ".pdf"."""
    return f"{_place(body, day)}/{_numbered(number)}-{_words(title) or 'paper'}-a{identity}{suffix}"


def _place(body: str, day: date) -> str:
    return f"{_words(body) or 'body'}/{day.isoformat()}"


def _numbered(number: str) -> str:
    """An item's number in two digits, with its letter ("9." is 09, "4a" is 04a), 00 where it has none."""
    found = re.match(r"\D*([0-9]{1,4})\W*([a-z]?)\b", number.lower())
    return f"{int(found[1]):02}{found[2]}" if found else "00"


def _words(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(short) > _LONGEST:
        short = short[: _LONGEST + 1].rpartition("-")[0] or short[:_LONGEST]
    return short
