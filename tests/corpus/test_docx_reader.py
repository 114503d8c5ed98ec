"""Reading Word documents: paragraphs, headings, tables, notes and boxes as lines, and what is left out."""

from pathlib import Path

import docx as python_docx
import pytest
from docxs import abstract, cell, docx, levels, number, para, part, relationships, run, style, table
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.collection import Collection, read_document
from corpus.model import Form
from corpus.reading.docx import read
from corpus.reading.reading import UnreadableFile

NBSP = "\u00a0"
LIST = (
    abstract(0, levels("decimal %1.", "decimal %1.%2")) + abstract(1, levels("bullet •")) + number(1, 0) + number(2, 1)
)
STYLES = (
    style("Standard", "Normal").replace("<w:style ", '<w:style w:default="1" ')
    + style("berschrift1", "heading 1")
    + style("berschrift2", "Heading 2")
    + style("Outlined", "Council heading", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("Under", "Council heading, blue", based_on="Outlined")
    + style("Titel", "Title")
    + style("Untertitel", "Subtitle", based_on="Titel")
    + style("Verzeichnis1", "toc 1")
    + style("Hidden", "Hidden", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    + style("HiddenNote", "Hidden note", "<w:rPr><w:vanish/></w:rPr>")
)
TOLD = run("\tSee the 2019 report.")
NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>", TOLD)}</w:footnote>'
    f'<w:footnote w:id="3">{para("First half")}{para("and second.")}</w:footnote>'
)
ENDNOTES = f'<w:endnote w:id="2">{para("At the end.")}</w:endnote>'
FOOTNOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
ENDNOTE = '<w:r><w:endnoteReference w:id="2"/></w:r>'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> REF _Ref1 </w:instrText></w:r>"
BOX = f"<w:txbxContent>{para('In a box.')}</w:txbxContent>"
BOTH_BOXES = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
MERGED, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"


def lines(path: Path, body: str, **parts: str) -> list[str]:
    """The lines of a Word file with this body."""
    given = {"styles": STYLES, "numbering": LIST, "footnotes": NOTES, "endnotes": ENDNOTES} | parts
    return read(docx(path / "a.docx", body, **given)).text.removesuffix("\n").split("\n\n")


def test_the_builder_escapes() -> None:
    assert run("R&D") == '<w:r><w:rPr></w:rPr><w:t xml:space="preserve">R&amp;D</w:t></w:r>'


PARAGRAPHS: dict[str, tuple[str, list[str]]] = {
    "runs of a word": (para(run("Of", "<w:b/>"), run("sted"), run(" came.")), ["Ofsted came."]),
    "white space": (para(f"  Ofsted{NBSP} {NBSP}came. "), ["Ofsted came."]),
    "empty paragraphs": (para("One") + para() + para(" ") + para("Two"), ["One", "Two"]),
    "a typed number and a tab": (para("1.1\tThis report"), ["1.1 This report"]),
    "a typed number, tabs and spaces": (para("1.1 \t \tThis report"), ["1.1 This report"]),
    "tabs in a sentence": (para("one\ttwo\tthree"), ["one two three"]),
    "a field of a report's front": (para("Author:\tJackie Brown"), ["Author:\tJackie Brown"]),
    "a field with tabs to spare": (para("Author:\t\t\tJackie Brown"), ["Author:\tJackie Brown"]),
    "two fields in a line": (para("Date:\t3 May\tItem:\t4"), ["Date: 3 May Item: 4"]),
    "a number in front of a field": (para("Author:\tPat", number="1"), ["1. Author: Pat"]),
    "a typed bullet": (para("•\tStaffing"), ["- Staffing"]),
    "a typed bullet of a symbol font": (para(f"\uf0b7{NBSP}Staffing"), ["- Staffing"]),
    "a dash that joins": (para("Staffing – and pay"), ["Staffing – and pay"]),
    "a minus": (para("-5 per cent"), ["-5 per cent"]),
    "a line break": (para("Children\nare safe."), ["Children are safe."]),
    "line breaks between typed bullets": (para("Noted:\n• one\n• two"), ["Noted:", "- one", "- two"]),
    "line breaks between fields": (
        para("Author:\tPat\nHead of Quality\nDate:\t3 May"),
        ["Author:\tPat Head of Quality", "Date:\t3 May"],
    ),
    "line breaks between capitals": (para("CABINET\n3 SEPTEMBER 2019"), ["CABINET", "3 SEPTEMBER 2019"]),
    "line breaks in a heading": (para("Cabinet\n3 September", style="berschrift1"), ["Cabinet", "3 September"]),
    "a page break": (para(run("before"), '<w:r><w:br w:type="page"/></w:r>', run("after")), ["before after"]),
    "hyphens": (
        para(
            "<w:r><w:t>in</w:t><w:softHyphen/><w:t>spec\u00adtion, re</w:t><w:noBreakHyphen/><w:t>inspect</w:t></w:r>"
        ),
        ["inspection, re-inspect"],
    ),
    "characters without width": (para("\ufeffOf\u200bsted"), ["Ofsted"]),
    "symbols": (
        para(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> met, </w:t><w:sym w:font="Symbol" w:char="F0B3"/>'
            '<w:t>5</w:t><w:sym w:font="Webdings" w:char="F0B3"/><w:sym w:font="Arial" w:char="2026"/>'
            '<w:sym w:char="zz"/><w:sym w:char="D800"/></w:r>'
        ),
        ["✓ met, ≥5…"],
    ),
    "a symbol as a bullet": (
        para('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>Staffing</w:t></w:r>'),
        ["- Staffing"],
    ),
    "a hyperlink": (para(f"<w:hyperlink>{run('the report')}</w:hyperlink>"), ["the report"]),
    "a simple field": (para(f'<w:fldSimple w:instr="PAGE">{run("7")}</w:fldSimple>'), ["7"]),
    "a field": (para(run("See "), BEGIN, CODE, SEPARATE, run("para 3"), END, run(".")), ["See para 3."]),
    "a field without a result": (para(run("See"), BEGIN, CODE, END, run(" here")), ["See here"]),
    "a field in a field": (
        para(BEGIN, CODE, BEGIN, CODE, SEPARATE, run("inner"), END, SEPARATE, run("outer"), END),
        ["outer"],
    ),
    "a field that never ends": (para(run("A"), BEGIN, CODE) + para("Next"), ["A", "Next"]),
    "a formula": (para(run("x"), "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath>"), ["x=2"]),
    "a word with its reading above it": (
        para(f"<w:r><w:ruby><w:rt>{run('han')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby></w:r>"),
        ["word"],
    ),
    "a content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{para('Cabinet')}</w:sdtContent></w:sdt>"
        + para("<w:sdt><w:sdtContent>" + run("3 May") + "</w:sdtContent></w:sdt>"),
        ["Cabinet", "3 May"],
    ),
    "a content control that waits for words": (
        para(
            "Ward: ", f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}</w:sdtContent></w:sdt>"
        ),
        ["Ward:"],
    ),
    "other wrappers": (
        f"<w:customXml>{para('<w:smartTag>' + run('Medway') + '</w:smartTag>')}</w:customXml>",
        ["Medway"],
    ),
    "a text box, once": (para(run("Beside it."), BOTH_BOXES) + para("After."), ["Beside it.", "In a box.", "After."]),
    "an old text box": (para(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["In a box."]),
    "a footnote": (
        para(run("Judged good"), FOOTNOTE.format(2), run(" in 2019.")) + para("Next."),
        ["Judged good in 2019.", "See the 2019 report.", "Next."],
    ),
    "footnotes and an endnote": (
        para(run("Both"), FOOTNOTE.format(3), ENDNOTE, FOOTNOTE.format(2)),
        ["Both", "First half and second.", "At the end.", "See the 2019 report."],
    ),
    "a footnote referred to twice, and one that is not there": (
        para(run("A"), FOOTNOTE.format(2), FOOTNOTE.format(9)) + para(run("B"), FOOTNOTE.format(2)),
        ["A", "See the 2019 report.", "B"],
    ),
    "an empty list paragraph counts": (
        para("One", number="1") + para(number="1") + para("Three", number="1"),
        ["1. One", "3. Three"],
    ),
    "capitals by format stay as typed": (para(run("Cabinet", "<w:caps/>")), ["Cabinet"]),
}


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs_are_lines(body: str, expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, body) == expected


