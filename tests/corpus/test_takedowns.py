"""The take-down list: what it may say, what is wrong with one, and what a build does with it."""

import sqlite3
import zlib
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder

import build_index
from corpus.blackout import BLOCK, Plain, black, has_words_left, of_kind
from corpus.collection import Collection
from corpus.kept import keeping
from corpus.model import Document, Span
from corpus.receipts import Fate
from corpus.takedowns.takedowns import TakedownError
from index.files import generations
from index.local import LocalIndex
from index.models.apart import EncoderApart

ABOUT = 'reason = "asked for"\ndate = 2026-11-22\nby = "Data protection officer"\n'
SAID = "Officers confirmed that twelve foster carers were recruited."
CONTACT = """Contact officers

Report of the Director

Jane Smith answers questions on 020 7946 0018 or at jane.smith@westmarch.gov.uk about caseloads.

The fostering service was praised by inspectors.
"""


def listed(folder: Path, *entries: str, mode: int = 0o600) -> Path:
    """A take-down list of some entries in a folder."""
    path = folder / "takedowns.toml"
    path.write_text("\n".join(f"[[takedown]]\n{entry}\n{ABOUT}" for entry in entries), encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_council.write(tmp_path / "documents", contact=CONTACT)


def read(folder: Path) -> dict[str, Document]:
    return {document.id: document for document in Collection.open([folder]).read().documents}


def wrong(folder: Path) -> tuple[str, ...]:
    with pytest.raises(TakedownError) as raised:
        Collection.open([folder]).read()
    return raised.value.problems


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("Jane Smith", "JANE  Smith and Jane\nSmith’s", ["JANE  Smith", "Jane\nSmith"]),
        ("Ann Lee", "Annual leave, Joann Lee, Ann Leeds", []),
        ("jane smith", "Jan\u00e9 Smi\u00adth, Jane\u0301 Smith", ["Jan\u00e9 Smi\u00adth", "Jane\u0301 Smith"]),
        ("fi nance", "\ufb01 nance", ["\ufb01 nance"]),
        ("O'Brien", "Mrs O\u2019Brien", ["O\u2019Brien"]),
        ("020 7946 0018", "02079460018, (020) 7946-0018, 020 7946 00185", ["02079460018", "020) 7946-0018"]),
        ("12 34", "1234 12 34", ["12 34"]),
        ("C++ (new)", "the C++ (new) rules", ["C++ (new)"]),
    ],
    ids=["case and space", "whole words", "accents", "ligature", "apostrophe", "long number", "number", "no pattern"],
)
def test_words_are_found_however_they_are_written(words: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in Plain(text).find(words)] == found


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("phone", "Ring 020 7946 0018.", ["020 7946 0018"]),
        ("phone", "07700900123; (01632) 960001 ext. 12", ["07700900123", "(01632) 960001 ext. 12"]),
        ("phone", "+44 (0)20 7946 0958 or 0044 1632 960001", ["+44 (0)20 7946 0958", "0044 1632 960001"]),
        ("phone", "0300\n123 1234", ["0300\n123 1234"]),
        ("phone", "01.12.2019 14:00, £01632960001, 10,000, 2019 2020, 0.1234, B01632960001", []),
        ("e-mail", "a.b+c@x.gov.uk. Not @home or a@b", ["a.b+c@x.gov.uk"]),
        ("e-mail", "mailto:o'brien@example.org, <x@y.co>", ["o'brien@example.org", "x@y.co"]),
    ],
)
def test_personal_details_are_found_by_their_kind(kind: str, text: str, found: list[str]) -> None:
    assert [span.of(text) for span in of_kind(kind, text)] == found


def test_what_is_blacked_out_keeps_its_length_and_its_white_space() -> None:
    text = "Ring 020\t79\n46, or not"
    assert black(text, [Span(8, 14), Span(5, 10)]) == f"Ring {BLOCK * 3}\t{BLOCK * 2}\n{BLOCK * 2}, or not"
    assert not has_words_left(f"- {BLOCK * 3} {BLOCK}.")
    assert has_words_left("") and has_words_left("...") and has_words_left(f"{BLOCK} a")


