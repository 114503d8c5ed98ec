"""Evidence packs as Word documents. The one door to python-docx.

The same pack gives the same bytes: python-docx stamps the files inside with the time of day, so they are written again
with the pack's own date. Headings are real styles, so that Word's navigation and a screen reader find them.
"""

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.exports.pack import EXACT, GONE, Pack, Piece, decided, fact_line, printable, seen

LANGUAGE = "en-GB"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Twelve points without serifs, as public bodies are asked to print: gov.uk, "Publishing accessible documents".
_FONT = "Arial"
_TEXT = Pt(12)
_SMALL = Pt(10.5)
_SIZES = {"Title": Pt(24), "Heading 1": Pt(18), "Heading 2": Pt(14)}
_INK = RGBColor(0x14, 0x20, 0x2B)
_SOFT = RGBColor(0x4A, 0x58, 0x63)
_LINK = RGBColor(0x0B, 0x53, 0x94)
_NUMBER = Mm(12)  # room for "200."
# What python-docx's template brings and a pack has no use for: a picture of its empty page, the program that made it,
# and a second set of styles, in American English, for Word 2010.
_TEMPLATES_OWN = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def word(pack: Pack) -> bytes:
    """The pack as the bytes of a .docx: title, what was searched, the quotes with their citations, all citations."""
    document = docx.Document()
    _set_up(document, pack)
    _paragraph(document, pack.title, "Title")
    for line in (*pack.about, EXACT):
        _paragraph(document, line)
    if pack.pieces:
        _paragraph(document, "Passages", "Heading 1")
        for piece in pack.pieces:
            _add(document, piece)
        _paragraph(document, "Citations", "Heading 1")
        for piece in pack.pieces:
            _paragraph(document, piece.citation, "List Number")
    if pack.missing:
        _paragraph(document, GONE, "Heading 1")
        for id in pack.missing:
            _paragraph(document, id, "List Bullet")
    held = io.BytesIO()
    document.save(held)
    return _dated(held.getvalue(), pack)


def _add(document: Document, piece: Piece) -> None:
    """A piece: whose words, the quote, its citation, what is known of its document, and what was decided."""
    _paragraph(document, f"{piece.number}. {piece.reference}", "Heading 2")
    _paragraph(document, piece.voice_line, "Voice")
    if piece.introduction:
        _paragraph(document, piece.introduction, "Lead-in")
    for line in piece.lines:
        _paragraph(document, line, "Quote")
    _paragraph(document, f"Citation {piece.number}: {piece.citation}", "Citation")
    _paragraph(document, fact_line(piece.source), "Facts")
    _paragraph(document, f"What was decided: {decided(piece)}", "Outcome")
    if piece.same_item is None:
        for passage in piece.decisions:
            _paragraph(document, seen(passage.text), "Quote")
    links = _paragraph(document, "", "Facts")
    _link(links, "Open in the document", piece.permalink)
    if piece.web_address:
        links.add_run(" · ")
        _link(links, "Council’s own page", piece.web_address)


def _paragraph(document: Document, text: str, style: str = "Normal") -> Paragraph:
    return document.add_paragraph(printable(text), style)


def _link(paragraph: Paragraph, words: str, address: str) -> None:
    """A link at the end of a paragraph, which python-docx can read but not write."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.add_run(words, "Hyperlink")._r)
    paragraph._p.append(link)


def _set_up(document: Document, pack: Pack) -> None:
    """The page, the styles and what the file says of itself, none of it the template's own."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    _number_pages(section.footer.paragraphs[0], pack)
    _set_styles(document)
    properties = document.core_properties
    made = datetime.combine(pack.made, time())
    properties.title = printable(pack.title)[:255]  # the longest that python-docx takes
    properties.subject = printable(pack.searched)[:255]
    properties.comments = f"Corpus version {pack.generation}"
    properties.author = properties.last_modified_by = properties.keywords = properties.category = ""
    properties.created = properties.modified = made
    properties.language = LANGUAGE
    properties.revision = 1
    package = document.part.package
    assert package is not None
    for held in (package.rels, document.part.rels):
        for id in [id for id, one in held.items() if one.reltype in _TEMPLATES_OWN]:
            del held[id]


def _number_pages(paragraph: Paragraph, pack: Pack) -> None:
    """The foot of each page: the title, and the page's number as a field that Word fills in."""
    paragraph.add_run(f"{printable(pack.title)} – page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _set_styles(document: Document) -> None:
    styles = document.styles
    default = styles.element.find(qn("w:docDefaults"))
    for language in (*default.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        language.set(qn("w:val"), LANGUAGE)
    for name in ("Voice", "Lead-in", "Citation", "Facts", "Outcome"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _style(styles["Normal"], _TEXT, after=8)
    for name, size in _SIZES.items():
        _style(styles[name], size, bold=True, before=18 if name != "Title" else 0, after=6)
    _style(styles["Quote"], _TEXT, after=6)
    _style(styles["List Number"], _TEXT, after=4)
    _style(styles["Lead-in"], _TEXT, after=6, colour=_SOFT)
    _style(styles["Voice"], _SMALL, bold=True, after=4, colour=_SOFT)
    _style(styles["Citation"], _TEXT, before=8, after=4)
    _style(styles["Facts"], _SMALL, after=6, colour=_SOFT)
    _style(styles["Outcome"], _TEXT, bold=True, after=4)
    _style(styles["Footer"], Pt(9), after=0, colour=_SOFT)
    for name in ("Quote", "Lead-in"):
        _bar(styles[name])
    numbered = styles["List Number"].paragraph_format
    numbered.left_indent, numbered.first_line_indent = _NUMBER, -_NUMBER
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        of = level.find(qn("w:pStyle"))
        if of is not None and of.get(qn("w:val")) == styles["List Number"].style_id:
            level.remove(level.find(qn("w:pPr")))  # its tab stop is too near for a number of two digits
    for name in ("Voice", "Lead-in"):
        styles[name].paragraph_format.keep_with_next = True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(link, CharacterStyle)
    link.font.color.rgb, link.font.underline = _LINK, True


def _style(
    style: ParagraphStyle, size: Pt, *, bold: bool = False, before: int = 0, after: int, colour: RGBColor = _INK
) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = _FONT, size, bold, False, colour
    names = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in _THEME_FONTS:  # where a style names a theme's font, Word takes no notice of its own
        names.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _bar(style: ParagraphStyle) -> None:
    """An indent with a line down its left side, which tells a quote from what is said about it."""
    style.paragraph_format.left_indent = Mm(8)
    borders = OxmlElement("w:pBdr")
    bar = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "10"), ("color", "C4CCD3")):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _dated(docx_bytes: bytes, pack: Pack) -> bytes:
    """The same files, each with the day the pack was made in place of the time it was written."""
    held = io.BytesIO()
    day = (max(pack.made.year, 1980), pack.made.month, pack.made.day, 0, 0, 0)  # the first year that a zip can hold
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as written, zipfile.ZipFile(held, "w") as dated:
        for name in written.namelist():
            entry = zipfile.ZipInfo(name, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            dated.writestr(entry, written.read(name))
    return held.getvalue()
