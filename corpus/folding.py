"""Folding: text made plain, so that it can be matched (one to one) or shown (on one line)."""

import re

_FOLDS = (
    ("\u00a0", " "),  # non-breaking space
    ("\u202f", " "),  # narrow non-breaking space
    ("\u2007", " "),  # figure space
    ("\ufeff", " "),  # byte order mark
    ("\u2018", "'"),
    ("\u2019", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2012", "-"),
    ("\u2013", "-"),
    ("\u2014", "-"),
)


def fold(text: str) -> str:
    """``text`` with spaces, apostrophes, quotation marks and dashes made plain; its length never changes."""
    if not text.isascii():
        for written, plain in _FOLDS:  # some hundred times faster than str.translate, which goes letter by letter
            text = text.replace(written, plain)
    return text


def on_one_line(text: str) -> str:
    """``text`` with every run of white space made one space, and none at its ends; offsets are lost."""
    return re.sub(r"\s+", " ", text).strip()
