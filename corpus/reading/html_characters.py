"""Characters: the words of a page made plain: on one line, entities read, and nothing in them that is not seen."""

import html
import re

from corpus.folding import on_one_line

# Entities that were escaped twice: "Children &amp;amp; Families". A less-than sign stays as it is: it may be meant.
_TWICE = re.compile(r"&(?:amp|nbsp|quot|apos|pound|[lr][sd]quo|[nm]dash|hellip|#x?[0-9a-f]{2,5});", re.IGNORECASE)
# Controls, soft hyphens, joiners, and marks that turn the direction of the line about.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(words: str) -> str:
    """``words`` on one line, with entities that were escaped twice read again, without characters that nobody sees."""
    if "&" in words:
        words = _TWICE.sub(lambda match: html.unescape(match[0]), words)
    return on_one_line(_UNSEEN.sub("", words))
