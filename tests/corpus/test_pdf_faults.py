"""PDFs that are locked, broken, scanned or made to do harm: what is said of them, and what is read all the same."""

import shutil
from pathlib import Path

import pypdfium2
import pytest
from pdfs import pdf, picture, stream, text, written

from corpus.reading import pdf_scans
from corpus.reading.pdf import read
from corpus.reading.pdf_scans import can_recognise
from corpus.reading.reading import UnreadableFile

WORDS = [("Staff stay for long.", 72, 700, "F1 12")]
LOCK = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"
LETTER = pdf(WORDS, WORDS)
CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
UNREADABLE = {
    "locked": (pdf(WORDS, trailer=LOCK), "is locked with a password; save it without one"),
    "cut off": (LETTER[: len(LETTER) // 2], "cannot be read as a PDF"),
    "empty": (b"", "cannot be read as a PDF"),
    "a web page": (b"<html><body>Not found</body></html>", "cannot be read as a PDF"),
    "without pages": (pdf(), "cannot be read as a PDF"),
    "pages in a circle": (
        written([CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
        "its pages are damaged",
    ),
    "too many pages": (
        written([CATALOGUE, "<< /Type /Pages /Kids [3 0 R] /Count 90000 >>", "<< /Type /Page /Parent 2 0 R >>"]),
        "has 90,000 pages; no more than 5,000 are read",
    ),
    "nothing on it": (pdf([]), "holds no text"),
    "a scan": (pdf(picture(0, 0, 595, 842)), "holds no text"),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason):
        read(tmp_path / "a.pdf")


ATTACHED = [
    "<< /Type /Filespec /F (a.txt) /EF << /F 9 0 R >> >>",
    stream("hello", "/Type /EmbeddedFile"),
]
SCAN = picture(0, 0, 595, 842)
NOTED = {
    "a scanned page": (pdf(SCAN, WORDS), ("page 1: scanned, not readable",)),
    "scanned pages in a row": (
        pdf(SCAN, SCAN, WORDS, SCAN),
        ("pages 1 to 2: scanned, not readable", "page 4: scanned, not readable"),
    ),
    "a scan with a number stamped on it": (
        pdf("\n".join([SCAN, text("Agenda Item 7", 400, 800, "F1 12")]), WORDS),
        ("page 1: mostly a picture, whose words are not read",),
    ),
    "a blank page": (pdf("", WORDS), ()),
    "an attached file": (
        pdf(WORDS, catalogue="/Names << /EmbeddedFiles << /Names [(a.txt) 8 0 R] >> >>", more=ATTACHED),
        ("1 attached file not read; save what it holds beside it",),
    ),
    "a bookmark of broken letters": (
        pdf(
            WORDS,
            catalogue="/Outlines 8 0 R",
            more=[
                "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
                "<< /Title <FEFFD800> /Parent 8 0 R /Dest [6 0 R /Fit] >>",
            ],
        ),
        (),
    ),
    "a script": (pdf(WORDS, catalogue="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), ()),
    "a page of more letters than a page can hold": (
        pdf("\n".join(text("the " * 250, 9, 3 * n, "F1 1") for n in range(210)), WORDS),
        ("page 1: damaged or overfull, not read",),
    ),
    "a damaged page": (
        written(
            [
                CATALOGUE,
                "<< /Type /Pages /Kids [9 0 R 3 0 R] /Count 2 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
                stream(text(*WORDS[0])),
            ]
        ),
        ("page 1: damaged or overfull, not read",),
    ),
}


@pytest.mark.parametrize(("content", "notes"), NOTED.values(), ids=NOTED)
def test_what_is_not_read_is_noted(tmp_path: Path, content: bytes, notes: tuple[str, ...]) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    found = read(tmp_path / "a.pdf")
    assert found.notes == notes
    assert "Staff stay for long." in found.text


def test_nests_within_nests_are_read_past(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("\n".join(["[" * 50_000 + "]" * 50_000, text(*WORDS[0])])))
    assert read(tmp_path / "a.pdf").text == "Staff stay for long.\n"


def test_a_form_within_itself_ends(tmp_path: Path) -> None:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X1 8 0 R >> >>"
    (tmp_path / "a.pdf").write_bytes(pdf("\n".join([text(*WORDS[0]), "/X1 Do"]), more=[stream("/X1 Do", form)]))
    assert read(tmp_path / "a.pdf").text == "Staff stay for long.\n"


def scanned(folder: Path, content: bytes) -> Path:
    """A PDF of a picture of each page of another."""
    (folder / "typed.pdf").write_bytes(content)
    drawn = []
    with pypdfium2.PdfDocument(folder / "typed.pdf") as document:
        for page in document:
            image = page.render(scale=2, grayscale=True)
            dots = bytes(image.buffer).hex()
            assert image.stride == image.width
            drawn.append(
                f"q 595 0 0 842 0 0 cm BI /W {image.width} /H {image.height} /CS /G /BPC 8 /F /AHx ID {dots}> EI Q"
            )
    (folder / "scan.pdf").write_bytes(pdf(*drawn))
    return folder / "scan.pdf"


TYPED = pdf(
    [
        ("Inspection of Westmarch services", 72, 740, "F2 18"),
        ("Leaders know their services well and they act on what", 72, 700, "F1 14"),
        ("children tell them.", 72, 683, "F1 14"),
        ("Plans for children are clear.", 72, 640, "F1 14"),
    ]
)


@pytest.mark.skipif(not can_recognise(), reason="the command tesseract is not installed")
def test_a_scan_is_recognised(tmp_path: Path) -> None:
    found = read(scanned(tmp_path, TYPED))
    assert found.text.rstrip("\n").split("\n\n") == [
        "Inspection of Westmarch services",
        "Leaders know their services well and they act on what children tell them.",
        "Plans for children are clear.",
    ]
    assert found.notes == ("page 1: read by optical character recognition; check the words against the page",)


def test_a_scan_is_not_readable_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda command: None)
    with pytest.raises(UnreadableFile, match="only where the command tesseract is installed"):
        read(scanned(tmp_path, TYPED))


@pytest.mark.parametrize("script", ["sleep 9", "exit 1", "echo level"], ids=["too slow", "failing", "saying nothing"])
def test_a_recogniser_that_fails_leaves_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    command = tmp_path / "tesseract"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(command))
    monkeypatch.setattr(pdf_scans, "_SECONDS", 0.2)
    (tmp_path / "a.pdf").write_bytes(pdf(SCAN, WORDS))
    assert read(tmp_path / "a.pdf").notes == ("page 1: scanned, not readable",)
