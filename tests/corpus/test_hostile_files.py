"""A folder of files that are damaged, locked, odd or made to do harm: each ends as a line, and the rest is read."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docxs import docx, para
from pdfs import pdf

from corpus.collection import Collection
from corpus.receipts import Fate

MEGABYTE = 1024**2
SOUND = "Fostering update\n\nIt went well.\n"
LETTER = pdf([("Caseloads were high.", 72, 700, "F1 12")])


def word(**parts: str | bytes) -> bytes:
    """A Word file's zip with these parts instead of its own."""
    file = io.BytesIO()
    names = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "document": "word/document.xml"}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(names[name], content)
    return file.getvalue()


def locked() -> bytes:
    """A PDF's beginning as one has it that wants a password."""
    return LETTER.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>")


def changed_word(before: str, after: str) -> Callable[[Path], None]:
    """A sound Word file with something in its text replaced."""

    def write(path: Path) -> None:
        docx(path, para("MARK"))
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        content = parts["word/document.xml"].decode("utf-8")
        assert before in content
        parts["word/document.xml"] = content.replace(before, after, 1).encode("utf-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, part)

    return write


def content(data: bytes) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(data), None)[1]


def pipe(path: Path) -> None:
    """A link to a pipe that nobody writes to."""
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)
SWELLING = word(document=b"<a>" + b" " * (400 * MEGABYTE) + b"</a>")
ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]>"
)

# A file's name, how it is made, and how the reason begins that it was not read for.
REFUSED: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a PDF with a password": ("a.pdf", content(locked()), "is locked with a password"),
    "half a PDF": ("a.pdf", content(LETTER[:120]), "cannot be read as a PDF"),
    "a PDF of no pages": ("a.pdf", content(pdf()), "cannot be read as a PDF"),
    "zeros": ("a.pdf", content(bytes(MEGABYTE)), "cannot be read as a PDF"),
    "an old Word file": ("a.docx", content(OLD_WORD), "is in the format of Word 97"),
    "half a Word file": ("a.docx", content(word(document="<w/>" * 500)[:300]), "is damaged, or no Word document"),
    "a zip that swells": ("a.docx", content(SWELLING), "holds more than 20 million bytes of text"),
    "entities that swell": ("a.docx", changed_word("<?xml", ENTITIES + "<?xml"), "declares a document type"),
    "an empty page": ("a.html", content(b"<script>alert(1)</script>"), "holds no text"),
    "bytes that are no text": ("a.txt", content(b"\xff\xfe\x00"), "is not UTF-8 text"),
    "nothing": ("a.txt", content(b""), "holds no text"),
    "a pipe": ("a.txt", pipe, "is no ordinary file"),
    "a link out of the folder": ("a.txt", lambda path: path.symlink_to("/etc/hostname"), "is a link to a file outside"),
}


@pytest.mark.parametrize(("name", "make", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_a_line_of_the_report(
    name: str, make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "sound.txt").write_text(SOUND)
    make(tmp_path / name)
    intake = Collection.open([tmp_path]).read()
    assert [document.id for document in intake.documents] == ["sound"]
    (refused,) = intake.unreadable
    assert refused.name == name
    assert refused.reason.startswith(reason)
    assert refused.reason


NESTED = b"<div>" * 200_000 + b"Caseloads were high." + b"</div>" * 200_000
HOSTILE = (
    b"<h1>Pay</h1><script>alert(1)</script><p onclick=x>Caseloads <b>were</b> high.<iframe src=file:///etc/hostname>"
)

# Files that hold text in spite of what they are, and what is read of them.
READ: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a page nested deeply": ("a.html", content(NESTED), "Caseloads were high."),
    "a page with scripts": ("a.html", content(HOSTILE), "Pay\n\nCaseloads were high."),
    "a name with a line break": ("a\nb.txt", content(SOUND.encode()), SOUND),
    "a name that is no UTF-8": (os.fsdecode(b"caf\xe9.txt"), content(SOUND.encode()), SOUND),
    "a name of markup": ("<img src=x onerror=alert(1)>.txt", content(SOUND.encode()), SOUND),
    "a long name": ("a" * 250 + ".txt", content(SOUND.encode()), SOUND),
}


@pytest.mark.parametrize(("name", "make", "text"), READ.values(), ids=READ)
def test_a_file_with_text_is_read_whatever_else_it_holds(
    name: str, make: Callable[[Path], None], text: str, tmp_path: Path
) -> None:
    make(tmp_path / name)
    intake = Collection.open([tmp_path]).read()
    assert [receipt.fate for receipt in intake.receipts] == [Fate.READ]
    assert intake.documents[0].text.strip() == text.strip()


def test_a_file_that_takes_too_much_memory_is_a_line_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("Caseloads were high. " * 20_000_000)
    (tmp_path / "sound.txt").write_text(SOUND)
    intake = Collection.open([tmp_path]).read(memory=512 * MEGABYTE)
    assert [(one.name, one.reason) for one in intake.unreadable] == [
        ("large.txt", "takes more memory to read than a document should")
    ]
