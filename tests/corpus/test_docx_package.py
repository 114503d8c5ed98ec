"""Opening strangers' Word files: one that is none, is locked, damaged or made to harm ends with words for a person."""

import os
import re
import struct
import zipfile
from pathlib import Path

import pytest
from docxs import abstract, docx, levels, number, para, part, relationships, run, table
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.docx import read
from corpus.reading.reading import UnreadableFile

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
DAMAGED = "is damaged, or no Word document (.docx)"
LOCKED = "is protected by a password; save it without one"
DECLARES = "declares a document type, which Word documents do not"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def main(declared: str, text: str) -> str:
    """A document with a document type of its own."""
    xml = part("document", f"<w:body>{para(f'<w:r><w:t>{text}</w:t></w:r>')}</w:body>")
    return xml.replace("?>", f"?>{declared}", 1)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
SECRET = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BOX = "<w:tbl><w:tr><w:tc>"

# What the main part holds, and what is said of it.
PARTS: dict[str, tuple[str | bytes, str]] = {
    "not XML": ("words", DAMAGED),
    "cut short": (main("", "text")[:-20], DAMAGED),
    "a workbook": ('<workbook xmlns="urn:x"/>', "is not a Word document (.docx)"),
    "entities that multiply": (main(f"{LAUGHS}]>", "&i;"), DECLARES),
    "an entity from elsewhere": (main(SECRET, "&a;"), DECLARES),
    "an entity, in UTF-16": (main(SECRET, "&a;").replace("UTF-8", "UTF-16").encode("utf-16"), DECLARES),
    "an entity that is not declared": (main("", "&a;"), DAMAGED),
    "tables in tables without end": (
        part("document", f"<w:body>{BOX * 500}{para('x')}{'</w:tc></w:tr></w:tbl>' * 500}</w:body>"),
        "is nested too deeply to be read",
    ),
    "a bomb": (
        part("document", f"<w:body>{para('a' * 19_000_000)}</w:body>"),
        "is packed far tighter than any Word document",
    ),
    "more than may be read": (b"<a>" * 7_000_000, "holds more than 20 million bytes of text; divide it"),
}


@pytest.mark.parametrize(("content", "reason"), PARTS.values(), ids=PARTS)
def test_a_main_part_that_cannot_be_read_says_why(content: str | bytes, reason: str, tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "", more={"word/document.xml": content})
    with pytest.raises(UnreadableFile, match=f"^{re.escape(reason)}$"):
        read(path)


FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", DAMAGED),
    "words": (b"CABINET\n3 SEPTEMBER 2019\n" * 10, DAMAGED),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "is not a Word document (.docx)"),
    "an end cut short": (b"PK\x05\x06" + bytes(3), DAMAGED),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "Word 97": (
        OLE + "WordDocument".encode("utf-16-le"),
        "is in the format of Word 97 to 2003; open it in Word and save it as .docx",
    ),
    "a directory of a gigabyte": (
        b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 9, 9, 1_000_000_000, 0, 0),
        "holds too many files for a Word document",
    ),
    "an archive of gigabytes": (
        b"PK\x06\x07" + bytes(16) + b"PK\x05\x06" + bytes(18),
        "holds too many files for a Word document",
    ),
}


@pytest.mark.parametrize(("content", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_word_file_says_so(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"^{re.escape(reason)}$"):
        read(tmp_path / "a.docx")


def test_too_many_files_say_so(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("x"), more={f"word/{n:060}.xml": b"" for n in range(9_000)})
    with pytest.raises(UnreadableFile, match=r"^holds too many files for a Word document$"):
        read(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^cannot be opened \(No such file or directory\)$"):
        read(tmp_path / "nowhere.docx")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("x"))
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_says_so(share: float, tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("x"))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile, match=f"^{re.escape(DAMAGED)}$"):
        read(path)


def test_a_part_behind_a_password_says_so(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("x"))
    content = bytearray(path.read_bytes())
    for at in (found.start() for found in re.finditer(b"PK\x01\x02", bytes(content))):
        content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"^{LOCKED}$"):
        read(path)


