"""What is written to a terminal, and how the models are loaded for a command that writes there."""

import sys
import unicodedata

from index.encoder import EncoderUnavailable, SentenceEncoder


def typed(line: str) -> str:
    """A line for a terminal, without the control characters by which a document's text could take it over.

    Halves of surrogate pairs, which a PDF may yield and no output can carry, go too.
    """
    return "".join("\ufffd" if unicodedata.category(one) in ("Cc", "Cs") and one != "\n" else one for one in line)


def encoder(name: str | None) -> SentenceEncoder | None:
    """The encoder, or None with a word of warning: what is found then comes from BM25 alone."""
    try:
        return SentenceEncoder.load(name)
    except EncoderUnavailable as problem:
        print(f"{problem}\nSearching by words alone (BM25).", file=sys.stderr)
        return None
