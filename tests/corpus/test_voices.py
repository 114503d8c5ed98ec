"""Whose words a sentence gives, from how council papers attribute speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Entry
from corpus.collection import read_document
from corpus.model import Kind, Known, Role, Span, Voice
from corpus.passages.voices import Speaker, voices
from corpus.sentences import sentences

OFFICER, MEMBER, AUTHOR, NOBODY = Voice.OFFICER, Voice.MEMBER, Voice.AUTHOR, Voice.NOT_STATED
OFSTED = Voice.OFSTED_REPORTED


def heard(text: str, kind: Kind = Kind.MINUTES, lead_in: str = "") -> list[tuple[Voice, Voice]]:
    """Each sentence's voice, and who reports it."""
    return [(v.voice, v.by) for v in voices(text, Span(0, len(text)), kind, Speaker(), lead_in)]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("Officers confirmed that pay had risen.", OFFICER),
        ("Pay – officers confirmed that it had risen.", OFFICER),
        ("The DCS informed the committee that pay had risen.", OFFICER),
        ("The Director of Children’s Services (DCS) informed the Panel of it.", OFFICER),
        ("Jo Sample, Director of Children's Services also provided an update.", NOBODY),
        ("Jo Sample, Director of Children's Services gave the Board an update and said that pay had risen.", OFFICER),
        ("In response to questions the DCS indicated that he felt it was so.", OFFICER),
        ("The Head of Fostering then explained why.", OFFICER),
        ("Officers undertook to share the plan.", OFFICER),
        ("The Assistant Director for Schools replied that pay had risen.", OFFICER),
        ("The Head of Finance (Children) pointed out that pay had risen.", OFFICER),
        ("The Section 151 Officer advises that pay can rise.", OFFICER),
        ("Officers recommend a rise.", OFFICER),
        ("That officers recommend a rise.", NOBODY),
        ("Police officers confirmed that pay had risen.", NOBODY),
        ("Officers gave a short presentation on pay.", NOBODY),
        ("Members were concerned about pay.", MEMBER),
        ("Members noted that pay had risen.", MEMBER),
        ("Members agreed with the DCS that pay mattered.", MEMBER),
        ("Another Board member also raised concern about pay.", MEMBER),
        ("The Chairman, who had once fostered, stated that it was hard.", MEMBER),
        ("The Vice-Chair asked why.", MEMBER),
        ("The Lead Member for Children and Families concurred.", MEMBER),
        ("Councillors Sample and Example requested a vote.", MEMBER),
        ("The Vice-Chair, Councillor Sample, urged the Council to raise pay.", MEMBER),
        ("Councillor Sample wanted to know why.", MEMBER),
        ("Cllr Sample (Chair) was not convinced that pay had risen.", MEMBER),
        ("Members of the Schools and Families Scrutiny Committee expressed concern about pay.", MEMBER),
        ("The Lead Member for Families supports a rise.", MEMBER),
        ("Members then raised several questions and comments, which included:", NOBODY),
        ("Members note the rise.", NOBODY),
        ("Members of the public asked why.", NOBODY),
        ("Members of the Youth Council asked why.", NOBODY),
        ("Members of staff had welcomed it.", NOBODY),
        ("Family members said that pay was low.", NOBODY),
        ("The independent chair explained why.", NOBODY),
        ("The Committee heard that pay had risen.", NOBODY),
        ("Members observed a visit.", NOBODY),
        ("It was added that pay had risen.", NOBODY),
        ("Reference was made to pay.", NOBODY),
        ("The Board were advised that pay had risen.", NOBODY),
        ("In response to a question it was explained that pay had risen.", NOBODY),
        ("An update was provided on pay.", NOBODY),
        ("He reiterated that pay had risen.", NOBODY),
        ("The Panel considered a report of the Director which highlighted pay.", NOBODY),
        ("Pay was not where the DCS would wish it to be.", NOBODY),
    ],
    ids=lambda value: value if not isinstance(value, Voice) else "",
)
def test_who_speaks_in_minutes(sentence: str, voice: Voice) -> None:
    assert heard(sentence) == [(voice, NOBODY)]


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("Ofsted had been clear that pay was low.", NOBODY),
        ("Ofsted found that most carers stayed.", NOBODY),
        ("Ofsted had been critical of pay.", NOBODY),
        ("According to inspectors, pay was low.", NOBODY),
        ("The inspection also identified low pay.", NOBODY),
        ("These had been identified by Ofsted as key.", NOBODY),
        ("Reference was made to the comment within the letter about pay.", NOBODY),
        ("There was a question on Ofsted’s comments around pay.", NOBODY),
        ("The DCS told them that it was so and explained that Ofsted saw this as a weakness.", OFFICER),
        ("The DCS informed the committee that Ofsted saw this as a weakness.", OFFICER),
        ("The DCS drew members' attention to Ofsted's comments on pay.", OFFICER),
        ("Members noted that Ofsted had praised the carers.", MEMBER),
    ],
)
def test_ofsted_at_second_hand(sentence: str, by: Voice) -> None:
    assert heard(sentence) == [(OFSTED, by)]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("In response to a query on Ofsted's comments, the Director advised that pay had risen.", OFFICER),
        ("The Director said that the comments made by Ofsted were fair.", OFFICER),
        ("Officers confirmed that Ofsted would be visiting in May.", OFFICER),
        ("Members noted that the inspection had looked at four areas:", MEMBER),
    ],
)
def test_speech_about_ofsted_is_the_speakers_own(sentence: str, voice: Voice) -> None:
    assert heard(sentence) == [(voice, NOBODY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers confirmed it. Pay had risen.", [OFFICER, OFFICER]),
        ("Officers confirmed it. It was added that pay had risen.", [OFFICER, NOBODY]),
        ("Officers confirmed it. It was added that pay rose. However, it fell.", [OFFICER, NOBODY, NOBODY]),
        ("Members were concerned. Pay had risen.", [MEMBER, NOBODY]),
        ("Members were concerned about it. This was new.", [MEMBER, MEMBER]),
        ("Ofsted found pay low. However, carers stayed.", [OFSTED, OFSTED]),
        ("Ofsted found pay low. It acknowledged the plan.", [OFSTED, OFSTED]),
        ("Ofsted found pay low. These changes had been hard.", [OFSTED, NOBODY]),
        ("Ofsted found pay low. They also noted the plan.", [OFSTED, OFSTED]),
        ("Ofsted found pay low. The letter said that carers stayed.", [OFSTED, OFSTED]),
        ("Pay was low. The letter said that carers stayed.", [NOBODY, NOBODY]),
        ("Officers confirmed it. Ofsted found pay low. Pay had risen.", [OFFICER, OFSTED, OFFICER]),
        ("Officers confirmed it. The points were as follows:", [OFFICER, NOBODY]),
        ("Members proposed a rise. This was seconded by Councillor Sample.", [MEMBER, NOBODY]),
        ("The DCS was there. He reiterated it.", [NOBODY, OFFICER]),
        ("The Chairman thanked the DCS. She said so.", [MEMBER, OFFICER]),
        ("The DCS spoke to the Chairman. He said so.", [NOBODY, MEMBER]),
    ],
)
def test_from_sentence_to_sentence(text: str, expected: list[Voice]) -> None:
    assert [voice for voice, _ in heard(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("This report sets out the plan.", (AUTHOR, NOBODY)),
        ("The report recognises that carers stay.", (OFSTED, AUTHOR)),
        ("It also comments that morale is high.", (OFSTED, AUTHOR)),
        ("The letter is critical of pay.", (OFSTED, AUTHOR)),
        ("It is clear that pay is low.", (AUTHOR, NOBODY)),
        ("Some of the strengths highlighted are:", (OFSTED, AUTHOR)),
        ("Our strengths are:", (AUTHOR, NOBODY)),
        ("The Chief Finance Officer advises that pay can rise.", (OFFICER, NOBODY)),
        ("Officers have considered three options.", (AUTHOR, NOBODY)),
        ("The published report identified ten areas:", (OFSTED, AUTHOR)),
        ("Inspectors will also check pay.", (AUTHOR, NOBODY)),
    ],
)
def test_a_reports_author(sentence: str, expected: tuple[Voice, Voice]) -> None:
    assert heard(sentence, Kind.REPORT) == [expected]


