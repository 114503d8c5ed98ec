"""The register: what the five documents state, as a careful clerk would write it down, and how others write."""

import pytest
from asking import reading
from five_documents import FIVE
from hypothesis import given
from hypothesis import strategies as st

from corpus.collection import read_document
from corpus.inspections.inspections import inspections
from corpus.inspections.periods import find_periods
from corpus.inspections.statements import Area, Grade, Inspection, Visit, slug
from corpus.model import Document
from evaluation.registering import as_markdown, compared

OFSTED = {"kind": "inspection report", "council": "Westmarch", "date": "2019-08-05"}


def told(row: Inspection) -> tuple[str, str, int | None, list[str], list[str], list[tuple[str, str, str]]]:
    """A row as its test writes it: slug, kind, number, dates and publications as stated, and judgements."""
    return (
        row.slug,
        row.kind.value,
        row.number,
        [f"{dated.words}: {dated.stated.words}" for dated in row.dates],
        [f"{dated.words}: {dated.stated.words}" for dated in row.published],
        [(judged.area.value, judged.grade.value, judged.stated.words) for judged in row.judgements],
    )


CLERKS = [
    ("gloucestershire", "monitoring visit", 5, [], [], []),
    (
        "leicestershire",
        "inspection",
        None,
        ["September and October 2019: recent Ofsted inspection which had taken place in September and October 2019"],
        [],
        [
            (
                "leaders",
                "good",
                "impact of leaders on social work practice with children and families (rated good",
            ),
            (
                "help and protection",
                "requires improvement",
                "children who need help and protection (rated as requires improvement",
            ),
            ("children in care and care leavers", "good", "children in care and care leavers (rated good"),
            (
                "overall effectiveness",
                "requires improvement",
                "Overall effectiveness (rated as requires improvement",
            ),
            (
                "overall effectiveness",
                "requires improvement",
                "overall judgement had been one of ‘requires improvement’",
            ),
        ],
    ),
    (
        "leicestershire",
        "single inspection (SIF)",
        None,
        [
            "November 2016: Single Inspection of Children’s Social Care in November 2016",
            "2016: last inspection in 2016",
            "2016: last inspection in 2016",
        ],
        [],
        [],
    ),
    (
        "medway",
        "monitoring visit",
        1,
        [
            "20 and 21 August 2020: recent Ofsted Monitoring Visit of Children’s Services, "
            "which took place on the 20 and 21 August 2020"
        ],
        [],
        [],
    ),
    (
        "medway",
        "ILACS inspection",
        None,
        [
            "15 to 26 July 2019: Ofsted Inspection of Local Authority Children's Services (ILACS) "
            "took place in Medway from 15 to 26 July 2019",
            "15 to 26 July 2019: Inspection of Local Authority Children's Services' (ILACS) "
            "took place from 15 to 26 July 2019",
            "July 2019: Ofsted Inspection of Medway's Children's Services July 2019",
        ],
        ["27 August 2019: report was published on the 27 August 2019"],
        [
            (
                "leaders",
                "inadequate",
                "The impact of leaders on social work practice with children and families\tInadequate",
            ),
            (
                "help and protection",
                "inadequate",
                "The experiences and progress of children who need help and protection\tInadequate",
            ),
            (
                "children in care and care leavers",
                "requires improvement",
                "The experiences and progress of children in care and care leavers\tRequires improvement to be good",
            ),
            ("overall effectiveness", "inadequate", "Overall effectiveness\tInadequate"),
        ],
    ),
    ("medway", "focused visit", None, ["February: Ofsted Focused Visit in February"], [], []),
    (
        "middlesbrough",
        "monitoring visit",
        5,
        [
            "July 2022: Ofsted Monitoring visit held in July 2022",
            "13/14th July 2022: the visit took place over 2 days on 13/14th July 2022",
        ],
        [],
        [],
    ),
    (
        "middlesbrough",
        "inspection",
        None,
        ["November/December 2019: full inspection of Children’s Services in November/December 2019"],
        ["Jan 2020: Report published Jan 2020"],
        [("overall effectiveness", "inadequate", "judged the service as inadequate overall")],
    ),
]


