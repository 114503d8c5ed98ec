"""What a corpus knows, gathered document by document: the register and the rest as saved are those of all together."""

from pathlib import Path

import numpy as np
import pytest
from asking import reading

from corpus.collection import Collection
from corpus.inspections.inspections import inspections
from corpus.inspections.statements import Area, Grade, Happening, Status
from corpus.inspections.timeline import events
from corpus.model import Document
from index.knowledge.knowledge import Knowledge
from index.knowledge.mentions import Mentions
from index.knowledge.register import Register
from index.knowledge.spellings import Spellings

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="module")
def five() -> tuple[Document, ...]:
    return tuple(Collection.open([DOCUMENTS]).read().documents)


@pytest.fixture(scope="module")
def folder(five: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("knowledge")
    knowledge = Knowledge()
    for document in five:
        knowledge.add(document)
    knowledge.save(place)
    return place


def test_the_register_is_that_of_the_documents_together(folder: Path, five: tuple[Document, ...]) -> None:
    register = Register.open(folder)
    assert register.rows == inspections(five)
    assert register.events == events(five)
    assert [slug for slug, _ in register.councils] == ["gloucestershire", "leicestershire", "medway", "middlesbrough"]


def test_the_events_of_a_council(folder: Path) -> None:
    register = Register.open(folder)
    medway = [event for event in register.events if event.slug == "medway"]
    assert register.events_of("medway") == medway != []
    assert register.events_of("leeds") == []


def test_what_is_asked_of_events_is_theirs(folder: Path) -> None:
    register = Register.open(folder)
    asked = register.of_events
    for number, event in enumerate(register.events):
        assert register.names[asked.council[number]] == event.council
        assert list(Happening)[asked.happening[number]] is event.happening
        assert list(Status)[asked.status[number]] is event.status
        day = event.when.first.toordinal() if event.when and event.when.first else 0
        assert asked.first[number] == day


def test_what_is_asked_of_judgements_is_theirs(folder: Path) -> None:
    register = Register.open(folder)
    judged = register.judged
    given = [
        (number, list(Area)[area], list(Grade)[grade])
        for number, area, grade in zip(judged.inspection, judged.area, judged.grade, strict=True)
    ]
    stated = {(n, one.area, one.grade) for n, row in enumerate(register.rows) for one in row.judgements}
    assert set(given) == stated
    assert len(given) == len(stated) > 0


def test_names_of_councils_are_spelt_right(folder: Path) -> None:
    spellings = Spellings.open(folder)
    assert "norfolk" in spellings
    assert spellings.count("norfolk") == 1
    assert spellings.common("norfolk")


def test_mentions_are_by_the_places_of_documents(folder: Path, five: tuple[Document, ...]) -> None:
    mentions = Mentions.open(folder)
    assert len(mentions) == 5
    writing = [five[place].id for place in mentions.writing("ILACS")]
    assert writing == [one.id for one in five if "ILACS" in one.text]


def test_nothing_is_known_of_no_documents(tmp_path: Path) -> None:
    Knowledge().save(tmp_path)
    register = Register.open(tmp_path)
    assert (register.rows, register.events, register.councils, register.events_of("medway")) == ((), (), [], [])
    assert len(Mentions.open(tmp_path)) == 0
    assert np.size(register.of_events.council) == np.size(register.judged.area) == 0


def test_one_council_has_one_name_in_the_register(tmp_path: Path) -> None:
    text = "A monitoring visit took place on 3 March 2021.\n"
    knowledge = Knowledge()
    knowledge.add(reading("a", text, council="Medway", title="A"))
    knowledge.add(reading("b", text.replace("3", "4"), council="Leeds City Council", title="B"))
    knowledge.add(reading("c", text, council="Medway Council", title="C"))
    knowledge.save(tmp_path)
    register = Register.open(tmp_path)
    assert register.councils == [("leeds", "Leeds City Council"), ("medway", "Medway Council")]
    assert [(row.council, len(row.named)) for row in register.rows] == [
        ("Leeds City Council", 1),
        ("Medway Council", 2),
    ]
