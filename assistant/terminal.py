"""What is written to a terminal, and how the index and the models are opened for a command that writes there."""

import argparse
import os
import sys
import unicodedata
from pathlib import Path

from corpus.access import Access
from index.engines import Engine, engines
from index.milvus.connection import TOKEN_VARIABLE
from index.models.encoder import EncoderUnavailable
from index.models.models import WORDS_ALONE, Models


def typed(line: str) -> str:
    """A line for a terminal, without the control characters by which a document's text could take it over.

    Halves of surrogate pairs, which a PDF may yield and no output can carry, go too.
    """
    return "".join("\ufffd" if unicodedata.category(one) in ("Cc", "Cs") and one != "\n" else one for one in line)


def models(name: str | None, *, reader: bool = True) -> Models:
    """The models, or none with a word of warning: passages are then found by their words alone."""
    try:
        return Models.load(name, reader=reader)
    except EncoderUnavailable as problem:
        print(f"{problem}\nPassages are found by their words alone (BM25).", file=sys.stderr)
        return WORDS_ALONE


def add_index(parser: argparse.ArgumentParser, usual: Path) -> None:
    """Add what says where the index is to the options of a command."""
    parser.add_argument("--index", type=Path, default=usual, metavar="DIR")
    parser.add_argument("--milvus", metavar="URI", help="the Milvus that the index is in, instead of a folder")
    parser.add_argument(
        "--access",
        type=_level,
        default=Access.PUBLIC,
        metavar="LEVEL",
        help="whose documents: of everyone, or also those of members or officers (default: public)",
    )


def _level(word: str) -> Access:
    try:
        return Access.of(word)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def kept(options: argparse.Namespace) -> Engine:
    """Where the options say that the index is; ``IndexUnusable`` where a Milvus does not answer."""
    return engines(options.index, options.milvus, os.environ.get(TOKEN_VARIABLE, ""))[options.access]
