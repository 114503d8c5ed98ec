"""Ofsted's reports: PDFs made into documents, by what their names say."""

from pathlib import Path

import pytest
from pdfs import pdf

from corpus.model import Form, Kind, Known
from corpus.reading.reading import UnreadableFile
from evaluation.reports import read_reports

REPORT = pdf(
    [
        ("1", 512, 25, "F1 20"),
        ("Medway Children's Services", 72, 700, "F1 12"),
        ("Judgement", 72, 660, "F2 12"),
        ("Grade", 395, 660, "F2 12"),
        ("The experiences and progress of children in", 72, 620, "F1 12"),
        ("care", 72, 606, "F1 12"),
        ("Good", 395, 620, "F1 12"),
        ("Overall effectiveness", 72, 580, "F1 12"),
        ("Inadequate", 395, 580, "F1 12"),
        ("What needs to improve", 72, 524, "F2 12"),
        ("1. Social workers make child-", 72, 510, "F1 12"),
        ("centred plans", 93, 496, "F1 12"),
        ("2", 172, 500, "F1 7"),
        (" for all, and they", 177, 496, "F1 12"),
    ],
    [("2", 512, 25, "F1 20"), ("know them well.", 93, 740, "F1 12"), ("2. Plans are clear.", 72, 710, "F1 12")],
)
IDENTITY = "stoke-on-trent--childrens-services-inspection-27-august-2019"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for council, name in (
        ("stoke-on-trent", "childrens-services-inspection-27-august-2019"),
        ("barking-and-dagenham", "area-send-full-inspection-06-september-2024"),
    ):
        (tmp_path / council).mkdir()
        (tmp_path / council / f"{name}.pdf").write_bytes(REPORT)
    return tmp_path


def test_a_report_becomes_a_document(folder: Path) -> None:
    (report,) = read_reports(folder, [IDENTITY])
    assert report.text.split("\n\n") == [
        "Medway Children’s Services",
        "Judgement\tGrade",
        "The experiences and progress of children in care\tGood",
        "Overall effectiveness\tInadequate",
        "What needs to improve",
        "1. Social workers make child-centred plans for all, and they know them well.",
        "2. Plans are clear.\n",
    ]
    assert [passage.form for passage in report.passages] == [
        Form.PARAGRAPH,
        Form.HEADER,
        Form.ROW,
        Form.ROW,
        Form.HEADING,
        Form.ITEM,
        Form.ITEM,
    ]
    assert all(passage.text == report.text[passage.start : passage.end] for passage in report.passages)


def test_its_source_is_read_from_its_name(folder: Path) -> None:
    facts = [
        (source.id, source.title.value, source.council.value, source.date.value)
        for source in (report.source for report in read_reports(folder))
    ]
    assert facts == [
        (
            "barking-and-dagenham--area-send-full-inspection-06-september-2024",
            "Area SEND inspection of Barking and Dagenham, 6 September 2024",
            "London Borough of Barking and Dagenham",
            "2024-09-06",
        ),
        (
            IDENTITY,
            "Inspection of Stoke-on-Trent children’s services, 27 August 2019",
            "Stoke-on-Trent City Council",
            "2019-08-27",
        ),
    ]
    source = read_reports(folder, [IDENTITY])[0].source
    assert source.kind.value == Kind.INSPECTION
    assert {fact.known for fact in (source.title, source.council, source.date, source.kind)} == {Known.SUPPLIED}


def test_a_report_reads_the_same_twice(folder: Path) -> None:
    assert read_reports(folder) == read_reports(folder)


def test_a_report_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="no report york--none"):
        read_reports(folder, [IDENTITY, "york--none"])


def test_an_empty_folder_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no report named <council>"):
        read_reports(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("letter.pdf", REPORT, ValueError, "name it <kind>-<day>.pdf"),
        ("focused-visit-01-may-2019.pdf", REPORT, ValueError, "name it <kind>-<day>.pdf"),
        ("area-send-full-inspection-01-may-2019.pdf", b"not a PDF", UnreadableFile, "cannot be read as a PDF"),
        ("area-send-full-inspection-01-may-2019.pdf", pdf([]), UnreadableFile, "holds no text"),
    ],
    ids=["no day", "another kind", "not a PDF", "no text"],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: bytes, error: type[Exception], words: str
) -> None:
    (tmp_path / "york").mkdir()
    (tmp_path / "york" / name).write_bytes(content)
    with pytest.raises(error, match=words):
        read_reports(tmp_path)
