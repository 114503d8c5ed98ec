"""The catalogue: every fact with how it is known, and every mistake reported at once."""

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, CatalogueError, Entry, load, source
from corpus.collection import Collection
from corpus.model import Document, Fact, Known, Span

TEXT = "CABINET\n\nWestmarch Council’s report\u00a0of 3 SEPTEMBER 2019.\n"


def folder(tmp_path: Path, catalogue: str, **texts: str) -> Path:
    """A folder with a catalogue and, unless ``texts`` says otherwise, ``a.txt``."""
    for name, text in (texts or {"a": TEXT}).items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    return tmp_path


def opened(tmp_path: Path, catalogue: str) -> Document:
    """The one document ``a.txt`` of a folder with this catalogue entry."""
    entry = f'[[source]]\nfile = "a.txt"\n{catalogue}'
    (document,) = Collection.open([folder(tmp_path, entry)]).read().documents
    return document


@pytest.mark.parametrize(
    ("line", "fact", "expected"),
    [
        (
            'council = { value = "Westmarch Council", stated = "Westmarch Council" }',
            "council",
            Fact("Westmarch Council", Known.STATED, Span(9, 26)),
        ),
        (
            'body = { value = "The report", stated = "Council\'s report of" }',
            "body",
            Fact("The report", Known.STATED, Span(19, 38)),
        ),
        (
            'date = { value = 2019-09-03, stated = "3 SEPTEMBER 2019" }',
            "date",
            Fact("2019-09-03", Known.STATED, Span(39, 55)),
        ),
        ('body = { value = "Cabinet", supplied = true }', "body", Fact("Cabinet", Known.SUPPLIED)),
        ('body = { value = "Cabinet", supplied = true, stated = false }', "body", Fact("Cabinet", Known.SUPPLIED)),
        ("date = { not_stated = true }", "date", Fact()),
        ("", "url", Fact()),
        ("", "title", Fact("CABINET", Known.STATED, Span(0, 7))),
        ('title = { value = "A report", supplied = true }', "title", Fact("A report", Known.SUPPLIED)),
    ],
    ids=[
        "stated",
        "stated with plain apostrophe and spaces",
        "a date",
        "supplied",
        "supplied and expressly not stated in the text",
        "not stated",
        "left out",
        "the text's own title",
        "a supplied title",
    ],
)
def test_a_fact(line: str, fact: str, expected: Fact, tmp_path: Path) -> None:
    document = opened(tmp_path, line)
    assert getattr(document.source, fact) == expected


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('council = "Westmarch"', '.council: write { value = "…", stated = "words of the document" }'),
        ('council = { value = "W" }', ".council: say exactly one of stated, supplied or not_stated"),
        ('council = { value = "W", stated = "W", supplied = true }', ".council: say exactly one of"),
        ('council = { value = "W", suplied = true }', "or not_stated, not suplied"),
        ('council = { value = "W", supplied = "yes" }', ".council.supplied: write true, without quotation marks"),
        ('council = { value = "W", not_stated = true }', ".council: has a value, so it cannot be not_stated"),
        ('council = { value = "W", stated = true }', ".council.stated: give the document's own words"),
        ('council = { value = "W", stated = " " }', ".council.stated: give the document's own words"),
        ('council = { value = "W", stated = "Eastmarch" }', ".council: the document does not say 'Eastmarch'"),
        ("council = { supplied = true }", ".council.value: missing; give the council in quotation marks"),
        ('council = { value = " ", supplied = true }', ".council.value: missing"),
        ("council = { value = 7, supplied = true }", ".council.value: missing"),
        ('date = { value = "2019-09-03", supplied = true }', ".date.value: write the day as 2019-09-03, without"),
        ("date = { value = 2019-09-03T10:00:00, supplied = true }", ".date.value: write the day as 2019-09-03"),
        (
            'kind = { value = "letter", supplied = true }',
            "'letter' is not one of minutes, report, inspection report, document",
        ),
        ('url = { value = "javascript:alert(1)", supplied = true }', "is not a web address that starts with https://"),
        ('url = { value = "https://", supplied = true }', "is not a web address"),
        ('author = { value = "P", supplied = true }', ".author: unknown; the facts are title, council, body, date"),
    ],
)
def test_a_mistake_in_a_fact(line: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as raised:
        opened(tmp_path, line)
    (only,) = raised.value.problems
    assert only.startswith(f"{tmp_path / 'catalogue.toml'}: source 1 (a.txt).")
    assert problem in only


@pytest.mark.parametrize(
    ("catalogue", "problem"),
    [
        ('[[source]]\nfile = "b.txt"', "source 1 (b.txt).file: there is no such file in "),
        ('[[source]]\nfile = "../a.txt"', "source 1 (../a.txt).file: there is no such file in "),
        ('[[source]]\nfile = "/etc/hostname"', "source 1 (/etc/hostname).file: there is no such file in "),
        ('[[source]]\nfile = "a\\u0000.txt"', ".file: there is no such file in "),
        ('[[source]]\nfile = "folder.txt"', "source 1 (folder.txt).file: there is no such file in "),
        (
            '[[source]]\nfile = "notes.odt"',
            "source 1 (notes.odt).file: not a kind of file that is read (.aspx, .docm, .docx, .htm, .html, .md, .pdf, "
            ".txt files)",
        ),
        ("[[source]]\nfile = 7", "source 1.file: missing; name the document's file"),
        ("[[source]]", "source 1.file: missing; name the document's file"),
        ('[source]\nfile = "a.txt"', "source: write [[source]], with double brackets, for each document"),
        ("source = [7]", "source 1: write [[source]], with double brackets"),
        ('[[source]]\nfile = "a.txt"\n[[source]]\nfile = "./a.txt"', "file: 'a.txt' is listed more than once"),
        ("[[sauce]]", "sauce: unknown; only access and [[source]] tables belong here"),
        ('[[source]]\nfile = "a.txt"\ndate =\nkind = 1', "not a TOML file: Invalid value (at line 3, column 7)"),
        ('[[source]]\nfile = "a.txt"\nfile = "b.txt"\n', "not a TOML file: Cannot overwrite a value (at line 3,"),
    ],
)
def test_a_mistake_in_an_entry(catalogue: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "notes.odt").write_text("Notes")
    with pytest.raises(CatalogueError) as raised:
        Collection.open([folder(tmp_path, catalogue)]).read()
    (only,) = raised.value.problems
    assert only.startswith(f"{tmp_path / 'catalogue.toml'}: ")
    assert problem in only


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    folder(
        first,
        '[[source]]\nfile = "a.txt"\nkind = { value = "letter", supplied = true }\n'
        'author = 1\n[[source]]\nfile = "b.txt"\n',
    )
    folder(second, "not toml")
    with pytest.raises(CatalogueError) as raised:
        Collection.open([first, second])
    one, other = first / "catalogue.toml", second / "catalogue.toml"
    assert raised.value.problems == (
        f"{one}: source 1 (a.txt).author: unknown; the facts are title, council, body, date, kind, url",
        f"{one}: source 1 (a.txt).kind.value: 'letter' is not one of minutes, report, inspection report, document",
        f"{one}: source 2 (b.txt).file: there is no such file in {first}",
        f"{other}: not a TOML file: Expected '=' after a key in a key/value pair (at line 1, column 5)",
    )


def test_every_statement_that_is_none_is_reported_at_once(tmp_path: Path) -> None:
    entry = '[[source]]\nfile = "{}.txt"\nbody = {{ value = "B", stated = "Board" }}\n'
    folder(tmp_path, entry.format("a") + entry.format("b"), a="Pay", b="Posts")
    with pytest.raises(CatalogueError) as raised:
        Collection.open([tmp_path]).read()
    where = tmp_path / "catalogue.toml"
    assert raised.value.problems == (
        f"{where}: source 1 (a.txt).body: the document does not say 'Board'",
        f"{where}: source 2 (b.txt).body: the document does not say 'Board'",
    )
    assert str(raised.value).startswith("The catalogue has 2 mistakes to put right:\n  - ")


def test_a_file_that_is_not_utf_8_or_is_a_broken_link_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_bytes(b"\xff")
    assert "not a TOML file" in load(tmp_path).problems[0]
    (tmp_path / "catalogue.toml").unlink()
    (tmp_path / "catalogue.toml").symlink_to(tmp_path / "nowhere")
    assert "cannot be opened" in load(tmp_path).problems[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder(tmp_path, '\ufeff[[source]]\nfile = "a.txt"')
    assert load(tmp_path) == Catalogue({"a.txt": Entry(f"{tmp_path / 'catalogue.toml'}: source 1 (a.txt)")})


def test_without_a_catalogue_nothing_is_wrong(tmp_path: Path) -> None:
    assert load(tmp_path) == Catalogue()


def test_without_an_entry_only_the_title_is_known() -> None:
    title = Fact("CABINET", Known.STATED, Span(0, 7))
    known, problems = source("a", "a.txt", TEXT, title, None)
    assert problems == []
    assert (known.title, known.council, known.body, known.date, known.kind, known.url) == (title, *[Fact()] * 5)