@pytest.mark.parametrize(
    "entry",
    [
        'words = "Jane Smith"',
        'document = "contact"\nwords = "Jane Smith"',
        'document = "contact.txt"\nwords = "jane smith"',
    ],
    ids=["everywhere", "by id", "by file"],
)
def test_words_are_taken_out_and_nothing_moves(folder: Path, entry: str) -> None:
    before = read(folder)
    listed(folder, entry)
    after = read(folder)
    assert after["contact"].text == CONTACT.replace("Jane Smith", f"{BLOCK * 4} {BLOCK * 5}")
    assert [p.span for p in after["contact"].passages] == [p.span for p in before["contact"].passages]
    assert {id: after[id] for id in after if id != "contact"} == {id: before[id] for id in before if id != "contact"}


def test_kinds_of_details_are_taken_out_everywhere(folder: Path) -> None:
    listed(folder, 'pattern = "phone"', 'pattern = "e-mail"')
    text = read(folder)["contact"].text
    assert f"Jane Smith answers questions on {BLOCK * 3} {BLOCK * 4} {BLOCK * 4} or at {BLOCK * 27} about" in text


def test_a_passage_is_taken_down_by_its_permalink_and_found_no_more(folder: Path) -> None:
    before = read(folder)["visit-minutes"]
    (said,) = (passage for passage in before.passages if SAID in passage.text)
    listed(folder, f'passage = "https://answers.example.gov.uk/passages/{said.id}"')
    after = read(folder)["visit-minutes"]
    assert [passage.span for passage in after.passages] == [passage.span for passage in before.passages]
    now = after.passages[said.ordinal]
    assert now.text == before.text[said.start : said.body] + black(said.text[said.body - said.start :], [Span(0, 999)])
    assert not now.searched
    assert [p.id for p in after.passages if p.ordinal != said.ordinal] == [
        p.id for p in before.passages if p.ordinal != said.ordinal
    ]


def test_a_passage_is_known_by_the_permalinks_that_it_had_as_the_list_grew(folder: Path) -> None:
    words = ['document = "contact"\nwords = "Jane Smith"', 'document = "contact"\npattern = "phone"']
    for known in ([], words[:1], words):
        listed(folder, *known)
        (contact,) = (p for p in read(folder)["contact"].passages if "caseloads" in p.text)
        listed(folder, *words, f'passage = "{contact.id}"')
        assert "caseloads" not in read(folder)["contact"].text


def test_a_document_is_taken_down_with_its_copies(folder: Path) -> None:
    (folder / "copy.txt").write_text(CONTACT, encoding="utf-8")
    (folder / "again.txt").write_text(f"\n{CONTACT}\n", encoding="utf-8")
    listed(folder, 'document = "again"')  # the first of the three
    assert sorted(read(folder)) == ["cabinet-report", "visit-minutes"]
    receipts = Collection.open([folder]).read().receipts
    assert [one.id for one in receipts if one.fate is Fate.TAKEN_DOWN] == ["again", "contact", "copy"]


def test_a_copy_does_not_come_back_with_the_words(folder: Path) -> None:
    (folder / "later.txt").write_text(f"\n{CONTACT}", encoding="utf-8")
    assert "later" not in read(folder)
    passage = next(p.id for p in read(folder)["contact"].passages if "praised" in p.text)
    listed(folder, 'document = "contact"\nwords = "Jane Smith"', f'passage = "{passage}"')
    assert "later" not in read(folder)


def test_a_private_paper_stays_private_when_the_words_that_say_so_are_taken_out(folder: Path) -> None:
    (folder / "pay.txt").write_text("NOT FOR PUBLICATION\n\nPay of the director\n", encoding="utf-8")
    listed(folder, 'words = "not for publication"')
    (receipt,) = (one for one in Collection.open([folder]).read().receipts if one.id == "pay")
    assert (receipt.fate, receipt.reason) == (Fate.SET_ASIDE, f"says at its top “{BLOCK * 3} {BLOCK * 3} {BLOCK * 11}”")