def test_a_part_packed_in_another_way_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", part("document", f"<w:body>{para('x')}</w:body>"))
    with pytest.raises(
        UnreadableFile, match=r"^is packed in a way that is not read; open it in Word and save it again$"
    ):
        read(tmp_path / "a.docx")


def test_a_part_that_says_it_is_small_is_not_believed(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("a" * 5_000_000))
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(signature, bytes(content)):
            if struct.unpack_from("<L", content, found.start() + place)[0] > 1_000_000:
                struct.pack_into("<L", content, found.start() + place, 2_000)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"^{re.escape(DAMAGED)}$"):
        read(path)


def test_text_that_repeats_itself_is_no_bomb(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para("The Committee noted the report of the Director.") * 20_000)
    assert read(path).text.count("noted") == 20_000


def test_names_that_lead_out_of_the_file_are_names_in_it(tmp_path: Path) -> None:
    more = {
        "_rels/.rels": relationships({f"{OFFICE}/officeDocument": "../../word/document.xml"}),
        "../../etc/passwd": "secret",
        "word/_rels/document.xml.rels": relationships(
            {f"{OFFICE}/styles": "../../../etc/passwd", f"{OFFICE}/numbering": "NULL"}
        ),
    }
    assert read(docx(tmp_path / "a.docx", para("x"), more=more)).text == "x\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_what_lies_outside_the_file_is_not_fetched(tmp_path: Path) -> None:
    elsewhere = relationships({f"{OFFICE}/styles": "http://127.0.0.1:9/styles.xml"})
    elsewhere = elsewhere.replace("Target=", 'TargetMode="External" Target=')
    more = {"word/_rels/document.xml.rels": elsewhere}
    assert read(docx(tmp_path / "a.docx", para("x"), more=more)).text == "x\n"


def test_macros_and_other_files_are_not_read(tmp_path: Path) -> None:
    more = {"word/vbaProject.bin": b"\x00" * 40_000_000, "word/media/image1.png": b"no picture"}
    assert read(docx(tmp_path / "a.docm", para("x"), more=more)).text == "x\n"


def test_tables_in_tables_are_read_as_deep_as_the_file_may_go(tmp_path: Path) -> None:
    body = para("x")
    for _ in range(60):
        body = table([body])
    assert read(docx(tmp_path / "a.docx", body)).text == "x\n"


SHIFTS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4)
WHOLE = {
    "word/document.xml": part(
        "document",
        f"<w:body>{para('One', number='1', level=0)}{para(run('Two', '<w:vanish/>'), number='1', level=1)}"
        f"{table(['a', 'b'], ['c', para('d') + table(['e'])])}</w:body>",
    ),
    "word/numbering.xml": part("numbering", abstract(0, levels("decimal %1.", "lowerRoman %2)")) + number(1, 0)),
}


def shifted(content: bytes, changes: list[tuple[float, int]]) -> bytes:
    """The bytes with some of them, by how far in they stand, made others."""
    changed = bytearray(content)
    for place, byte in changes:
        changed[int(place * len(changed))] = byte
    return bytes(changed)


def read_or_refused(path: Path) -> bool:
    """Whether a file is read, or refused with words for a person; anything else is raised."""
    try:
        return read(path).text.endswith("\n")
    except UnreadableFile as problem:
        return bool(str(problem))


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(WHOLE)), changes=SHIFTS)
def test_a_damaged_part_is_read_or_says_why(
    name: str, changes: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    more = WHOLE | {name: shifted(WHOLE[name].encode(), changes)}
    assert read_or_refused(docx(tmp_path_factory.mktemp("part") / "a.docx", "", numbering="", more=more))


@settings(max_examples=100, deadline=None)
@given(changes=SHIFTS)
def test_a_damaged_file_is_read_or_says_why(
    changes: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = docx(tmp_path_factory.mktemp("file") / "a.docx", "", numbering="", more=WHOLE)
    path.write_bytes(shifted(path.read_bytes(), changes))
    assert read_or_refused(path)
