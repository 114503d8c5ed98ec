"""Decoding: the characters of a web page, whatever it says, or does not say, of its encoding."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers look for a declaration in the first 1,024 bytes; saved pages put comments in front of it.
_DECLARED_WITHIN = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
# Latin-1 and ASCII are read as Windows-1252, as browsers do (https://encoding.spec.whatwg.org/#names-and-labels).
_OTHERS = re.compile(r"windows-125[013-8]|iso-8859-(?:[2-9]|1[03-6])|macintosh", re.IGNORECASE)
# The places of Latin-1's second set of controls, which mean Windows-1252's characters wherever they are met in pages.
_WINDOWS = {n: bytes([n]).decode("cp1252", "ignore") or None for n in range(0x80, 0xA0)}


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a page, and what is doubtful of them, for its reader.

    A byte order mark decides; failing that, what is valid UTF-8 is UTF-8, whatever it declares; and the rest is what
    the page declares, or Windows-1252.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _settled(content[len(mark) :].decode(name, "replace"))
    if content[1:2] == b"\0" or content[:1] == b"\0":
        return _settled(content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace"))
    try:
        return content.decode("utf-8").translate(_WINDOWS), ()
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(content, 0, _DECLARED_WITHIN)
    declared = match[1].decode("ascii", "ignore").lower() if match else ""
    if _OTHERS.fullmatch(declared):
        return _settled(content.decode(declared, "replace"))
    as_utf = content.decode("utf-8", "replace")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in as_utf):  # UTF-8 with a few bytes broken
        return _settled(as_utf)
    text = content.decode("latin-1").translate(_WINDOWS)
    return text, (f"declares {declared}, and was read as Windows-1252",) if declared.startswith("utf") else ()


def _settled(text: str) -> tuple[str, tuple[str, ...]]:
    lost = text.count("\ufffd")
    return text.translate(_WINDOWS), (f"{lost} characters could not be decoded",) if lost else ()