def test_the_catalogue_loses_the_words_too(folder: Path) -> None:
    listed(folder, 'words = "Westmarch Council"')
    found = read(folder)["visit-minutes"].source.council
    assert found.value == f"{BLOCK * 9} {BLOCK * 7}"
    assert found.span is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("takedown = [", "not a TOML file"),
        ("[takedown]\n", "write [[takedown]], with double brackets"),
        ("[[takedowns]]\n", "takedowns: unknown; only [[takedown]]"),
        (f"[[takedown]]\n{ABOUT}", "takedown 1: says nothing to take down"),
        (f'[[takedown]]\ndocument = "contact"\nword = "a"\n{ABOUT}', "takedown 1.word: unknown"),
        (f'[[takedown]]\nwords = 7\n{ABOUT}', "takedown 1.words: write text in quotation marks"),
        (f'[[takedown]]\nwords = "a."\n{ABOUT}', "takedown 1.words: has fewer than 3"),
        (f'[[takedown]]\npattern = "name"\n{ABOUT}', "takedown 1.pattern: write one of phone, e-mail"),
        (f'[[takedown]]\npassage = "abc"\n{ABOUT}', "takedown 1.passage: write the passage's permalink"),
        (f'[[takedown]]\nwords = "abc"\npattern = "phone"\n{ABOUT}', "words and pattern cannot stand in one entry"),
        ('[[takedown]]\nwords = "caseloads"\ndate = 2026-11-22\nby = "x"', "takedown 1.reason: missing"),
        ('[[takedown]]\nwords = "caseloads"\nreason = "x"\nby = "x"\ndate = "today"', "takedown 1.date: write the day"),
        (f'[[takedown]]\ndocument = "gone"\n{ABOUT}', "takedown 1: there is no document 'gone'"),
        (f'[[takedown]]\nwords = "Jane Smythe"\n{ABOUT}', "takedown 1: what it takes down is not found"),
        (f'[[takedown]]\ndocument = "contact"\npattern = "phone"\n[[takedown]]\ndocument="visit-minutes"\n'
         f'pattern="phone"\n{ABOUT}'.replace("[[takedown]]\ndocument=", f"{ABOUT}[[takedown]]\ndocument="),
         "takedown 2: what it takes down is not found"),
        (f'[[takedown]]\nwords = "Cabinet report"\n{ABOUT}', "stand in the name of the file cabinet-report.txt"),
    ],
)  # fmt: skip
def test_mistakes_in_the_list(folder: Path, content: str, said: str) -> None:
    path = folder / "takedowns.toml"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    problems = wrong(folder)
    assert [problem for problem in problems if said in problem and str(path) in problem]


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    listed(folder, 'words = "a"', 'pattern = "name"', 'document = "gone"', mode=0o644)
    said = wrong(folder)
    assert len(said) == 4
    assert "chmod 600" in said[0]


def test_an_entry_that_names_a_repeated_file_says_which_is_published(folder: Path) -> None:
    (folder / "copy.txt").write_text(CONTACT, encoding="utf-8")
    listed(folder, 'document = "copy"\nwords = "Jane Smith"')
    (problem,) = wrong(folder)
    assert "its document says the same as 'contact.txt', so name that one" in problem


def test_a_list_that_lies_deeper_is_followed_too(folder: Path) -> None:
    (folder / "below").mkdir()
    listed(folder / "below", 'document = "contact"')
    assert "contact" not in read(folder)
    assert Collection.open([folder]).read().others == {}


def test_what_is_lifted_is_read_again_and_what_is_added_is_forgotten(folder: Path, tmp_path: Path) -> None:
    def kept() -> list[bytes]:
        with sqlite3.connect(tmp_path / "kept") as connection:
            return [zlib.decompress(row) for (row,) in connection.execute("SELECT reading FROM readings")]

    def texts() -> dict[str, str]:
        with keeping(tmp_path / "kept") as known:
            return {one.id: one.text for one in Collection.open([folder]).read(known).documents}

    first = texts()
    assert len(kept()) == 3
    listed(folder, 'words = "twelve foster carers"', 'pattern = "phone"')
    assert "twelve foster carers" not in texts()["visit-minutes"]
    assert [one for one in kept() if b"twelve foster carers" in one or b"020 7946" in one] == []
    assert len(kept()) == 2
    assert texts()["contact"].count(BLOCK) == 11
    (folder / "takedowns.toml").unlink()
    assert texts() == first


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> "Command":
    monkeypatch.setattr(EncoderApart, "find", lambda name=None: FakeEncoder(name or "fake"))
    return Command(folder, tmp_path / "index")


