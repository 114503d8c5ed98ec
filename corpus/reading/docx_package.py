"""The parts of a Word file that hold its text, taken from it as from a stranger. The one door to lxml.

A Word file is a zip archive of XML parts that name one another (ECMA-376, part 2). Nothing is unpacked to disk, macros
and pictures are never opened, what lies outside the file is never fetched, and how much is read has its limits.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TypeAlias

from lxml import etree

from corpus.reading.reading import UnreadableFile

Element: TypeAlias = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
# Word's "strict" files say the same in a namespace of their own.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W.strip("{}").encode()
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED = "is damaged, or no Word document (.docx)"
# Three hundred pages of Word are 2 to 9 million bytes of XML. Of the tags that waste most, this many take 700 million
# bytes of memory and a minute.
_MOST_BYTES = 20_000_000
# Word's XML packs to a tenth or a thirtieth of its size, and text that repeats itself to a hundredth; bombs to a
# thousandth. A small part may do as it likes.
_MOST_PACKED, _SMALL = 300, 1_000_000
# A file has a few dozen parts and its pictures; each has about 80 bytes in the directory at the archive's end.
_LONGEST_DIRECTORY = 1_000_000
_DIRECTORY_END = struct.Struct("<4s8xLL2x")
_LONGEST_COMMENT = 65_535
# The container of Word 97 to 2003, which a file with a password is wrapped in too.
_OLD_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_LONGEST_NAME_SEARCH = 64_000_000
_OPENED = {"styles", "numbering", "footnotes", "endnotes"}


def parts(path: Path) -> Mapping[str, Element]:
    """The parts of a Word file by what they are to it: "document", "styles", "numbering", "footnotes", "endnotes" and
    "core-properties". All but the first may be missing.

    Raises :class:`UnreadableFile` for a file that is no Word document, is locked or damaged, or is too large to read.
    """
    try:
        with path.open("rb") as file:
            _refuse_others(file)
            try:
                with zipfile.ZipFile(file) as archive:
                    return _Package(archive).parts()
            except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
                raise UnreadableFile(_DAMAGED) from error
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror or error})") from error


def setting(element: Element | None, *names: str) -> str | None:
    """The value of the element that ``names`` lead to from ``element``, or None where there is none."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return None if element is None else element.get(_VAL, "")


def switched(element: Element | None, *names: str) -> bool | None:
    """Whether the element that ``names`` lead to switches something on, or None where it does not say."""
    value = setting(element, *names)
    return None if value is None else value.lower() not in ("0", "false", "off", "none")


def whole(value: str | None) -> int | None:
    """A whole number as XML writes it, or None where it is missing, wrong, or longer than any that Word writes."""
    return int(value) if value is not None and re.fullmatch(r"[0-9]{1,9}", value) else None


def _refuse_others(file: BinaryIO) -> None:
    """Refuse what is no zip archive, and archives whose directory alone would fill the memory."""
    if file.read(len(_OLD_CONTAINER)) == _OLD_CONTAINER:
        held = file.read(_LONGEST_NAME_SEARCH)
        if "EncryptedPackage".encode("utf-16-le") in held:
            raise UnreadableFile("is protected by a password; save it without one")
        raise UnreadableFile("is in the format of Word 97 to 2003; open it in Word and save it as .docx")
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_COMMENT - _DIRECTORY_END.size))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _DIRECTORY_END.size:
        raise UnreadableFile(_DAMAGED)
    _, directory, _ = _DIRECTORY_END.unpack_from(tail, at)
    # The second mark is that of archives of more than four gigabytes, whose directory's length is given elsewhere.
    if directory > _LONGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise UnreadableFile("holds too many files for a Word document")
    file.seek(0)


class _Package:
    """An open archive, and how many bytes may still be read from it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = _MOST_BYTES

    def parts(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        top = self.related("")
        main = top.get("officeDocument", "word/document.xml")
        document = self.read(main)
        if document is None or document.tag != f"{W}document":
            raise UnreadableFile("is not a Word document (.docx)")
        found["document"] = document
        names = {kind: name for kind, name in self.related(main).items() if kind in _OPENED}
        if "core-properties" in top:
            names["core-properties"] = top["core-properties"]
        for kind, name in names.items():
            part = self.read(name)
            if part is not None:
                found[kind] = part
        return found

    def related(self, name: str) -> dict[str, str]:
        """The names of the parts that a part (or, for "", the package) says are its own, by the last word of how."""
        folder, base = posixpath.split(name)
        found: dict[str, str] = {}
        for one in self.read(posixpath.join(folder, "_rels", f"{base}.rels"), default=()):
            if one.tag == _RELATIONSHIP and one.get("TargetMode") != "External":
                target = posixpath.join("/", folder, one.get("Target", ""))
                found.setdefault(posixpath.basename(one.get("Type", "")), posixpath.normpath(target).lstrip("/"))
        return found

    def read(self, name: str, default: object = None) -> Element:
        """A part's XML, or ``default`` where there is no such part."""
        try:
            entry = self.archive.getinfo(name)
        except KeyError:
            return default
        if entry.flag_bits & 0x1:
            raise UnreadableFile("is protected by a password; save it without one")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile("is packed in a way that is not read; open it in Word and save it again")
        self.allow(entry.file_size, entry.compress_size)
        with self.archive.open(entry) as part:
            content = part.read(self.left + 1)
        self.allow(len(content), entry.compress_size)
        self.left -= len(content)
        return _parsed(content.replace(_STRICT, _TRANSITIONAL))

    def allow(self, size: int, packed: int) -> None:
        """Refuse what is, or says that it is, more than may be read."""
        if size > self.left:
            raise UnreadableFile(f"holds more than {_MOST_BYTES // 1_000_000} million bytes of text; divide it")
        if size > _SMALL and size > packed * _MOST_PACKED:
            raise UnreadableFile("is packed far tighter than any Word document")


def _parsed(content: bytes) -> Element:
    """The XML of a part. Entities of its own, which Word never declares, are refused; 256 levels are the deepest."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = None if b"<!DOCTYPE" in content else etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableFile("is nested too deeply to be read") from error
        raise UnreadableFile(_DAMAGED) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise UnreadableFile("declares a document type, which Word documents do not")
    return root