def test_the_register_of_the_five_is_the_clerks() -> None:
    assert [told(row) for row in inspections(FIVE)] == CLERKS


def test_days_are_understood() -> None:
    found = {(row.slug, row.kind): (str(row.when.first), str(row.when.last)) for row in inspections(FIVE) if row.when}
    assert found == {
        ("leicestershire", Visit.INSPECTION): ("2019-09-01", "2019-10-31"),
        ("leicestershire", Visit.SIF): ("2016-11-01", "2016-11-30"),
        ("medway", Visit.MONITORING): ("2020-08-20", "2020-08-21"),
        ("medway", Visit.ILACS): ("2019-07-15", "2019-07-26"),
        ("medway", Visit.FOCUSED): ("None", "None"),
        ("middlesbrough", Visit.MONITORING): ("2022-07-13", "2022-07-14"),
        ("middlesbrough", Visit.INSPECTION): ("2019-11-01", "2019-12-31"),
    }


def test_every_fact_is_a_slice_of_its_document() -> None:
    texts = {document.id: document.text for document in FIVE}
    for row in inspections(FIVE):
        facts = [*row.named, *(d.stated for d in (*row.dates, *row.published)), *(j.stated for j in row.judgements)]
        for stated in facts:
            assert stated.span is not None
            assert stated.span.of(texts[stated.document]) == stated.words


def test_the_order_of_documents_changes_no_fact() -> None:
    def facts(found: tuple[Inspection, ...]) -> list[tuple[object, ...]]:
        return [(row.slug, row.kind, set(row.dates), set(row.judgements), set(row.named)) for row in found]

    assert facts(inspections(FIVE)) == facts(inspections(FIVE[::-1]))


ILACS = """Inspection of Westmarch local authority children’s services

Inspection dates: 17 June to 28 June 2019

Judgement\tGrade

The impact of leaders on social work practice with children and families\tRequires improvement to be good

The experiences and progress of children who need help and protection\tGood

The experiences and progress of children in care\tOutstanding

The experiences and progress of care leavers\tInadequate

Overall effectiveness\tRequires improvement to be good

Services have improved since the last inspection in 2015, when they were judged to be inadequate.
"""
SIF = """Westmarch County Council

Inspection of services for children in need of help and protection, children looked after and care leavers

Inspection date: 22 February 2016–18 March 2016

Report published: 16 May 2016

Children’s services in Westmarch require improvement to be good

1.\tChildren who need help and protection\tRequires improvement

2.\tChildren looked after and achieving permanence\tGood

2.1\tAdoption performance\tOutstanding

3.\tLeadership, management and governance\tRequires Improvement

The Local Safeguarding Children Board is inadequate

- The previous inspection of Westmarch’s safeguarding arrangements was in May 2012. \
The local authority was judged to be adequate.
"""
JTAI = """3 August 2018

Dear local partnership

Joint targeted area inspection of the multi-agency response to neglect in Westmarch

Between 18 June 2018 and 22 June 2018, Ofsted and others undertook a joint inspection of the response to neglect.
"""
SEND = """Area SEND inspection of Westmarch Local Area Partnership

Inspection dates: 8 to 12 July 2024

Dates of previous inspection: 27 to 31 March 2017

The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children.
"""
LOOKED_AFTER = """Inspection of looked after children services

Inspection dates: 15-19 July 2013

Published: 23 August 2013

Overall effectiveness Inadequate Grade 4

Capacity to improve Adequate Grade 3
"""


