"""Who may see what: the levels that catalogues give, and an intake as the people of one level see it."""

from pathlib import Path

import pytest

from corpus.access import Access
from corpus.catalogue import CatalogueError
from corpus.collection import Collection, Intake
from corpus.receipts import Fate

PUBLIC, MEMBERS, OFFICERS = Access


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files by name, each with its text; the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def text(about: str) -> str:
    return f"Fostering update\n\nIt went well for {about}."


def seen(intake: Intake) -> dict[str, Access]:
    return {document.id: document.source.access for document in intake.documents}


@pytest.mark.parametrize(
    ("word", "access"), [("public", PUBLIC), ("members", MEMBERS), ("officers", OFFICERS)], ids=str
)
def test_a_level_goes_by_a_word(word: str, access: Access) -> None:
    assert Access.of(word) is access
    assert access.word == word


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.txt": text("a")}, {"a": PUBLIC}),
        (
            {"a.txt": text("a"), "b.txt": text("b"), "catalogue.toml": '[[source]]\nfile="b.txt"\naccess="members"'},
            {"a": PUBLIC, "b": MEMBERS},
        ),
        (
            {
                "a.txt": text("a"),
                "b.txt": text("b"),
                "catalogue.toml": 'access="officers"\n[[source]]\nfile="b.txt"\naccess="public"',
            },
            {"a": OFFICERS, "b": PUBLIC},
        ),
        (
            {"a.txt": text("a"), "b.txt": text("b"), "catalogue.toml": 'access="members"\n[[source]]\nfile="b.txt"'},
            {"a": MEMBERS, "b": MEMBERS},
        ),
        (
            {"a.txt": text("a"), "private/b.txt": text("b"), "private/catalogue.toml": 'access="officers"'},
            {"a": PUBLIC, "private-b": OFFICERS},
        ),
        (
            {
                "catalogue.toml": '[[source]]\nfile="private/b.txt"\naccess="public"',
                "private/b.txt": text("b"),
                "private/catalogue.toml": 'access="officers"',
            },
            {"private-b": OFFICERS},
        ),
        (
            {
                "catalogue.toml": 'access="officers"',
                "public/b.txt": text("b"),
                "public/catalogue.toml": '[[source]]\nfile="b.txt"\naccess="public"',
            },
            {"public-b": OFFICERS},
        ),
        ({"b.txt": text("a"), "a/b.txt": text("a"), "a/catalogue.toml": 'access="members"'}, {"a-b": MEMBERS}),
        (
            {
                "b.txt": text("a"),
                "z.txt": text("a") + "\n",
                "catalogue.toml": '[[source]]\nfile="z.txt"\naccess="members"',
            },
            {"z": MEMBERS},
        ),
    ],
    ids=[
        *("public", "one of two", "all but one", "an entry that does not say", "a folder's own catalogue"),
        *("the outer says more people", "the inner says more people", "the same file", "the same words"),
    ],
)
def test_the_fewest_people_that_any_catalogue_names_may_see_a_file(
    files: dict[str, str], expected: dict[str, Access], tmp_path: Path
) -> None:
    assert seen(Collection.open([write(tmp_path, files)]).read()) == expected


def test_a_folder_named_twice_is_as_private_as_its_own_catalogue_says(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": text("a"), "in/b.txt": text("b"), "in/catalogue.toml": 'access="officers"'})
    for folders in ([tmp_path, tmp_path / "in"], [tmp_path / "in", tmp_path]):
        assert sorted(seen(Collection.open(folders).read()).values()) == [PUBLIC, OFFICERS]


@pytest.mark.parametrize(
    ("catalogue", "problem"),
    [
        ('access = "everyone"', "access: 'everyone' is not one of public, members, officers"),
        ("access = 1", "access: 1 is not one of public, members, officers"),
        ('[[source]]\nfile = "a.txt"\naccess = "Members"', "source 1 (a.txt).access: 'Members' is not one of"),
    ],
    ids=["another word", "a number", "of a document"],
)
@pytest.mark.parametrize("place", ["", "in/"], ids=["the folder named", "a folder in it"])
def test_a_level_that_is_none_stops_the_build(catalogue: str, problem: str, place: str, tmp_path: Path) -> None:
    write(tmp_path, {f"{place}a.txt": text("a"), f"{place}catalogue.toml": catalogue})
    with pytest.raises(CatalogueError) as raised:
        Collection.open([tmp_path])
    assert problem in str(raised.value)


def test_ids_do_not_tell_of_what_is_not_for_everyone(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": "<p>Private", "a.txt": text("a")})
    write(tmp_path, {"catalogue.toml": '[[source]]\nfile="a.html"\naccess="members"'})
    assert seen(Collection.open([tmp_path]).read()) == {"a-2": MEMBERS, "a": PUBLIC}


EXEMPT = "NOT FOR PUBLICATION by virtue of paragraph 1 of Schedule 12A\n\nThe placement costs more."


@pytest.mark.parametrize(
    ("access", "fate"), [("public", Fate.SET_ASIDE), ("members", Fate.READ), ("officers", Fate.READ)], ids=str
)
@pytest.mark.parametrize("name", ["exempt-appendix.txt", "appendix.txt"], ids=str)
def test_an_exempt_paper_may_be_read_by_those_whom_a_catalogue_names(
    name: str, access: str, fate: Fate, tmp_path: Path
) -> None:
    write(tmp_path, {name: EXEMPT, "catalogue.toml": f'access="{access}"'})
    (receipt,) = Collection.open([tmp_path]).read().receipts
    assert (receipt.fate, receipt.access.word) == (fate, access)


RESTRICTED = {
    "b.txt": text("the members"),
    "c/a.txt": text("the officers"),
    "c/catalogue.toml": 'access="officers"',
    "c/figures.xlsx": "",
    "c/broken.pdf": "none",
    "c/copy.txt": text("the officers"),
    "c/exempt.txt": EXEMPT,
}
EVERYONES = {"a.txt": text("everyone"), "notes.xlsx": "", "broken.pdf": "nothing", "same.txt": text("everyone")}


def test_a_level_sees_an_intake_as_if_there_were_nothing_else(tmp_path: Path) -> None:
    alone = Collection.open([write(tmp_path / "alone", EVERYONES)]).read()
    entry = '[[source]]\nfile="b.txt"\naccess="members"'
    both = Collection.open([write(tmp_path / "both", EVERYONES | RESTRICTED | {"catalogue.toml": entry})]).read()
    assert both.levels == (PUBLIC, MEMBERS, OFFICERS)
    assert alone.levels == (PUBLIC,)
    public = both.seen_by(PUBLIC)
    assert list(public.documents) == list(alone.documents)
    assert public.receipts == alone.receipts
    assert public.others == alone.others == {".xlsx": 1}
    assert seen(both.seen_by(MEMBERS)) == {"a": PUBLIC, "b": MEMBERS}
    assert list(both.seen_by(OFFICERS).documents) == list(both.documents)
    assert seen(both) == {"a": PUBLIC, "b": MEMBERS, "c-a": OFFICERS, "c-exempt": OFFICERS}