@pytest.mark.parametrize(
    ("lead_in", "kind", "expected"),
    [
        ("Members met. The report identified three areas for improvement:", Kind.REPORT, (OFSTED, AUTHOR)),
        ("Some of the strengths highlighted include:", Kind.REPORT, (OFSTED, AUTHOR)),
        ("Positives", Kind.MINUTES, (OFSTED, NOBODY)),
        ("Ofsted found:", Kind.MINUTES, (OFSTED, NOBODY)),
        ("Our strengths are:", Kind.REPORT, (AUTHOR, NOBODY)),
        ("The report identified three areas for improvement. We have done this:", Kind.REPORT, (AUTHOR, NOBODY)),
        ("The following points were made:", Kind.MINUTES, (NOBODY, NOBODY)),
    ],
)
def test_a_list_is_attributed_by_its_lead_in(lead_in: str, kind: Kind, expected: tuple[Voice, Voice]) -> None:
    assert heard("Oversight of practice. Supply of homes.", kind, lead_in) == [expected, expected]


def test_a_list_is_reported_by_who_introduces_it() -> None:
    by_members = [(OFSTED, MEMBER), (OFSTED, MEMBER)]
    assert heard("Oversight. Homes.", lead_in="Members noted that Ofsted had found:") == by_members


@pytest.mark.parametrize(
    ("text", "lead_in", "expected"),
    [
        ("Leadership (rated good)", "Members noted that the inspection had looked at four areas:", (OFSTED, MEMBER)),
        ("Leadership", "Members noted that the inspection had looked at four areas:", (NOBODY, NOBODY)),
        ("Leadership (rated good)", "The audit looked at four areas:", (NOBODY, NOBODY)),
    ],
    ids=["a grade", "no grade", "no inspection"],
)
def test_a_grade_in_a_list_about_an_inspection_is_ofsteds(
    text: str, lead_in: str, expected: tuple[Voice, Voice]
) -> None:
    assert heard(text, lead_in=lead_in) == [expected]


