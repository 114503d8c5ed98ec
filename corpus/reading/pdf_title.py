"""Whether the title among a PDF's properties is the document's own: most are a file's name or a template's."""

import re

from corpus.folding import fold

# How much of a document is its first pages, where its title stands.
_FIRST_PAGES = 6000
_FEWEST_WORDS = 3
# The packs that a meetings system puts together name the body and the day, which need not stand in them as words.
_PACK = re.compile(
    r"(?:\(public pack\)\s*)?(?:agenda|minutes|supplement)[^/]{0,40} for .{3,120}, [0-9/]{8,10}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def real_title(title: str, text: str) -> bool:
    """Whether ``title`` is more than a name of a file: its words stand in the text's beginning as they do in it."""
    if _PACK.match(title):
        return True
    words = _words(title)
    return len(words) >= _FEWEST_WORDS and f" {' '.join(words)} " in f" {' '.join(_words(text[:_FIRST_PAGES]))} "


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).lower())
