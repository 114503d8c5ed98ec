"""Evidence packs: what is put into one, and that Markdown, CSV and Word hold hostile text as text."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
import small_council
from builders import document, source
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Quote
from assistant.exports.pack import MOST_PASSAGES, Pack, Piece, TooMany, pack, seen
from assistant.exports.pack_text import markdown, table
from corpus.model import Passage, Source
from corpus.passages.outcomes import Badge, Outcome
from index.local import LocalIndex
from webapp.layout.word import word

MADE = date(2026, 3, 9)
CARERS = (
    "· Foster carers – reference was made to the letter. Officers confirmed that twelve foster carers were recruited."
)
HOSTILE = [
    "# A heading",
    "Setext\n===",
    "---",
    "- item",
    "1. item",
    "12) item",
    "> quoted",
    "```\ncode",
    "    code",
    "~~~",
    "[link](https://evil.example)",
    "![image](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example and www.evil.example",
    "<script>alert(1)</script>",
    "<!-- comment",
    "&lt;b&gt; &copy;",
    "a | b\n--|--\nc | d",
    "*strong* __strong__ `code` ~~gone~~ $x^2$",
    "back\\slash\\",
    '=HYPERLINK("https://evil.example")',
    "<<b>b>",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LocalIndex:
    folder = tmp_path_factory.mktemp("council")
    small_council.index(small_council.write(folder / "documents"), folder / "index")
    return LocalIndex.open(folder / "index", FakeEncoder())


def passages(index: LocalIndex, id: str) -> Sequence[Passage]:
    found = index.document(id)
    assert found is not None
    return found.passages


def called(index: LocalIndex, id: str, words: str) -> str:
    """The id of the passage of a document that holds the words."""
    return next(one.id for one in passages(index, id) if words in one.text)


def one(index: LocalIndex, id: str, words: str) -> Piece:
    return pack([called(index, id, words)], index, made=MADE).pieces[0]


def holding(text: str, **facts: str | None) -> Pack:
    """A pack whose every text from outside is ``text``."""
    held = document(text, facts=facts)
    first = replace(held.passages[0], reference=text)
    piece = Piece(
        number=1,
        id=text,
        source=held.source,
        passages=held.passages,
        quote=Quote("a", 0, len(text), text),
        lines=tuple(line for line in [" ".join(text.split())] if line),
        lead_in=Quote("a", 0, len(text), text),
        reference=text,
        citation=text,
        voice_line="An officer",
        outcome=Outcome(Badge.NOTED, (first,)),
        permalink="/passages/a/0123456789ab",
    )
    return Pack(text, MADE, text, "20260309T000000-00000000", 1, (piece,), (text,))


def tokens(text: str) -> list[tuple[str, str]]:
    """The blocks and inline pieces that CommonMark, with tables and strikethrough, reads; types and contents."""
    found = []
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        found.append((block.type, block.tag))
        found += [(inner.type, str(inner.attrGet("href") or "")) for inner in block.children or ()]
    return found


def test_a_piece_is_an_exact_slice_with_its_citation(index: LocalIndex) -> None:
    piece = one(index, "cabinet-report", "five days")
    assert piece.quote.text == "1.2 The inspectors visited for five days."
    assert small_council.REPORT[piece.quote.start : piece.quote.end] == piece.quote.text
    assert piece.citation == "Westmarch Council, Cabinet, 4 March 2021, Ofsted inspection of Westmarch, para 1.2"
    assert piece.voice_line == "The report’s author"
    assert piece.outcome.badge == "recommended only"
    assert [passage.text for passage in piece.decisions] == ["3.1 The Cabinet is asked to note the report."]
    assert piece.permalink == "/passages/cabinet-report/4f0d8621fabf"


@pytest.mark.parametrize(
    ("id", "words", "introduction", "lines"),
    [
        (
            "cabinet-report",
            "missing",
            "1.1 The published report identified two areas for improvement:",
            ('- Oversight of missing <script>alert("x")</script> children',),
        ),
        (
            "cabinet-report",
            "placements</b>",
            "1.1 The published report identified two areas for improvement: […]",
            ("- The supply of placements for teenagers & others",),
        ),
        (
            "cabinet-report",
            "1.1 The published",
            "",
            (
                "1.1 The published report identified two areas for improvement:",
                '- Oversight of missing <script>alert("x")</script> children',
                "- The supply of placements for teenagers & others",
            ),
        ),
        (
            "cabinet-report",
            "<p>Budget</p>",
            "",
            (
                "Risk: Budget",
                "Description: The placements budget may be overspent before the year ends",
                "Action to avoid or mitigate risk: Monthly monitoring by the board",
                "Rating: B2",
            ),
        ),
        ("cabinet-report", "Author:", "", ("Author: Pat Example, Head of Quality",)),
        ("visit-minutes", "Decision:", "", ("Decision: The Committee noted the report.",)),
    ],
    ids=["first item", "later item", "what opens a list", "table row", "header line", "decision"],
)
def test_what_a_reader_sees(index: LocalIndex, id: str, words: str, introduction: str, lines: tuple[str, ...]) -> None:
    piece = one(index, id, words)
    assert (piece.introduction, piece.lines) == (introduction, lines)


def test_passages_come_in_the_order_given_each_once_and_what_is_gone_is_named(index: LocalIndex) -> None:
    late = called(index, "visit-minutes", "twelve foster carers")
    early = called(index, "cabinet-report", "five days")
    made = pack([late, "gone/0123456789ab", early, late, "nonsense"], index, made=MADE, searched="carers")
    assert [piece.id for piece in made.pieces] == [late, early]
    assert [piece.number for piece in made.pieces] == [1, 2]
    assert made.missing == ("gone/0123456789ab", "nonsense")
    assert made.about == (
        "Searched for: carers",
        f"Searched in: corpus version {index.generation}, 2 documents",
        "Made: 9 March 2026, with 2 passages",
    )


def test_an_outcome_is_said_once_for_an_agenda_item(index: LocalIndex) -> None:
    ids = [called(index, "visit-minutes", words) for words in ("94%", "twelve foster carers", "Decision:")]
    made = pack([*ids, called(index, "cabinet-report", "five days")], index, made=MADE)
    assert [piece.same_item for piece in made.pieces] == [None, 1, 1, None]
    text = markdown(made)
    assert text.count("What was decided: **noted**\n\n> Decision: The Committee noted the report.") == 1
    assert text.count("What was decided: **noted, as for passage 1**") == 2


def test_a_decision_is_not_said_again_below_itself(index: LocalIndex) -> None:
    assert one(index, "visit-minutes", "Decision:").decisions == ()


@pytest.mark.parametrize("address", ["https://records.example/", "https://records.example"], ids=["slash", "none"])
def test_permalinks_begin_with_the_address(index: LocalIndex, address: str) -> None:
    found = pack([called(index, "visit-minutes", "Decision:")], index, made=MADE, address=address).pieces[0]
    assert found.permalink == "https://records.example/passages/visit-minutes/3c3d7abad345"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://council.example/visit", "https://council.example/visit"),
        ("https://council.example/a b)<>\n", "https://council.example/a%20b%29%3C%3E"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        (None, ""),
    ],
    ids=["web", "spaces and brackets", "script", "file", "none"],
)
def test_only_a_web_address_is_linked(url: str | None, address: str) -> None:
    assert holding("Words.", url=url).pieces[0].web_address == address


def test_too_many_passages_are_refused(index: LocalIndex) -> None:
    ids = [f"gone/{number}" for number in range(MOST_PASSAGES)]
    assert len(pack([*ids, ids[0]], index, made=MADE).missing) == 200
    with pytest.raises(TooMany, match="A pack holds at most 200 passages, and 201 were chosen"):
        pack([*ids, "one/more"], index, made=MADE)


# What a pack of one plain passage is made of in Markdown: nothing that a text says may add to it or take from it.
PLAIN = [kind for kind, _ in tokens(markdown(holding("Plain words.")))]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_holds_hostile_text_as_text(text: str) -> None:
    _says_nothing_more(text)


@given(
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text("#-+*_=>[]()!`~|&;:<\\ 1.\n\ta")))
    .map(" ".join)
    .filter(seen)  # text that is all remnants of markup is not shown
)
def test_markdown_holds_any_text_as_text(text: str) -> None:
    _says_nothing_more(text)


def _says_nothing_more(text: str) -> None:
    written = markdown(replace(holding(text), title="T"))
    found = tokens(written)
    # An escaped character may be a piece of text of its own.
    assert [kind for kind, _ in found if kind != "text"] == [kind for kind in PLAIN if kind != "text"]
    assert [href for kind, href in found if kind == "link_open"] == ["/passages/a/0123456789ab"]
    assert not re.search(r"(?<!\\)://|www\.", written.replace("<https://", ""))


@pytest.mark.parametrize("text", [text for text in HOSTILE if "<script" not in text and "<<b>" not in text])
def test_markdown_says_what_the_text_says(text: str) -> None:
    """What CommonMark makes of the quote is the words of the text, with their white space folded."""
    blocks = MarkdownIt("commonmark").parse(markdown(holding(text)))
    said = ["".join(inner.content for inner in block.children or ()) for block in blocks if block.type == "inline"]
    assert f"Citation 1: {' '.join(text.split())}" in said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# One *two* _three_", r"\# One \*two\* \_three\_"),
        ("- one - two", r"\- one - two"),
        ("12. one 3. two", r"12\. one 3. two"),
        ("3.1 Note", r"3\.1 Note"),
        (": defined", r"\: defined"),
        ("areas: a | b", r"areas: a \| b"),
        ("see https://a.example or WWW.b.example", r"see https\://a.example or WWW\.b.example"),
        ("==marked== a@b.example", r"\=\=marked\=\= a\@b.example"),
    ],
    ids=["anywhere", "bullet", "number", "paragraph", "definition", "table", "address", "extensions"],
)
def test_only_what_markdown_would_read_is_escaped(text: str, line: str) -> None:
    assert f"> {line}" in markdown(holding(text)).split("\n")


def rows(made: Pack) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(made).removeprefix("\ufeff"), newline="")))


def test_csv_is_read_back(index: LocalIndex) -> None:
    ids = [called(index, "visit-minutes", "twelve foster carers"), called(index, "cabinet-report", "<p>Budget</p>")]
    made = pack([*ids, "gone/1"], index, made=MADE, searched="carers", address="https://records.example/")
    text = table(made)
    assert text.startswith('\ufeff"Number","Introduced by","Quote"')
    assert text.endswith("\r\n")
    carers, budget, gone = rows(made)
    assert carers["Quote"] == CARERS
    assert carers["Introduced by"] == "Members of Westmarch Council considered the report and asked about: […]"
    assert carers["How known"] == "Council: stated; Body: supplied; Date: not stated; Title: stated; Kind: stated"
    assert carers["Decision in its own words"] == "Decision: The Committee noted the report."
    assert carers["Link"] == "https://records.example/passages/visit-minutes/09166d03d7b5"
    assert carers["Council’s own page"] == "https://council.example/visit"
    assert (carers["Start"], carers["End"], carers["Note"]) == ("216", "334", "")
    assert budget["Quote"].split("\n")[0] == "Risk: Budget"
    assert (budget["Date"], budget["What was decided"]) == ("2021-03-04", "recommended only")
    assert gone == dict.fromkeys(gone, "") | {
        "Passage id": "gone/1",
        "Searched for": "carers",
        "Corpus version": index.generation,
        "Pack made": "2026-03-09",
        "Note": "No longer in the documents, so left out of this pack",
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x"], ids=str)
def test_a_cell_is_no_formula(text: str) -> None:
    first = rows(holding(text))[0]
    for name in ("Introduced by", "Quote", "Reference", "Citation", "Searched for", "Passage id"):
        assert first[name] == f"'{text}"


@given(st.text(min_size=1, max_size=30))
def test_no_cell_of_any_text_is_a_formula(text: str) -> None:
    written = table(holding(text))
    written.encode("utf-8")
    for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")]


def opened(made: Pack) -> docx.document.Document:
    return docx.Document(io.BytesIO(word(made)))


def test_a_word_document_has_structure(index: LocalIndex) -> None:
    ids = [called(index, "visit-minutes", "twelve foster carers"), called(index, "cabinet-report", "five days")]
    made = pack([*ids, "gone/1"], index, made=MADE, searched="carers", title="Evidence pack: carers")
    written = opened(made)
    found = [(paragraph.style.name, paragraph.text) for paragraph in written.paragraphs if paragraph.style]
    assert [text for name, text in found if name == "Title"] == ["Evidence pack: carers"]
    assert [(name, text) for name, text in found if name.startswith("Heading")] == [
        ("Heading 1", "Passages"),
        ("Heading 2", "1. Minutes, “Foster carers”"),
        ("Heading 2", "2. para 1.2"),
        ("Heading 1", "Citations"),
        ("Heading 1", "No longer in the documents, so left out of this pack"),
    ]
    assert [text for name, text in found if name == "Quote"] == [
        CARERS,
        "Decision: The Committee noted the report.",
        "1.2 The inspectors visited for five days.",
        "3.1 The Cabinet is asked to note the report.",
    ]
    assert [text for name, text in found if name == "List Number"] == [
        "Westmarch Council, Scrutiny Committee, date not stated, Ofsted focused visit, Minutes, “Foster carers”",
        "Westmarch Council, Cabinet, 4 March 2021, Ofsted inspection of Westmarch, para 1.2",
    ]
    assert ("List Bullet", "gone/1") in found
    assert ("Normal", f"Searched in: corpus version {index.generation}, 2 documents") in found
    links = [link.address for paragraph in written.paragraphs for link in paragraph.hyperlinks]
    assert links == [
        "/passages/visit-minutes/09166d03d7b5",
        "https://council.example/visit",
        "/passages/cabinet-report/4f0d8621fabf",
    ]


def test_a_word_document_says_what_it_is_and_nothing_of_who_made_it(index: LocalIndex) -> None:
    made = pack([called(index, "cabinet-report", "five days")], index, made=MADE, searched="visits", title="Visits")
    properties = opened(made).core_properties
    assert (properties.title, properties.subject, properties.language) == ("Visits", "visits", "en-GB")
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date() == MADE
    with zipfile.ZipFile(io.BytesIO(word(made))) as files:
        text = "".join(
            files.read(name).decode("utf-8") for name in files.namelist() if name.endswith((".xml", ".rels"))
        )
        assert {entry.date_time for entry in files.infolist()} == {(2026, 3, 9, 0, 0, 0)}
        assert not [name for name in files.namelist() if name.endswith((".jpeg", ".png"))]
    assert 'w:lang w:val="en-GB"' in text
    assert 'w:val="en-US"' not in text
    assert str(Path.home()) not in text
    assert "python-docx" not in text
    assert "Macintosh" not in text


def test_the_same_pack_is_the_same_bytes(index: LocalIndex) -> None:
    made = pack([called(index, "cabinet-report", "five days"), "gone/1"], index, made=MADE, searched="visits")
    assert word(made) == word(replace(made))
    assert word(made) != word(replace(made, made=date(2026, 3, 10)))


@pytest.mark.parametrize("mark", ["\x00", "\x08", "\ud800", "\udfff", "\ufffe", "\uffff"], ids=ascii)
def test_what_no_file_can_hold_is_replaced(mark: str) -> None:
    made = holding(f"before{mark}after")
    assert "before\ufffdafter" in [paragraph.text for paragraph in opened(made).paragraphs]
    assert "> before\ufffdafter" in markdown(made).split("\n")
    assert rows(made)[0]["Quote"] == "before\ufffdafter"
    table(made).encode("utf-8")
    markdown(made).encode("utf-8")


@given(st.text(max_size=40))
def test_a_word_document_of_any_text_opens(text: str) -> None:
    shown = "".join(paragraph.text for paragraph in opened(holding(f"a{text}", council=f"b{text}")).paragraphs)
    assert "Citation 1: a" in shown


def test_nothing_known_is_said_to_be_so() -> None:
    bare = replace(holding("Words."), pieces=(replace(holding("Words.").pieces[0], source=source("a")),))
    line = "Council: not stated; Body: not stated; Date: not stated; Title: not stated; Kind: not stated"
    assert isinstance(bare.pieces[0].source, Source)
    assert line in markdown(bare)
    assert line in [paragraph.text for paragraph in opened(bare).paragraphs]
