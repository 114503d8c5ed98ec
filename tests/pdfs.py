"""Small PDFs for tests, written out object by object."""

from collections.abc import Sequence

_FIRST = 6  # the number of a file's first page: what comes before is the same in all

Text = tuple[str, int, int, str]


def pdf(
    *pages: Sequence[Text] | str,
    size: tuple[int, int] = (595, 842),
    rotate: int = 0,
    title: str = "",
    catalogue: str = "",
    more: Sequence[str] = (),
    trailer: str = "",
) -> bytes:
    """A PDF whose pages hold lines of (text, left, baseline, font and size: "F1 12", F2 bold), or drawing of their own.

    ``more`` is objects numbered on from ``_FIRST`` and two for each page; a page draws the first of them as /X1.
    """
    kids = " ".join(f"{_FIRST + 2 * n} 0 R" for n in range(len(pages)))
    next_number = _FIRST + 2 * len(pages)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /Helvetica-Bold /Flags 32 /StemV 140 >>",  # how heavy, to PDFium
    ]
    forms = f"/XObject << /X1 {next_number} 0 R >>" if more else ""
    for n, page in enumerate(pages):
        drawn = page if isinstance(page, str) else "\n".join(text(*line) for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> {forms} >> /Contents {_FIRST + 2 * n + 1} 0 R >>"
        )
        objects.append(stream(drawn))
    objects += more
    if title:
        objects.append(f"<< /Title ({title}) >>")
        trailer += f" /Info {len(objects)} 0 R"
    return written(objects, trailer)


def text(words: str, left: int, base: int, font: str) -> str:
    """A line of text, drawn."""
    return f"BT /{font} Tf {left} {base} Td ({words}) Tj ET"


def ruled(across: Sequence[int], down: Sequence[int]) -> str:
    """The borders of a table, drawn: level lines at each of ``down``, upright ones at each of ``across``."""
    lines = [f"{across[0]} {y} m {across[-1]} {y} l S" for y in down]
    return "\n".join(lines + [f"{x} {down[0]} m {x} {down[-1]} l S" for x in across])


def picture(left: int, base: int, width: int, height: int) -> str:
    """A grey picture of one dot, drawn."""
    return f"q {width} 0 0 {height} {left} {base} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def stream(content: str, more: str = "") -> str:
    """A stream, as an object."""
    return f"<< {more} /Length {len(content)} >>\nstream\n{content}\nendstream"


def written(objects: Sequence[str], trailer: str = "") -> bytes:
    """A file of ``objects``, numbered from 1, of which the first is its catalogue."""
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = content.rindex("xref\n0 ")
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{end}\n%%EOF\n"
    return content.encode("latin-1")