def test_who_reports_ofsted_is_the_officer_still_speaking() -> None:
    text = "Officers confirmed it. Ofsted found pay low. However, carers stayed."
    assert heard(text) == [(OFFICER, NOBODY), (OFSTED, OFFICER), (OFSTED, OFFICER)]


@pytest.mark.parametrize("spoken", [True, False])
def test_an_inspection_report_is_in_ofsteds_own_words(spoken: bool) -> None:
    text = "Inspectors found pay low. The director told inspectors why. Members asked for more. It is too soon to say."
    found = voices(text, Span(0, len(text)), Kind.INSPECTION, Speaker(), "Officers confirmed:", spoken)
    assert [(v.voice, v.by) for v in found] == [(Voice.OFSTED, NOBODY)] * 4


def test_a_catalogue_can_say_that_a_document_is_ofsteds() -> None:
    entry = Entry("source 1", {"kind": ("inspection report", Known.SUPPLIED, "")})
    passages = read_document("a", "a.txt", "Inspection of Northbridge\n\nInspectors found pay low.", entry).passages
    assert [(p.voice, p.role) for p in passages if p.searched] == [(Voice.OFSTED, Role.FINDING)]


@given(
    st.text(alphabet=st.sampled_from("aO. \n:'(),"), max_size=60) | st.text(max_size=60), st.sampled_from(list(Kind))
)
def test_whatever_the_text_each_sentence_has_one_voice(text: str, kind: Kind) -> None:
    found = voices(text, Span(0, len(text)), kind, Speaker(), lead_in=text)
    assert [Span(v.start, v.end) for v in found] == sentences(text)


@pytest.mark.parametrize(
    "text",
    [
        "officer " * 10_000,
        "members, " * 10_000,
        "officer" + " " * 50_000,
        "Cllr A" + " A" * 20_000,
        "the director of " * 5_000,
        "officers gave " + "the " * 20_000,
        "members of the " * 5_000,
        "Officers gave an update. " * 2_000,
        "(" * 50_000,
    ],
    ids=lambda text: text[:16],
)
def test_a_page_of_nonsense_is_read_to_its_end(text: str) -> None:
    assert heard(text + ". Officers confirmed it.")[-1][0] is OFFICER


def test_a_pronoun_means_the_person_last_mentioned_in_this_passage_or_the_one_before() -> None:
    text = "11.1 The DCS spoke.\n\n11.2 He reiterated it.\n\n11.3 Pay rose.\n\n11.4 He reiterated it."
    assert [p.voice for p in read_document("a", "a.txt", "Agenda item\n\nPay\n\nMinutes:\n\n" + text).passages[3:]] == [
        NOBODY,
        OFFICER,
        NOBODY,
        NOBODY,
    ]


def test_nobody_speaks_in_a_decision_or_in_an_agendas_introduction() -> None:
    introduction = "Agenda item\n\nPay\n\nThe Director will provide an update.\n\n"
    text = introduction + "Minutes:\n\nText.\n\nRESOLVED that members noted it."
    assert {v.voice for p in read_document("a", "a.txt", text).passages for v in p.voices} == {NOBODY}


def test_each_sentence_is_a_span_of_the_text() -> None:
    text = "Before. Officers confirmed it. Pay rose. After."
    found = voices(text, Span(8, 40), Kind.MINUTES, Speaker())
    assert [Span(v.start, v.end) for v in found] == sentences(text, Span(8, 40)) == [Span(8, 30), Span(31, 40)]