class Command:
    """The command that builds the index of a folder."""

    def __init__(self, folder: Path, index: Path) -> None:
        self.folder, self.index = folder, index

    def __call__(self, *more: str) -> int:
        return build_index.main(["--documents", str(self.folder), "--index", str(self.index), *more])

    def holding(self, *words: str) -> list[str]:
        """The files of the index that hold any of some words, in any way that a file may hold them."""
        found = []
        for path in self.index.rglob("*"):
            if path.is_file():
                content = [path.read_bytes()]
                if path.name == "readings.sqlite":
                    with sqlite3.connect(path) as connection:
                        rows = connection.execute("SELECT reading FROM readings").fetchall()
                    content += [zlib.decompress(row) for (row,) in rows]
                encoded = [word.encode(how) for word in words for how in ("utf-8", "utf-16-le", "utf-16-be")]
                if any(one.lower() in each.lower() for one in encoded for each in content):
                    found.append(path.relative_to(self.index).as_posix())
        return found


GONE = ("7946", "jane.smith", "Jane Smith", "twelve foster", "twelv")


def test_the_words_are_gone_from_the_disk(command: Command) -> None:
    assert command() == 0
    assert command("--full") == 0  # so that there is a generation before
    assert len([path for path in command.index.iterdir() if path.is_dir()]) == 2
    assert command.holding(*GONE)
    said = next(p.id for p in read(command.folder)["visit-minutes"].passages if SAID in p.text)
    words = ('words = "020 7946 0018"', 'words = "Jane Smith"')
    listed(command.folder, 'pattern = "e-mail"', *words, f'passage = "{said}"')
    assert command() == 0
    assert command.holding(*GONE) == []
    assert [path.name for path in command.index.iterdir() if path.is_dir()] == [generations.current(command.index)]
    assert command("--full") == 0
    assert command.holding(*GONE) == []
    assert len([path for path in command.index.iterdir() if path.is_dir()]) == 2  # neither holds what was taken down


def test_a_generation_that_a_stopped_build_left_is_removed_by_the_next(command: Command, tmp_path: Path) -> None:
    command()
    before = command.index / str(generations.current(command.index))
    (tmp_path / "aside").mkdir()
    before.rename(tmp_path / "aside" / before.name)
    listed(command.folder, 'document = "contact"')
    command()
    (tmp_path / "aside" / before.name).rename(before)
    assert command() == 0
    assert not before.exists()


def test_nothing_is_published_while_the_list_has_a_mistake(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    command()
    first = generations.current(command.index)
    (command.folder / "contact.txt").write_text("Another text.\n", encoding="utf-8")
    listed(command.folder, 'words = "Jane Smith"')
    assert command() == 2
    said = capsys.readouterr().err
    assert "The take-down list has 1 mistake to put right. Nothing was built" in said
    assert "takedown 1: what it takes down is not found" in said
    assert generations.current(command.index) == first


def test_a_list_that_is_lost_is_missed(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    path = listed(command.folder, 'words = "Jane Smith"')
    assert command() == 0
    first = generations.current(command.index)
    path.unlink()
    assert command() == 2
    assert command("--full") == 2
    assert "was built with 1 takedowns.toml among the documents, and now there are 0" in capsys.readouterr().err
    assert generations.current(command.index) == first
    listed(command.folder)
    assert command() == 0
    assert command.holding("Jane Smith")


def test_what_is_taken_down_is_told_of(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    listed(command.folder, 'document = "contact"')
    assert command() == 0
    assert "Taken down, 1:\n  contact.txt: has been taken down" in capsys.readouterr().err


def test_the_last_document_can_be_taken_down(command: Command) -> None:
    command()
    listed(command.folder, *(f'document = "{id}"' for id in ("contact", "visit-minutes", "cabinet-report")))
    assert command() == 0
    assert LocalIndex.open(command.index, FakeEncoder()).sources == ()
    assert command.holding(*GONE) == []