def test_a_footnote_within_itself_is_told_once(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{para(run("Round"), FOOTNOTE.format(2))}</w:footnote>'
    assert lines(tmp_path, para(run("A"), FOOTNOTE.format(2)), footnotes=note) == ["A", "Round"]


TABLES: dict[str, tuple[str, list[str]]] = {
    "rows": (table(["Area", "Grade"], ["Leadership", "Good"]), ["Area\tGrade", "Leadership\tGood"]),
    "a report's front": (
        table(["Report to:", "Cabinet"], ["Date:", "3 September 2019"]),
        ["Report to:\tCabinet", "Date:\t3 September 2019"],
    ),
    "an empty cell between others": (table(["Cost", "", "High"]), ["Cost\t\tHigh"]),
    "an empty row": (table(["", ""], ["a", "b"]), ["a\tb"]),
    "paragraphs in a cell": (table(["Cost", para("It rose") + para("by half")]), ["Cost\tIt rose by half"]),
    "tabs and breaks in a cell": (table(["Cost\trose", "by\nhalf"]), ["Cost rose\tby half"]),
    "a list in a cell": (
        table(["Aim", para("Plan", number="1") + para("Visit", number="1")]) + para("After", number="1"),
        ["Aim\t1. Plan 2. Visit", "3. After"],
    ),
    "numbers alone in a column": (
        table([para(number="1"), "Costs", "High"], [para(number="1"), "Staff", "Low"]),
        ["1.\tCosts\tHigh", "2.\tStaff\tLow"],
    ),
    "bullets alone in a column": (table([para(number="2"), "Costs", "High"]), ["–\tCosts\tHigh"]),
    "cells merged along a row": (
        table(["Total", cell("45", '<w:gridSpan w:val="2"/>'), "x"], ["a", "b", "c", "d"]),
        ["Total\t45\t\tx", "a\tb\tc\td"],
    ),
    "cells merged down a column": (
        table([cell("2019", MERGED), "Good", "a"], [GOES_ON, "Poor", "b"], ["2020", "Good", "c"]),
        ["2019\tGood\ta", "2019\tPoor\tb", "2020\tGood\tc"],
    ),
    "a text merged down a column": (
        table([cell("Text " * 30, MERGED), "Good", "a"], [GOES_ON, "Poor", "b"]),
        [f"{('Text ' * 30).strip()}\tGood\ta", "–\tPoor\tb"],
    ),
    "a row that starts further in": (
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("2019") + cell("2020") + "</w:tr></w:tbl>",
        ["–\t2019\t2020"],
    ),
    "a row across the table": (
        table([cell("Section A", '<w:gridSpan w:val="2"/>')], ["a", "b"]),
        ["Section A", "a\tb"],
    ),
    "a table in a cell": (table(["Cost", table(["a", "b"]) + para("c")]), ["Cost\ta b c"]),
    "a box": (table([para("One") + para("Two", number="1")]), ["One", "1. Two"]),
    "a table in a box": (table([para("See") + table(["a", "b"]) + para()]), ["See", "a\tb"]),
    "paragraphs beside their numbers": (
        table(["6.12", para("The Council:") + para("is asked", number="2")], ["6.13", "It noted."]),
        ["6.12 The Council:", "- is asked", "6.13 It noted."],
    ),
    "paragraphs beside Word's numbers": (
        table([para(number="1"), "Background"], [para(number="1", level=1), "It noted."]),
        ["1. Background", "1.1 It noted."],
    ),
    "a footnote in a cell": (
        table(["Cost", para(run("High"), FOOTNOTE.format(2))], ["Staff", "Low"]),
        ["Cost\tHigh", "See the 2019 report.", "Staff\tLow"],
    ),
    "rows and cells in content controls": (
        "<w:tbl><w:sdt><w:sdtContent><w:tr>" + cell("a") + f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"
        "</w:tr></w:sdtContent></w:sdt></w:tbl>",
        ["a\tb"],
    ),
    "a row without a cell": ("<w:tbl><w:tr>tc</w:tr></w:tbl>" + table(["a", "b"]), ["a\tb"]),
    "a merge without end": (table([cell("a", '<w:gridSpan w:val="999999999"/>'), "b"]), ["a" + "\t" * 63 + "b"]),
}


@pytest.mark.parametrize(("body", "expected"), TABLES.values(), ids=TABLES)
def test_tables_are_rows(body: str, expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, body) == expected


SENTENCE = "The Board is asked to note the report."
HEADINGS: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "by style, in any language": (
        para("A", style="berschrift1") + para("B", style="berschrift2") + para("C", style="berschrift1"),
        [("A", 2), ("B", 3), ("C", 2)],
    ),
    "by the style's outline level": (para("A", style="Outlined") + para("B", style="Under"), [("A", 2), ("B", 2)]),
    "by the paragraph's outline level": (
        para("A", more='<w:outlineLvl w:val="0"/>') + para("B", more='<w:outlineLvl w:val="2"/>') + para("x") * 2,
        [("A", 1), ("B", 3)],
    ),
    "not where the paragraph is text": (para("A", style="berschrift1", more='<w:outlineLvl w:val="9"/>'), []),
    "the title": (
        para("A", style="Titel") + para("B", style="berschrift1") + para("C", style="berschrift2"),
        [("A", 1), ("B", 2), ("C", 3)],
    ),
    "the last line of the title": (
        para("CABINET\n3 MAY", style="Titel") + para("Costs", style="Titel") + para("x") + para("Y", style="Titel"),
        [("CABINET", 2), ("3 MAY", 2), ("Costs", 1), ("Y", 2)],
    ),
    "no subtitle": (para("A", style="Titel") + para("B", style="Untertitel"), [("A", 1)]),
    "the only highest heading is the title": (
        para("Cabinet") + para("A", style="berschrift1") + para("B", style="berschrift2") * 2,
        [("A", 1), ("B", 2), ("B", 2)],
    ),
    "not below fields": (
        para("Author:\tPat") + para("A", style="berschrift1") + para("B", style="berschrift2"),
        [("A", 2), ("B", 3)],
    ),
    "with their numbers": (para("A", style="berschrift1", number="1"), [("1. A", 1)]),
    "not numbered sentences": (
        para("A", style="berschrift1") * 2
        + para(SENTENCE, style="berschrift2")
        + para("long " * 40, style="berschrift2"),
        [("A", 2), ("A", 2)],
    ),
    "in a box": (table([para("A", style="berschrift1") + para("x")]), [("A", 1)]),
}


