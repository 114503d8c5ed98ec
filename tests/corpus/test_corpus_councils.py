"""What councils are called, and where a text names one by its whole name."""

import pytest

from corpus.sources.councils import all_forms, england, same, whole_name, whole_names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("LONDON BOROUGH OF CROYDON", ["London Borough of Croydon"]),
        ("Devon CC", ["Devon County Council"]),
        ("Oldham MBC", ["Oldham Council"]),
        ("Northbridge County Council", ["Northbridge County Council"]),
        ("NORTHBRIDGE COUNTY COUNCIL", ["Northbridge County Council"]),
        ("Mid Devon District Council", ["Mid Devon District Council"]),
        ("Director of People, Medway Council", ["Medway Council"]),
        ("the Leader of Medway Council", ["Medway Council"]),
        ("Leeds City Council and Bradford Metropolitan District Council", ["Leeds City Council", "Bradford Council"]),
        ("Brighton & Hove City Council", ["Brighton and Hove City Council"]),
        ("City of Bradford Metropolitan District Council", ["Bradford Council"]),
        ("Bournemouth Borough Council", ["Bournemouth Borough Council"]),
        ("BCP Council", ["Bournemouth, Christchurch and Poole Council"]),
        ("Council of the Isles of Scilly", ["Council of the Isles of Scilly"]),
        ("St. Helens Metropolitan Borough Council", ["St Helens Borough Council"]),
        ("London Borough of Westmarch agenda", ["London Borough of Westmarch"]),
        ("Councillor Smith, Northbridge Council", ["Northbridge Council"]),
        ("Full Council met the Youth Council, and the City Council", []),
        ("THE LEADER OF THE COUNCIL", []),
        ("Mr Pat BC", []),
        ("medway council", []),
        ("", []),
    ],
)
def test_whole_names(text: str, named: list[str]) -> None:
    found = list(whole_names(text))
    assert [one.council for one in found] == named
    assert all(one.span.of(text).strip() == one.span.of(text) != "" for one in found)


@pytest.mark.parametrize(
    ("council", "whole"),
    [
        ("Medway", "Medway Council"),
        ("MEDWAY COUNCIL", "Medway Council"),
        ("Wakefield Metropolitan District Council", "Wakefield Council"),
        ("York City Council", "City of York Council"),
        ("Stockton-On-Tees", "Stockton-on-Tees Borough Council"),
        ("Telford & Wrekin", "Telford and Wrekin Council"),
        ("Hull", "Hull City Council"),
        ("Kingston upon Hull City Council", "Hull City Council"),
        ("City of London", "City of London Corporation"),
        ("Westmarch Council", "Westmarch Council"),
        ("WESTMARCH UPON WATER COUNCIL", "Westmarch upon Water Council"),
        ("Bournemouth Borough Council", "Bournemouth Borough Council"),
    ],
)
def test_a_council_has_one_whole_name(council: str, whole: str) -> None:
    assert whole_name(council) == whole
    assert whole_name(whole) == whole
    assert same(council, whole)


def test_every_whole_name_is_of_its_own_council() -> None:
    assert [council.name for council in england() if whole_name(council.name) != council.whole] == []
    assert len({council.whole for council in england()}) == len(england()) == 156
    assert not same("Bournemouth Borough Council", "BCP Council")
    assert "Bournemouth" in all_forms()


@pytest.mark.parametrize("text", ["A-" * 1500, "A and " * 500, "City of " * 400, "Ab, " * 800, "Council " * 400])
def test_a_first_page_of_anything_is_read(text: str) -> None:
    assert all(one.span.of(text) for one in whole_names(text))
