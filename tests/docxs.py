"""Small Word files for tests, written out part by part: what python-docx writes is tidier than what people send."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": _W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = ("styles", "numbering", "footnotes", "endnotes")


def docx(path: Path, body: str, title: str = "", more: Mapping[str, str | bytes] | None = None, **parts: str) -> Path:
    """A Word file at ``path`` with the XML of its body and of its other parts; ``more`` are files to add or replace."""
    names = [name for name in PARTS if name in parts]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(names),
        "_rels/.rels": relationships(
            {
                f"{_OFFICE}/officeDocument": "word/document.xml",
                f"{_PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
            }
        ),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relationships({f"{_OFFICE}/{name}": f"{name}.xml" for name in names}),
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:creator>Pat Example</dc:creator></c:coreProperties>",
        **{f"word/{name}.xml": part(name, parts[name]) for name in names},
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def part(name: str, content: str) -> str:
    """A part of a Word file, whose root is called as it is."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMESPACES}>{content}</w:{name}>'


def relationships(targets: Mapping[str, str]) -> str:
    """What a part's own parts are, by kind."""
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def content_types(names: list[str]) -> str:
    """What sort of thing each part is, which Word and LibreOffice need to know."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    package = "application/vnd.openxmlformats-package"
    kinds = {f"/word/{name}.xml": f"{word}.{name}+xml" for name in names}
    kinds |= {"/word/document.xml": f"{word}.document.main+xml"}
    kinds |= {"/docProps/core.xml": f"{package}.core-properties+xml"}
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>{rows}</Types>'
    )


def run(text: str, properties: str = "") -> str:
    """A run of words; a tab or line feed in them is Word's own."""
    inner = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    for sign, tag in (("\t", "tab"), ("\n", "br")):
        inner = inner.replace(sign, f'</w:t><w:{tag}/><w:t xml:space="preserve">')
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def para(*content: str, style: str = "", number: str = "", level: int | None = None, more: str = "") -> str:
    """A paragraph of runs, or of plain words; ``number`` and ``level`` are its list and its level there."""
    inner = "".join(each if each.startswith("<") else run(each) for each in content)
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if number or level is not None:
        at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        id = f'<w:numId w:val="{number}"/>' if number else ""
        properties += f"<w:numPr>{at}{id}</w:numPr>"
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """A table whose cells are paragraphs, or plain words, or cells written out."""
    inner = ["".join(map(cell, cells)) for cells in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in inner)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    """A cell of a table."""
    if content.startswith("<w:tc>"):
        return content
    inner = content if content.startswith("<") else para(content) if content else para()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def levels(*shown: str, more: Mapping[int, str] | None = None) -> str:
    """The levels of a list, each "format pattern", counted from 1; ``more`` is XML of a level's own."""
    found = ""
    for n, each in enumerate(shown):
        format, _, pattern = each.partition(" ")
        own = (more or {}).get(n, "")
        start = "" if "<w:start " in own else '<w:start w:val="1"/>'
        found += (
            f'<w:lvl w:ilvl="{n}">{start}{own}<w:numFmt w:val="{format}"/>'
            f"<w:lvlText w:val={quoteattr(pattern)}/></w:lvl>"
        )
    return found


def abstract(id: int, levels: str) -> str:
    """A list as it is defined; lists that share it count together."""
    return f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def number(id: int, abstract: int, override: str = "") -> str:
    """A list as paragraphs name it."""
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def style(id: str, name: str, content: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    """A style; ``content`` is the XML of its properties."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{base}{content}</w:style>'