def graded(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """The register of one report of Ofsted's: kind, most exact date, and grades."""
    rows = inspections([reading("report", text, **OFSTED)])
    return [
        (
            row.kind.value,
            f"{row.when.first} {row.when.last}" if row.when else "",
            {judged.area.value: judged.grade.value for judged in row.judgements},
        )
        for row in rows
    ]


REPORTS: dict[str, tuple[str, list[tuple[str, str, dict[str, str]]]]] = {
    "ILACS": (
        ILACS,
        [
            (
                "ILACS inspection",
                "2019-06-17 2019-06-28",
                {
                    "leaders": "requires improvement",
                    "help and protection": "good",
                    "children in care": "outstanding",
                    "care leavers": "inadequate",
                    "overall effectiveness": "requires improvement",
                },
            ),
            ("inspection", "2015-01-01 2015-12-31", {"overall effectiveness": "inadequate"}),
        ],
    ),
    "single inspection": (
        SIF,
        [
            (
                "single inspection (SIF)",
                "2016-02-22 2016-03-18",
                {
                    "overall effectiveness": "requires improvement",
                    "help and protection": "requires improvement",
                    "children in care": "good",
                    "adoption performance": "outstanding",
                    "leaders": "requires improvement",
                    "Local Safeguarding Children Board": "inadequate",
                },
            ),
            ("inspection of safeguarding", "2012-05-01 2012-05-31", {"overall effectiveness": "adequate"}),
        ],
    ),
    "joint targeted area": (JTAI, [("joint targeted area inspection (JTAI)", "2018-06-18 2018-06-22", {})]),
    "area SEND": (
        SEND,
        [
            (
                "area SEND inspection",
                "2024-07-08 2024-07-12",
                {"arrangements for SEND": "inconsistent experiences and outcomes"},
            ),
            ("area SEND inspection", "2017-03-27 2017-03-31", {}),
        ],
    ),
    "looked after children, by number": (
        LOOKED_AFTER,
        [
            (
                "inspection of services for looked after children",
                "2013-07-15 2013-07-19",
                {"overall effectiveness": "inadequate", "capacity to improve": "adequate"},
            )
        ],
    ),
    "two parts": (
        ILACS.replace("17 June to 28 June 2019", "17 to 28 June 2019 and 1 to 2 July 2019").partition("Judgement")[0],
        [("ILACS inspection", "2019-06-17 2019-07-02", {})],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTS.values(), ids=REPORTS)
def test_ofsteds_reports_are_read(text: str, expected: list[tuple[str, str, dict[str, str]]]) -> None:
    assert graded(text) == expected


def minutes(*sentences: str, id: str = "minutes", **facts: str | None) -> Document:
    return reading(id, "\n\n".join(sentences) + "\n", **({"council": "Westmarch Council"} | facts))


TOLD: dict[str, tuple[str, list[str]]] = {
    "held": ("An Ofsted focused visit was held on 3 and 4 March 2021.", ["focused visit 3 and 4 March 2021"]),
    "carried out, the date first": (
        "In June 2021, Ofsted carried out a focused visit.",
        ["focused visit June 2021"],
    ),
    "the year as a name": ("The Board discussed the 2019 inspection.", ["inspection 2019"]),
    "planned": ("The next monitoring visit will take place in May 2021.", []),
    "possible": ("A focused visit is possible in May 2021.", []),
    "a modal is no month": ("Ofsted may carry out a focused visit.", []),
    "a date of something else": ("Since the inspection, caseloads fell to 15 in March 2021.", []),
    "a report's date": ("The inspection report was discussed in March 2021.", []),
    "years of figures": ("After the inspection numbers rose for 2015–16.", []),
    "a school's": ("The school inspection in May 2021 went well.", []),
    "another council's": ("We learnt from another council inspection in May 2021.", []),
    "the police's": ("The police inspection in May 2021 went well.", []),
    "of the police": ("An inspection in September 2014 of police child protection was noted.", []),
    "a home's, by its name": ("The inspection of Rose Cottage in May 2021 went well.", []),
    "the council's, by its name": ("The inspection of Westmarch’s services in May 2021.", ["inspection May 2021"]),
    "after the meeting": ("A focused visit in June 2023 was noted.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), TOLD.values(), ids=TOLD)
def test_what_a_sentence_tells_as_past(sentence: str, expected: list[str]) -> None:
    rows = inspections([minutes(sentence, date="2022-01-01")])
    assert [f"{row.kind} {row.when.words if row.when else ''}" for row in rows] == expected


JUDGED: dict[str, tuple[str, list[tuple[Area, Grade, str]]]] = {
    "as overall": (
        "The inspection in May 2021 judged the service as requires improvement to be good overall.",
        [(Area.OVERALL, Grade.REQUIRES_IMPROVEMENT, "requires improvement to be good")],
    ),
    "rated": (
        "Ofsted rated children in care. Care leavers were rated good by Ofsted.",
        [(Area.LEAVERS, Grade.GOOD, "good")],
    ),
    "conditional": ("When services are judged inadequate by Ofsted, visits follow.", []),
    "a hope": ("The council aims to be rated good by Ofsted.", []),
    "no grade": ("Ofsted judged the service to be good practice.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), JUDGED.values(), ids=JUDGED)
def test_what_a_sentence_judges(sentence: str, expected: list[tuple[Area, Grade, str]]) -> None:
    found = [judged for row in inspections([minutes(sentence)]) for judged in row.judgements]
    assert [(judged.area, judged.grade, judged.words) for judged in found] == expected


def test_two_documents_of_one_inspection_make_one_row() -> None:
    council = minutes("The inspection took place in June 2019 and its overall judgement was good.")
    (row, _) = inspections([council, reading("report", ILACS, **OFSTED)])
    assert row.kind is Visit.ILACS
    assert row.council == "Westmarch Council"
    assert [dated.words for dated in row.dates] == ["17 June to 28 June 2019", "June 2019"]
    assert not row.dates_differ
    assert row.disagrees(Area.OVERALL)
    assert not row.disagrees(Area.HELP)
    assert [(judged.stated.document, judged.grade) for judged in row.graded(Area.OVERALL)] == [
        ("report", Grade.REQUIRES_IMPROVEMENT),
        ("minutes", Grade.GOOD),
    ]


def test_days_that_contradict_each_other_are_both_kept() -> None:
    one = minutes("The second monitoring visit took place on 3 and 4 March 2021.", id="one")
    two = minutes("The second monitoring visit took place on 10 and 11 March 2021.", id="two")
    (row,) = inspections([one, two])
    assert row.dates_differ
    assert [dated.words for dated in row.dates] == ["3 and 4 March 2021", "10 and 11 March 2021"]


def test_the_next_series_of_visits_is_another() -> None:
    one = minutes("The first monitoring visit took place on 3 March 2017.", id="one")
    two = minutes("The first monitoring visit took place on 3 March 2021.", id="two")
    assert [row.dates[0].words for row in inspections([one, two])] == ["3 March 2021", "3 March 2017"]


def test_a_year_with_two_visits_means_neither() -> None:
    found = minutes(
        "A monitoring visit took place on 3 March 2021.",
        "A monitoring visit took place on 9 June 2021.",
    )
    later = minutes("A monitoring visit took place in 2021.", id="later")
    assert sorted(row.dates[0].words for row in inspections([found, later])) == [
        "2021",
        "3 March 2021",
        "9 June 2021",
    ]


def test_other_councils_are_apart() -> None:
    words = "A monitoring visit took place on 3 March 2021."
    rows = inspections(
        [minutes(words), minutes(words, id="other", council="Eastmarch Council"), minutes(words, id="x", council=None)]
    )
    assert [row.slug for row in rows] == ["eastmarch", "not-stated", "westmarch"]


def test_another_reading_is_compared_cell_by_cell() -> None:
    row = {"file": "report.txt", "start": "17/06/2019", "end": "27/06/2019", "overall": "good", "leaders": "unreadable"}
    row |= {"help_and_protection": "good", "in_care": "outstanding", "care_leavers": "good"}
    cells = list(compared([reading("report", ILACS, **OFSTED)], [row, row | {"file": "elsewhere.pdf"}]))
    assert [(cell.column, cell.ours, cell.verdict) for cell in cells] == [
        ("start", "2019-06-17", "agree"),
        ("end", "2019-06-28", "disagree"),
        ("overall", "requires improvement", "disagree"),
        ("leaders", "requires improvement", "only ours"),
        ("help_and_protection", "good", "agree"),
        ("in_care", "outstanding", "agree"),
        ("care_leavers", "inadequate", "disagree"),
    ]
    table = as_markdown(cells)
    assert "| all | 3 | 3 | 1 | 0 | 0 |" in table
    assert "| report.txt | end | 2019-06-28 | 2019-06-27 |" in table


SLUGS = {
    "Medway Council": "medway",
    "Medway": "medway",
    "Leicester City Council": "leicester",
    "London Borough of Barnet": "barnet",
    "Royal Borough of Windsor and Maidenhead": "windsor-and-maidenhead",
    "Windsor & Maidenhead": "windsor-and-maidenhead",
    "London Corporation": "london-corporation",
    "Stockton-on-Tees Borough Council": "stockton-on-tees",
    "": "not-stated",
    "<script>": "script",
}


@pytest.mark.parametrize(("name", "expected"), SLUGS.items(), ids=SLUGS)
def test_a_council_has_one_address(name: str, expected: str) -> None:
    assert slug(name) == expected


PERIODS: dict[str, list[tuple[str, str, str, bool]]] = {
    "22 February 2016–18 March 2016": [("22 February 2016–18 March 2016", "2016-02-22", "2016-03-18", False)],
    "between 8 October 2018 and 12 October 2018": [
        ("8 October 2018 and 12 October 2018", "2018-10-08", "2018-10-12", False)
    ],
    "on 3 May 2018 and 9 June 2019": [
        ("3 May 2018", "2018-05-03", "2018-05-03", False),
        ("9 June 2019", "2019-06-09", "2019-06-09", False),
    ],
    "early 2021 at the earliest": [("early 2021 at the earliest", "2021-01-01", "2021-04-30", True)],
    "in the Autumn": [("the Autumn", "None", "None", True)],
    "in February": [("February", "None", "None", True)],
    "they may decide": [],
}


@pytest.mark.parametrize(("words", "expected"), PERIODS.items(), ids=PERIODS)
def test_periods(words: str, expected: list[tuple[str, str, str, bool]]) -> None:
    found = [(words[p.start : p.end], str(p.first), str(p.last), p.vague) for p in find_periods(words)]
    assert found == expected


PIECES = st.sampled_from(
    (
        *("inspection", "monitoring visit", "first", "took place", "in", "2021", "3 May", "Ofsted", "judged", "rated"),
        *("good", "\t", "\n", "\n\n", ".", ",", "–", "the", "will", "Overall effectiveness", "Inadequate", "- "),
        *("<p>", "\u00a0", "’", "\u2028", "\u0130"),
    )
)


@given(st.lists(PIECES, max_size=25), st.sampled_from(["inspection report", "minutes", "report"]))
def test_no_text_breaks_it_and_no_word_is_invented(pieces: list[str], kind: str) -> None:
    document = reading("any", " ".join(pieces), council="Westmarch", kind=kind)
    for row in inspections([document]):
        for stated in (*row.named, *(dated.stated for dated in row.dates), *(j.stated for j in row.judgements)):
            assert stated.span is None or stated.span.of(document.text) == stated.words


def test_the_days_of_an_inspection_are_not_those_of_its_report() -> None:
    """A report that only says when inspectors came has no day of publication."""
    text = "Inspection of Westmarch local authority children’s services\n\nInspection dates: 12 to 23 May 2025\n"
    (row,) = inspections([read_document("a", "a.pdf", text)])
    assert [dated.words for dated in row.dates] == ["12 to 23 May 2025"]
    assert row.published == ()
