"""Small PDFs for tests, written out object by object."""

from collections.abc import Sequence


def pdf(*pages: Sequence[tuple[str, int, int, str]]) -> bytes:
    """A PDF whose pages hold lines of (text, left, baseline, font and size: "F1 12", F2 bold)."""
    first = 6
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /Helvetica-Bold /Flags 32 /StemV 140 >>",  # how heavy, to PDFium
    ]
    for n, lines in enumerate(pages):
        drawn = "\n".join(f"BT /{font} Tf {left} {base} Td ({text}) Tj ET" for text, left, base, font in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            f"/Contents {first + 2 * n + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = content.rindex("xref\n0 ")
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF\n"
    return content.encode("latin-1")
