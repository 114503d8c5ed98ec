"""What benchmarks/fuzzing.py fuzzes.

A target takes bytes and may raise nothing but the error that it has for what cannot be read.
"""

import atexit
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from assistant.assistant import Assistant
from assistant.questions.question import BadQuestion
from assistant.search.query import BadQuery, parse
from benchmarks.faults import council
from benchmarks.words import WordsEncoder
from corpus.collection import read_document
from corpus.reading import formats
from corpus.reading.reading import UnreadableFile
from index.build import build
from index.local import LocalIndex

_WORD = b"""<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Findings</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Risk</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"""
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 50>>stream
BT /F1 12 Tf 72 700 Td (Caseloads were high.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF"""
_HTML = b"<title>M</title><h1>Pay</h1><ul><li>a<ol><li>b</ol></ul><table><tr><td rowspan=2>x<td>y<tr><td>z</table>"
_MARKDOWN = b"# Title\n\n1. One\n   - two\n\n| a | b |\n| - | - |\n| c | d |\n\n> quoted\n\n```\ncode\n```\n"
_TEXT = (
    "Agenda item\n\nMinutes:\n\n1.1 It was noted\n\n·       Carers – said.\n\nDecision:\n\nRESOLVED: a) That\n".encode()
)
_SEARCH = b'(fostering OR "care leavers") NEAR/5 panel -adoption council:medway from:2019-09 minute:11.4'


def _file(ending: str) -> Callable[[bytes], None]:
    """Reads bytes as a file of this ending, and what was read into a document and its passages."""

    def read(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=ending) as file:
            file.write(data)
            file.flush()
            try:
                reading = formats.read(Path(file.name))
                document = read_document("fuzzed", f"fuzzed{ending}", reading)
            except UnreadableFile:
                return
        for passage in document.passages:
            assert passage.text == document.text[passage.start : passage.end], "a passage is no slice of its document"

    return read


def _word(data: bytes) -> None:
    """Reads bytes as the main part of a Word file that is sound otherwise: a fuzzer makes no zip."""
    _file(".docx")(_package(data))


def _package(part: bytes) -> bytes:
    made = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    opc = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{opc}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{opc}/relationships"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", part)
    return made.getvalue()


def _search(data: bytes) -> None:
    try:
        parse(data.decode("utf-8", "replace"))
    except BadQuery:
        return


@cache
def _assistant() -> Assistant:
    """An assistant over two documents, which finds by words alone. Their index goes with the process."""
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    build([read_document(id, f"{id}.txt", text) for id, text in council.texts(1).items()], place, WordsEncoder())
    return Assistant(LocalIndex.open(place, None))


def _question(data: bytes) -> None:
    """A question and those asked before it, a line each, answered."""
    *history, question = data.decode("utf-8", "replace").split("\n")
    try:
        answer = _assistant().answer(question, history)
    except BadQuestion:
        return
    for one in answer.evidence:
        text = council.texts(1)[one.quote.document]
        if text[one.quote.start : one.quote.end] != one.quote.text:
            raise AssertionError("a quote is no slice of its document")


# What is fuzzed, and a sound example of each to begin with.
TARGETS: Mapping[str, tuple[Callable[[bytes], None], bytes]] = {
    "text": (_file(".txt"), _TEXT),
    "markdown": (_file(".md"), _MARKDOWN),
    "html": (_file(".html"), _HTML),
    "docx, its zip": (_file(".docx"), _package(_WORD)),
    "docx, its text": (_word, _WORD),
    "pdf": (_file(".pdf"), _PDF),
    "searches": (_search, _SEARCH),
    "questions": (_question, b"what did Westmarch say in 2021?\nhow many foster carers were recruited?"),
}
