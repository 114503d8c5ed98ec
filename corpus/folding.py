"""One-to-one folding of characters, so that text can be matched without moving any offset."""

_FOLDS = str.maketrans(
    {
        "\u00a0": " ",  # non-breaking space
        "\u202f": " ",  # narrow non-breaking space
        "\u2007": " ",  # figure space
        "\ufeff": " ",  # byte order mark
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
    }
)


def fold(text: str) -> str:
    """``text`` with spaces, apostrophes, quotation marks and dashes made plain; its length never changes."""
    return text.translate(_FOLDS)
