"""What may not be asked: somebody's personal details, as people write them, and what must not be taken for them.

Every person, number and address here is made up.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.personal import Detail, found, refusal
from assistant.questions.question import BadQuestion, check
from assistant.search.query import HELP, BadQuery, parse

QUESTIONS = Path(__file__).parents[2] / "evaluation" / "questions"

NHS_NUMBERS = [
    "what about 943 476 5919",
    "9434765919?",
    "943-476-5919 care plan",
    "NHS no. 9434765919",
    "９４３ ４７６ ５９１９",
    "9 4 3 4 7 6 5 9 1 9",
    "94347 65919",
    "943.476.5919",
    "943 4765919",
    "NHS no 485 777 3457",
    "patient 4857773457 referral",
    "401 023 2137 – what was agreed for this child",
    "(401) 023-2137",
    "nhs:4010232137",
    "401/023/2137",
    "4010 232 137",
    "the number is 401  023  2137.",
    "401_023_2137",
    "485·777·3457",
    "NHS number 4 0 1 0 2 3 2 1 3 7",
    "NHS 612 345 6784 asthma",
    "6123456784",
    "can you find 612-345-6784?",
    "child 612.345.6784",
    "612  345  6784",
    "61 23 45 67 84",
    "61234 56784",
    "nhs=6123456784;",
    '"6123456784"',
    "NHSNo6123456784",
]
DATES_OF_BIRTH = [
    "born 3/4/2012",
    "DOB 03.04.12",
    "D.O.B: 3rd April 2012",
    "date of birth 2012-04-03",
    "dob 030412",
    "the child was born on 3 April 2012",
    "child born in Medway on 3 April 2012",
    "date of birth of child A is 3 Apr 12",
    "3/4/2012 is her date of birth",
    "3.4.12 (DOB)",
    "her birthday is 3 April",
    "d o b 3 4 2012",
    "born April 3, 2012",
    "DOB: 2012",
    "girl born 12/11/2009",
    "child (dob 12.11.09)",
    "DOB: 12-11-2009",
    "D.o.B 12th Nov 2009",
    "Date of Birth - 12 November 2009",
    "what about the boy born 5 May 2015 in Medway",
    "born on the 5th of May, 2015",
    "born 5.5.15",
    "born 2015-05-05",
    "b. 5/5/2015",
    "birthdate 5/5/2015",
    "his birthday was 5th May",
    "her birthday: May 5",
    "birth date of May 5 2015",
    "12/11/2009 date of birth",
    "12 Nov 2009 – DOB",
    "DOB12/11/2009",
    "dob=20091112",
    "doB 12 11 2009",
    "child's date of birth, recorded as 12/11/2009",
    "she was born at Medway Maritime on 12/11/2009",
    "born Thursday 12 November 2009",
    "d.o.b 12/11",
    "DOB 1.2.2013",
    "dob: 1st Feb 13",
    "d.o.b. 01-02-13",
    "date of birth is 1 February 2013",
    "born on 1st February 2013",
    "born Feb 1 2013",
    "born on Friday, 1 February 2013",
    "born the 1st of February 2013",
    "(born 1/2/13)",
    "born: 01/02/2013",
    "birthday 1/2",
    "1/2/2013 – date of birth",
    "born in Kent, 1 Feb 2013",
    "born at home on 1/2/2013",
    "DOB 2013-02-01",
    "birth: 1/2/2013",
    "born on 01 02 2013",
    "was born 1 Feb '13",
]
PHONE_NUMBERS = [
    "07700 900123",
    "+44 7700 900 123",
    "+44 (0)7700 900123",
    "0044 7700 900123",
    "(01634) 333 333",
    "020 7946 0958",
    "0300 123 1234",
    "0 7 7 0 0 9 0 0 1 2 3",
    "01634-333333",
    "07700/900123",
    "tel:07700900123",
    "call 01622 555123",
    "ring me on 07911 123456",
    "07911123456",
    "+447911123456",
    "+44 20 7946 0018",
    "(020) 7946 0018",
    "020-7946-0018",
    "0161 496 0018 ext 12",
    "01482 300 300",
    "mobile: 07 911 123 456",
    "phone 00 44 7911 123456",
    "contact 0345 600 9506",
    "016977 3555",
    "0800 111 999",
    "+44(0)1622555123",
    "my number is 07911.123.456",
    "0207 946 0321",
    "020 79460321",
    "01234567890",
    "(01234) 567890",
    "+44-1234-567-890",
    "0044 1234 567890",
    "07555 55 55 55",
    "07555.555.555",
    "07555-555555",
    "0303 123 9999",
    "0116 232 3232",
    "+44 7555555555",
]
NAMES_AND_POSTCODES = [
    "Mr Smith at ME4 4TR",
    "mrs khan, me4 4tr",
    "Ayesha Khan of ME4 4TR",
    "What support did Ayesha Khan at 10 Dock Road, Chatham ME4 4TR get?",
    "help for Ayesha, aged 7, ME4 4TR",
    "john smith me44tr",
    "JOHN SMITH ME4 4TR",
    "ayesha khan me4 4tr",
    "a boy named tyrell in SW1A 1AA",
    "What about Jack Brown TS1 9FX",
    "Oluwaseun Adebayo, M1 1AE",
    "was the O'Neill family at TS1 9FX visited",
    "ME4 4TR Sarah",
    "siobhan murphy lives at b1 1aa",
    "zxkhi brzwk me4 4tr",
    "Anne-Marie at ME4 4TR",
    "What happened with Liam Byrne, ME7 1AB?",
    "the Okonkwo family at ME7 1AB",
    "Mrs Patel ME7 1AB",
    "is Dr Jones of ME7 1AB involved",
    "Zofia Kowalczyk ME71AB",
    "me7 1ab chloe",
    "tell me about the child at 14 High Street ME7 1AB called Tyrone",
    "Tyrone, ME7 1AB",
    "Mohammed Iqbal, 22 Station Road, Rochester, ME7 1AB",
    "JAYDEN WILLIAMS ME7 1AB",
    "jayden williams, 3 park lane, me7 1ab",
    "Miss Harper, ME7 1AB",
    "Kayden at ME7-1AB",
    "Nguyen family ME7 1AB referral",
    "A. Smith, ME7 1AB",
    "Smith family, ME7 1AB",
    "my neighbour Brown at ME7 1AB",
    "Will the council visit Daisy at ME7 1AB",
    "cllr Khan's address ME7 1AB",
    "names: Aidan and Orla, ME7 1AB",
    "what support for the Traveller family of Joyce at ME7 1AB",
    "xiu ying zhang me7 1ab",
    "Sir Keir ME7 1AB",
    "Olamide Bakare at B15 2TT",
    "olamide bakare b15 2tt",
    "Mr. Ferreira, B15 2TT",
    "ms novak b152tt",
    "her son Dariusz at B15 2TT",
    "Kai Turner, 5 Elm Road, B15 2TT",
    "Turner family at B15 2TT",
    "P. Turner, B15 2TT",
    "where does Lucy live, B15 2TT",
    "lucy turner b15 2tt",
    "DARIUSZ NOVAK B15 2TT",
    "a girl called Bryony in B15 2TT",
    "what happened to Bryony of B15 2TT",
    "What about Bryony? B15 2TT",
    "B15 2TT – Bryony Marsh",
    "Cllr Marsh, B15 2TT",
    "Bryony's school is in B15 2TT",
    "foster carer Janice B15 2TT",
    "the Marsh twins at B15 2TT",
    "What help did Tobias Lindqvist get at LS6 3HN?",
    "the Rahman family LS6 3HN",
    "aunt of Chinedu, LS6 3HN",
    "mr oyelaran ls6 3hn",
    "visits to Ffion Pugh, 8 Bryn Road, LS6 3HN",
    "rhys pugh ls6 3hn",
    "is Wren Marlow known to services at LS6 3HN",
    "LS6 3HN Tobias",
    "LS63HN – complaint by Greta",
    "Two children, Noor and Idris, of LS6 3HN",
    "A. Rahman LS6 3HN",
    "who visited P Rahman at LS6 3HN",
    "their foster carer Mr Green, LS6 3HN",
    "Did Hope leave LS6 3HN in 2019?",
    "Summer Field at LS6 3HN",
    "grandmother Jean of LS6 3HN",
    "the twins Milo and Otis LS6 3HN",
    "Ms. O'Hara LS6 3HN",
]
# What is not told. It is written down so that nobody takes the rule for more than it is.
MISSED = [
    "Does Rose Green live at B1 1AA?",
    "485,777,3457",
    "four eight five 777 3457",
    "born 12th november two thousand and nine",
    "date of brith 12/11/2009",
    "who was born in November 2009 on the 12th",
    "07911 I23456",
    "7911 123456",
    "Was Grace Hill at ME7 1AB taken into care?",
    "smith family me7 1ab",
    "Svetlana B15 2TT",
    "TOBIAS LINDQVIST, LS6 3HN",
    "tobias at ls6 3hn",
]
# What people may well ask.
ASKED = [
    "minutes of 3 September 2019",
    "what was decided on 03/09/2019?",
    "from 01/02/2019 to 03/04/2020",
    "meetings 01-02-2019 - 03-04-2020",
    "1,234,567,890 pounds",
    "1234567890",
    "£9434765919",
    "2018/19 2019/20 2020/21",
    "ME4 4TR",
    "Gun Wharf, Dock Road, Chatham, Kent ME4 4TR",
    "Medway Council, Gun Wharf, Dock Road, Chatham ME4 4TR",
    "Civic Centre, Middlesbrough TS1 9FX",
    "Which office is at TS1 9FX?",
    "Children's Services at Civic Centre TS1 9FX",
    "minute 22/1 resolution (b)",
    "CYP/2019/0123456789",
    "report CAB/2021/043 item 5",
    "0.1234567890",
    "children born in care",
    "What did members ask about children born in care at the meeting of 3 September 2019?",
    "children born after 1 September 2020",
    "children born between 1 April 2012 and 31 August 2013",
    "are dates of birth recorded in the minutes of 3 September 2019?",
    "Mr Smith",
    "Who is Sue Brunton-Reed?",
    "Pat Example, Head of Quality",
    "Ofsted inspection report number 10004567",
    "URN 123456 report 50123456",
    "0800 1111",
    "Town Hall, St Helens WA10 1HP",
    "Looked After Children in SW1A 1AA",
    "what did Ofsted say about social workers",
    "943 476 5918",
    "Milton Keynes MK9 3EJ",
    "Queen Elizabeth Hospital ME4 4TR",
    "victoria road me4 4tr",
    "St Mary's Primary School, ME4 4TR",
    "2019 2020 2021 2022",
    "Key Stage 2 results at ME4 4TR",
    "EHCP and SEND at ME4 4TR",
    "children who miss school in ME4 4TR",
    "Name the office at ME4 4TR",
    "birth rate 2019",
    "premature birth 2019",
    "Q1 2nd quarter Mr Smith",
    "what happened at the meeting on 12/11/2009",
    "minutes of 5 May 2015 item 7",
    "decisions between 12/11/2009 and 5/5/2015",
    "Cabinet 03.09.2019 minute 401",
    "meeting 2019-09-03 10:30",
    "£1234567890",
    "the budget of 4857773 pounds",
    "1 234 567 890",
    "0.0123456789",
    "spent £1,234,567 in 2018-19 and £2,345,678 in 2019-20",
    "2018-19, 2019-20, 2020-21",
    "report number 2637498",
    "URN SC040631",
    "minute 11.4, para 6.12, third bullet",
    "CAB/19/0456 item 12",
    "ref 2019/0456/CYP/12",
    "children under 5 born since 2015",
    "how many babies were born in 2019",
    "summer born children",
    "children born between 1 September 2014 and 31 August 2015",
    "unaccompanied children whose date of birth is disputed",
    "how is date of birth recorded",
    "recording of dates of birth in the Ofsted report of 3 September 2019",
    "the birth of the trust on 1 April 2018",
    "born in care",
    "Ofsted Piccadilly Gate M1 2WD",
    "Ofsted, Store Street, Manchester M1 2WD",
    "what is at ME4 4TR",
    "County Hall, Glenfield, Leicester LE3 8RA",
    "Shire Hall, Westgate Street, Gloucester GL1 2TG",
    "Town Hall, Bebington, CH63 7PT",
    "office moves to SE1 2AA in 2020",
    "SEND and EHCPs in postcode SW1A 2AA",
    "Which ward is TS1 2QQ in?",
    "Sure Start centre ME7 1AB",
    "North Star House ME7 1AB",
    "Strood Family Hub, Strood ME2 4TR",
    "services near gl1 2tg",
    "how many referrals came from LE3 8RA",
    "children's homes in ME7 1AB",
    "what did Cllr Smith say",
    "Who is Ann Domeney?",
    "Mr Tickner's report",
    "Helen Watson and Sue Brunton-Reed",
    "year 10 12 2019 2020 results",
    "section 20, section 47, section 31",
    "increase from 1200 to 1350 in 2019",
    "100 000 000 0",
    "Regulation 44 visits in 2019, 2020, 2021 and 2022",
    "0-25 service",
    "0 to 19 public health",
    "011 reviews",
    "phase 1 2 3 4 5 6 7 8 9 10",
    "vote 12 13 14",
    "Item 10 11 12 13 14",
    "Key Stage 4 in ME7 1AB",
    "Children Act 1989 and postcode ME7 1AB",
    "placements in Thanet CT9 1XZ",
    "Council House, Victoria Square, Birmingham B1 1BB",
    "10 Woodcock Street, Birmingham B7 4BL",
    "Civic Offices, Euclid Street, Swindon SN1 2JH",
    "Loxley House, Station Street, Nottingham NG2 3NG",
    "County Hall, Martineau Lane, Norwich NR1 2DH",
    "Fenland Hall, County Road, March PE15 8NQ",
    "office in SN1 2JH",
    "where is NG2 3NG",
    "What did Ofsted say about the office at NG2 3NG",
    "Is the Family Hub at NR1 2DH open",
    "Children's Centre, Wisbech PE13 1AB",
    "Ofsted visit to NG2 3NG home on 3 May 2019",
    "budget 2345678901 pounds",
    "£2,345,678,901",
    "on 1/2/2013 the Cabinet agreed",
    "the 1 February 2013 minutes",
    "agenda 1.2.2013 item 01",
    "minutes 01/02/2013, 02/03/2013 and 03/04/2013",
    "from 1-2-2013 to 3-4-2014",
    "1.5 million in 2013/14",
    "reports dated 2013-02-01 and 2014-03-01",
    "babies born to mothers in care in 2013",
    "live births 2013",
    "place of birth",
    "date of birth checks",
    "born before 1 April 2013",
    "children born since 1 April 2013",
    "para 1.2.3.4.5.6.7.8.9.10",
    "resolution 0012345",
    "CS/0123/4567/89",
    "00 01 02 03",
    "decision 2013/0123456789",
    "SC 0612 3456",
    "45% 50% 55% 60% 65%",
    "1,000 1,100 1,200 1,300",
    "24/7 helpline",
    "the 0-5 and 5-19 years",
    "2013 2014 2015 2016 2017",
    "which councils are in special measures",
    "what did Alison Smith tell members",
    "Merrion House, 110 Merrion Way, Leeds LS2 8BB",
    "Civic Hall, Calverley Street, Leeds LS1 1UR",
    "Guildhall, Alfred Gelder Street, Hull HU1 2AA",
    "PO Box 837, Leeds LS1 9PZ",
    "Leeds City Council LS1 1UR",
    "what is decided about the children's home at LS6 3HN",
    "services in LS6 3HN",
    "which schools are near LS6 3HN?",
    "Contact centre at Westgate, Rotherham S60 1AE",
    "Riverside House, Main Street, Rotherham S60 1AE",
    "Waltham Forest Town Hall, Forest Road E17 4JF",
    "County Hall, Topsham Road, Exeter EX2 4QD",
    "the office in Exeter EX2 4QD",
    "Woodhatch Place, 11 Cockshot Hill, Reigate, Surrey RH2 8EF",
    "Early help hub, Seacroft LS14 6JD",
    "Is EX2 4QD in the ward",
    "Royal Devon Hospital EX2 5DW",
    "Bristol City Council, City Hall, College Green, Bristol BS1 5TR",
]
# What is nobody's detail and is stopped all the same.
STOPPED_FOR_NOTHING = [
    "was the new service born on 1 April 2018",
    "Newport Pagnell MK16 8AA library",
    "The Forum, Marlowes, Hemel Hempstead HP1 1DN",
    "Ofsted, Clive House, 70 Petty France, Westminster SW1H 9EX",
]

STOPPED = [
    (detail, words)
    for detail, table in (
        (Detail.NHS_NUMBER, NHS_NUMBERS),
        (Detail.DATE_OF_BIRTH, DATES_OF_BIRTH),
        (Detail.PHONE_NUMBER, PHONE_NUMBERS),
        (Detail.NAME_AND_POSTCODE, NAMES_AND_POSTCODES),
    )
    for words in table
]


@pytest.mark.parametrize(("detail", "words"), STOPPED, ids=[words for _, words in STOPPED])
def test_personal_details_are_told(detail: Detail, words: str) -> None:
    assert found(words) is detail


@pytest.mark.parametrize("words", ASKED, ids=ASKED)
def test_what_may_be_asked_is_not_stopped(words: str) -> None:
    assert found(words) is None


@pytest.mark.parametrize("words", MISSED, ids=MISSED)
def test_limits_what_is_missed(words: str) -> None:
    assert found(words) is None


@pytest.mark.parametrize("words", STOPPED_FOR_NOTHING, ids=STOPPED_FOR_NOTHING)
def test_limits_what_is_stopped_for_nothing(words: str) -> None:
    assert found(words) is not None


def turns(path: Path) -> Iterator[str]:
    """The questions of a file of the evaluation."""
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        yield from json.loads(line)["turns"]


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_no_question_of_the_evaluation_is_stopped(path: Path) -> None:
    asked = list(turns(path))
    assert asked
    assert [question for question in asked if found(question)] == []


def test_no_example_of_the_search_is_stopped() -> None:
    assert [example for example, _ in HELP if found(example)] == []


SEPARATORS = st.sampled_from(["", " ", "  ", "-", "–", ".", "\u00a0", "\u2009", " - ", "·", "/"])


def with_check_digit(nine: list[int]) -> list[int] | None:
    """An NHS number, by the sum that the NHS Data Dictionary gives; None where no digit checks."""
    check_digit = 11 - sum(digit * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if check_digit == 10 else [*nine, check_digit % 11]


@given(
    nine=st.lists(st.integers(0, 9), min_size=9, max_size=9),
    groups=st.sampled_from([(10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 7), (5, 5), (2,) * 5]),
    separator=SEPARATORS,
    zero=st.sampled_from("0０٠"),
    around=st.sampled_from([("", ""), ("what of ", "?"), ("NHS", "."), ("(", ")"), ("no:", ", please")]),
)
def test_any_nhs_number_is_told_in_any_spelling(
    nine: list[int], groups: tuple[int, ...], separator: str, zero: str, around: tuple[str, str]
) -> None:
    digits = with_check_digit(nine)
    if digits is None:
        return
    written = "".join(chr(ord(zero) + digit) for digit in digits)
    starts = [sum(groups[:n]) for n in range(len(groups))]
    spelt = separator.join(written[start : start + size] for start, size in zip(starts, groups, strict=True))
    assert found(f"{around[0]}{spelt}{around[1]}") is Detail.NHS_NUMBER


@given(nine=st.lists(st.integers(1, 9), min_size=9, max_size=9), wrong=st.integers(1, 9))
def test_ten_digits_that_do_not_check_are_no_nhs_number(nine: list[int], wrong: int) -> None:
    digits = with_check_digit(nine)
    if digits is not None:
        digits[-1] = (digits[-1] + wrong) % 10
        assert found("".join(map(str, digits))) is None


@given(
    start=st.sampled_from(["0", "+44 ", "+44", "0044 ", "+44 (0)", "(0", "(+44) "]),
    digits=st.text("123456789", min_size=10, max_size=10),
    cut=st.integers(2, 8),
    separator=SEPARATORS,
)
def test_any_phone_number_is_told_in_any_spelling(start: str, digits: str, cut: int, separator: str) -> None:
    closing = ")" if start == "(0" else ""
    assert found(f"ring {start}{digits[:cut]}{closing}{separator}{digits[cut:]} today") is not None


@given(text=st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert found(text) is None or refusal(text)


@pytest.mark.parametrize(("detail", "words"), STOPPED, ids=[words for _, words in STOPPED])
def test_a_question_and_a_search_are_stopped_and_told_why_without_saying_it_again(detail: Detail, words: str) -> None:
    for ask, mistake in ((check, BadQuestion), (parse, BadQuery)):
        with pytest.raises(mistake) as raised:
            ask(words)
        told = str(raised.value)
        assert detail.value in told and "to protect the people" in told and "without it." in told
        assert not any(digit in told for digit in words if digit.isdigit())
        assert not {"ayesha", "khan", "smith", "daisy", "tyrone"} & set(told.lower().split())


def test_what_is_said_of_a_comment() -> None:
    told = refusal("She was born 3/4/2012", "What you wrote", "Write it without that.")
    assert told == (
        "What you wrote seems to hold a date of birth. It was stopped, neither searched for nor kept, to protect the "
        "people whom it may be about. Write it without that."
    )
    assert refusal("The quote is cut short", "What you wrote") == ""


def test_a_search_that_is_too_long_to_read_is_not_said_again_either() -> None:
    with pytest.raises(BadQuery) as raised:
        parse("943 476 5919 " + "caseloads " * 200)
    assert "943" not in str(raised.value)