@pytest.mark.parametrize(("body", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings_are_those_that_word_marks(body: str, expected: list[tuple[str, int]], tmp_path: Path) -> None:
    reading = read(docx(tmp_path / "a.docx", body, styles=STYLES, numbering=LIST))
    found = [(reading.text[heading.start :].split("\n")[0], heading.level) for heading in reading.headings]
    assert found == expected


INSERTED, DELETED = f"<w:ins>{run('very ')}</w:ins>", "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
DELETED_END = "<w:rPr><w:del/></w:rPr>"
CHANGES = "holds tracked changes: {}"

LEFT_OUT: dict[str, tuple[str, list[str], tuple[str, ...]]] = {
    "tracked changes": (
        para(run("It is "), DELETED, INSERTED, run("good."), DELETED),
        ["It is very good."],
        (CHANGES.format("2 deletions left out, 1 insertion kept"),),
    ),
    "moved text": (
        para(f"<w:moveFrom>{run('It moved.')}</w:moveFrom>", more="<w:rPr><w:moveFrom/></w:rPr>")
        + para("Then")
        + para(f"<w:moveTo>{run('It moved.')}</w:moveTo>"),
        ["Then", "It moved."],
        (CHANGES.format("1 move kept"),),
    ),
    "a deleted paragraph has no number": (
        para("One", number="1") + para(DELETED, number="1", more=DELETED_END) + para("Two", number="1"),
        ["1. One", "2. Two"],
        (CHANGES.format("1 deletion left out"),),
    ),
    "a deleted end of a paragraph": (
        para("Children ", more=DELETED_END) + para("are safe.", number="1") + para("Last", more=DELETED_END),
        ["1. Children are safe.", "Last"],
        (),
    ),
    "a deleted row": (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("a") + cell("b") + "</w:tr></w:tbl>" + para("x"),
        ["x"],
        (CHANGES.format("1 deletion left out"),),
    ),
    "comments": (
        para(run("Good."), '<w:r><w:commentReference w:id="0"/></w:r>' * 3),
        ["Good."],
        ("3 comments left out",),
    ),
    "hidden words": (
        para(run("Shown"), run(" hidden", "<w:vanish/>"), run(" too", '<w:rStyle w:val="Hidden"/>'), run(" again")),
        ["Shown again"],
        ("2 pieces of hidden text left out",),
    ),
    "words shown in a hidden style": (
        para(
            run("no "),
            run("yes", '<w:vanish w:val="0"/>'),
            style="HiddenNote",
            more='<w:rPr><w:vanish w:val="0"/></w:rPr>',
        ),
        ["yes"],
        ("1 piece of hidden text left out",),
    ),
    "a hidden paragraph has no number": (
        para("One", number="1") + para("Hidden", number="1", style="HiddenNote") + para("Two", number="1"),
        ["1. One", "2. Two"],
        ("1 piece of hidden text left out",),
    ),
    "a heading that runs into its text": (
        para("Costs.", number="1", more="<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + para(" They rose."),
        ["1. Costs. They rose."],
        (),
    ),
    "a hidden row": (
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>" + cell("a") + cell("b") + "</w:tr></w:tbl>" + para("x"),
        ["x"],
        ("1 piece of hidden text left out",),
    ),
    "hidden instructions of a field": (
        para(run("x"), BEGIN.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"), CODE, END, run("y")),
        ["xy"],
        (),
    ),
    "a table of contents": (
        para("Background\t3", style="Verzeichnis1") * 2 + para("Background"),
        ["Background"],
        ("2 lines of a table of contents left out",),
    ),
    "charts and parts in another format": (
        para(run("x"), "<w:r><w:drawing><c:chart/></w:drawing></w:r>") + "<w:altChunk/>",
        ["x"],
        ("1 chart left out", "1 part in another format left out"),
    ),
}


@pytest.mark.parametrize(("body", "expected", "notes"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_left_out_is_said(body: str, expected: list[str], notes: tuple[str, ...], tmp_path: Path) -> None:
    reading = read(docx(tmp_path / "a.docx", body, styles=STYLES, numbering=LIST))
    assert reading.text.removesuffix("\n").split("\n\n") == expected
    assert reading.notes == notes


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (" Ofsted\n inspection ", {"title": "Ofsted inspection"}),
        ("", {}),
        ("Microsoft Word - Cabinet report.doc", {}),
        ("Cabinet Report Template", {}),
        ("report v3.docx", {}),
        ("Document1", {}),
        ("[Title of report]", {}),
        ("long " * 70, {}),
    ],
)
def test_a_title_is_what_somebody_called_it(title: str, expected: dict[str, str], tmp_path: Path) -> None:
    reading = read(docx(tmp_path / "a.docx", para("x"), title=title))
    assert reading.about == expected


def test_headers_and_footers_are_left_out(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "Medway Council"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Children are safe.")
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").text == "Children are safe.\n"


@pytest.mark.parametrize("body", ["", para(), para("1", style="Verzeichnis1"), table(["", ""])], ids=range(4))
def test_a_document_without_text_says_so(body: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^holds no text; pictures of text cannot be read$"):
        read(docx(tmp_path / "a.docx", body, styles=STYLES))


def test_strict_files_are_read(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = part("document", f"<w:body>{para('Strict.')}</w:body>")
    rels = relationships({"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument": "/word/main2.xml"})
    main = main.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
    path = docx(tmp_path / "a.docx", "", more={"word/main2.xml": main, "_rels/.rels": rels})
    assert read(path).text == "Strict.\n"


REPORT = (
    para("CABINET\n3 SEPTEMBER 2019\nCHILDREN'S SERVICES")
    + table(["Report to:", "Cabinet"], ["Author:", "Pat Example"])
    + para("Background", style="berschrift1", number="1")
    + para("Ofsted came in July.", number="1", level=1)
    + para("It found:", number="1", level=1)
    + para("weak plans", number="2")
    + para("late visits", number="2")
    + para("Grades", style="berschrift1", number="1")
    + table(["Area", "Grade", "Why"], ["Leadership", "Good", "It has been settled for several years, and it shows."])
)


def test_a_report_is_cited_by_the_numbers_that_word_shows(tmp_path: Path) -> None:
    path = docx(tmp_path / "report.docx", REPORT, styles=STYLES, numbering=LIST)
    document = read_document("report", "report.docx", read(path))
    assert document.source.title.value == "CHILDREN'S SERVICES"
    found = {passage.text: passage for passage in document.passages}
    assert found["1.1 Ofsted came in July."].reference == "para 1.1"
    assert found["- late visits"].reference == "para 1.2, second bullet"
    assert found["- late visits"].headings[-1] == "1. Background"
    assert found["Report to:\tCabinet"].form is Form.FIELD
    (row,) = (passage for passage in document.passages if passage.form is Form.ROW)
    assert [span.of(document.text) for span in row.columns] == ["Area", "Grade", "Why"]


def test_word_files_are_documents_of_a_collection(tmp_path: Path) -> None:
    docx(tmp_path / "one.docx", REPORT, styles=STYLES, numbering=LIST)
    docx(tmp_path / "two.DOCM", REPORT + para("It went on."), styles=STYLES, numbering=LIST)
    assert [document.id for document in Collection.open([tmp_path]).read().documents] == ["one", "two"]


WORDS = st.lists(st.text("abcxyz", min_size=2, max_size=6), min_size=1, max_size=6).map(" ".join)
PIECES = st.one_of(
    st.tuples(st.just("paragraph"), st.tuples(WORDS)),
    st.tuples(st.sampled_from(["List Number", "List Bullet", "Heading 1", "Title"]), st.tuples(WORDS)),
    st.integers(1, 4).flatmap(
        lambda width: st.tuples(st.just("table"), st.lists(st.tuples(*[WORDS] * width), min_size=1, max_size=3))
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8))
def test_all_words_come_back_in_order(tmp_path_factory: pytest.TempPathFactory, pieces: list) -> None:
    document, expected = python_docx.Document(), []
    for kind, content in pieces:
        if kind == "table":
            made = document.add_table(len(content), len(content[0]))
            for cells, words in zip(made.rows, content, strict=True):
                for where, said in zip(cells.cells, words, strict=True):
                    where.text = said
                    expected += said.split()
        else:
            document.add_paragraph(content[0], None if kind == "paragraph" else kind)
            expected += content[0].split()
    path = tmp_path_factory.mktemp("words") / "a.docx"
    document.save(str(path))
    reading = read(path)
    assert [word for word in reading.text.split() if word.isalpha()] == expected
    assert all(reading.text[heading.start - 2 : heading.start] in ("", "\n\n") for heading in reading.headings)
