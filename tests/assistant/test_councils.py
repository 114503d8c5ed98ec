"""The councils that a text names: whole words, the longest name, and no word that only looks like one."""

import pytest

from assistant.questions.councils import all_forms, named, same, short_name

HELD = ("Medway Council", "Gloucestershire County Council", "Westmarch Council")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did Medway decide", ["Medway"]),
        ("what did MEDWAY COUNCIL decide", ["Medway"]),
        ("medway's caseloads", ["Medway"]),
        ("medway’s caseloads", ["Medway"]),
        ("medways caseloads", ["Medway"]),
        ("glos and leics", ["Gloucestershire", "Leicestershire"]),
        ("south gloucestershire caseloads", ["South Gloucestershire"]),
        ("Norfolk or Stoke-on-Trent", ["Norfolk", "Stoke-on-Trent"]),
        ("isle of wight", ["Isle of Wight"]),
        ("B&NES and banes", ["Bath and North East Somerset", "Bath and North East Somerset"]),
        ("Westmarch's visit", ["Westmarch"]),
        ("staff are leaving", []),
        ("reading ability of children", []),
        ("Reading ability of children", []),
        ("what did Reading say", ["Reading"]),
        ("did they bury it", []),
        ("children in Bury", ["Bury"]),
        ("gloucestershires", ["Gloucestershire"]),
        ("kentish towns", []),
        ("the council", []),
        ("", []),
    ],
    ids=[
        "short name",
        "capitals",
        "possessive",
        "curly possessive",
        "possessive without its apostrophe",
        "aliases",
        "the longest name wins",
        "councils that the corpus has nothing of",
        "several words",
        "an ampersand",
        "a council of the corpus outside the list",
        "staff is not Staffs",
        "reading the verb",
        "reading the verb, first in a sentence",
        "Reading the town",
        "bury the verb",
        "Bury the town",
        "long possessive",
        "part of a word",
        "no name",
        "nothing",
    ],
)
def test_councils_named(question: str, names: list[str]) -> None:
    assert [name.name for name in named(question, HELD)] == names


def test_a_name_keeps_the_terms_that_named_it() -> None:
    (name,) = named("what did Glos County Council say", HELD)
    assert name.terms == ("glos",)


@pytest.mark.parametrize(
    ("council", "short"),
    [
        ("Medway Council", "Medway"),
        ("Gloucestershire County Council", "Gloucestershire"),
        ("London Borough of Brent", "Brent"),
        ("Royal Borough of Windsor and Maidenhead", "Windsor and Maidenhead"),
        ("The Council", "The Council"),
    ],
    ids=["plain", "county", "london borough", "royal borough", "nothing else"],
)
def test_short_name(council: str, short: str) -> None:
    assert short_name(council) == short


def test_names_are_the_same_whatever_the_council_calls_itself() -> None:
    assert same("Medway", "Medway Council")
    assert same("medway council", "Medway Council")
    assert not same("Gloucestershire", "South Gloucestershire Council")


def test_every_council_with_childrens_services_is_listed_once() -> None:
    forms = [form.lower() for form in all_forms()]
    assert len(forms) == len(set(forms))
    assert {"medway", "middlesbrough", "gloucestershire", "leicestershire"} <= set(forms)
