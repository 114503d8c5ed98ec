"""Words held against a corpus: what is mended, what never is, what is added, and which are names."""

import pytest
from asking import DOCUMENTS
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions import councils
from assistant.questions.vocabulary import Vocabulary, expansions, switch

CORPUS = (
    "The recruitment and retention of social workers remained a concern. Recruitment was slow.",
    "Members met the MACH, and the recruitment of social workers from India was agreed. Caseloads fell.",
    "Staffing is tight, said the Director. Sue Butcher spoke.",
)
VOCABULARY = Vocabulary.of(CORPUS, ["Middlesbrough", "Isle of Wight", "Norfolk"])


@pytest.mark.parametrize(
    ("question", "text", "mended"),
    [
        (
            "recrutment adn retension",
            "recruitment and retention",
            {"recrutment": "recruitment", "adn": "and", "retension": "retention"},
        ),
        ("caselaods in Midlesbrough", "Caseloads in Middlesbrough", None),
        ("social workers’ retension", "social workers' retention", {"retension": "retention"}),
        ("recruiting workers", "recruiting workers", {}),
        ("concerned about retention", "concerned about retention", {}),
        ("pulling their weight", "pulling their weight", {}),
        ("the isle of wight", "the isle of wight", {}),
        ("what is RETENSION", "what is RETENSION", {}),
        ("overseas turnover", "overseas turnover", {}),
        ("zebra crossings", "zebra crossings", {}),
    ],
    ids=[
        "two slips",
        "a council misspelt",
        "apostrophes are folded only when mended",
        "another form of a known word",
        "a known stem",
        "no part of a name is spelt toward",
        "a part of a name is known",
        "capitals are acronyms",
        "words of the glossary",
        "nothing near",
    ],
)
def test_spelling(question: str, text: str, mended: dict[str, str] | None) -> None:
    words = VOCABULARY.read(question)
    assert words.text == text
    if mended is not None:
        assert words.mended == mended


# Words as people mistype them, each with what it is meant for.
MISTYPED = """
    wich=which wat=what wen=when whta=what waht=what wht=what teh=the hte=the adn=and abuot=about abot=about
    thier=their taht=that memebr=member membr=member veiw=view dyas=days meting=meeting meetign=meeting
    pannel=panel referal=referral referals=referrals middlesbro=Middlesboro Midlesbrough=Middlesbrough
    middlesborough=Middlesbrough medwy=Medway medwya=Medway gloucstershire=Gloucestershire
    leicestershre=Leicestershire asessmnts=assessments asessments=assessments leevers=leavers
    recrutment=recruitment recruitmnet=recruitment retension=retention caselaods=caseloads caselods=caseloads
    elenor=Eleanor butchr=Butcher ofsed=Ofsted ofstd=Ofsted osfted=Ofsted inspecton=inspection
    inspetion=inspection safegaurding=safeguarding commitee=committee comittee=committee comitte=committee
    councilor=councillor councelor=councillor socail=social wrokers=workers shcool=school shool=school
    improvment=improvement recomendations=recommendations recomended=recommended reccomend=recommend
    decison=decision decsion=decision desicion=decision agred=agreed resloved=resolved resovled=resolved
    minuets=minutes bord=board parnting=parenting parentng=parenting cabnet=cabinet directer=director
    comissioner=commissioner commisioner=commissioner permanant=permanent acomodation=accommodation
    foriegn=foreign govenment=government stratagy=strategy qualty=quality managment=management
    performnce=performance partnrs=partners helth=health educaton=education vunerable=vulnerable
    vulnerble=vulnerable runawys=runaways happend=happened metioned=mentioned mentiond=mentioned
    discused=discussed plese=please numbr=number percentge=percentage montioring=monitoring vist=visit
    iindependent=independent indipendent=independent regrading=regarding manged=managed
"""
# Words that are right, though the five documents hold few of them: good English in British and American spelling, the
# jargon and abbreviations of the field, places, surnames, and what people type on a telephone.
RIGHT = """
    deadline headline EHCP EHCPs ehcp ehcps cd pls 2nd 1st 3rd covid19 whos whats dont doesnt wont asap kids
    teens hrs wks mins sch govt dept approx admin info exec cllr cllrs dcs lado iro mash ilacs jtai send neet
    camhs CAMHS cafcass Cafcass Ofsted ofsted's YOT yot NHS nhs GP gps PEP peps SENCO senco SENCOs UASC asye
    ASYE CIN cic LAC lac cla plo sgo ISO DBS dbs outturn virement tranche tranches clawback ringfenced
    benchmarking whistleblowing safeguarded safeguards signposting triage kinship fostering fosterers carers
    carer leavers leaver behaviour behaviours organisation programme centre labour judgment judgement
    neighbourhood paediatrician Gillingham gillingham Rochester Chatham Strood Rainham Stroud Cheltenham
    Tewkesbury Loughborough Hinckley Melton Hemlington Thornaby Coulby Gresham Sheppey Telford Wirral Sandwell
    Kirklees Patel Hussain Begum Khan Singh Smith Jones Iqbal Mackintosh Mendoza Okafor Nguyen Walsh Hobbs
    Spragg Potter Carr Leng Ahmed patel hussain begum khan singh smith jones iqbal mendoza okafor nguyen walsh
    hobbs potter carr ahmed zebra overseas turnover weight wight Norfolk form from mach MACH nando's tiktok
    whatsapp iphone chatbot zoom covid brexit academisation multiagency wellbeing Doncaster Rotherham
    Northamptonshire commissioner budget austerity lockdown furlough Hackney Tower Hamlets Havering barnardo's
    Barnardos NSPCC unison Unison Essex Coram Frontline frontline SEND2 section20 cared cares caring placing
    placements adopter adopters reoffending radicalisation gangs county lines exploitation truancy bullying
    autism dyslexia interpreter breastfeeding gambling tenancy mould damp cladding ward wards poll count whip
    quorum abstained seconded amendment motion petition chair vice clerk
"""


@pytest.fixture(scope="module")
def five() -> Vocabulary:
    """The vocabulary of the five documents."""
    return Vocabulary.of((path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("*.txt")), councils.all_forms())


@pytest.mark.parametrize("pair", MISTYPED.split())
def test_a_mistyped_word_is_mended(five: Vocabulary, pair: str) -> None:
    typed, meant = pair.split("=")
    assert {w: right.lower() for w, right in five.read(f"so {typed}").mended.items()} == {typed: meant.lower()}


@pytest.mark.parametrize("word", RIGHT.split())
def test_a_word_that_is_right_is_kept(five: Vocabulary, word: str) -> None:
    assert five.read(f"so {word}").mended == {}


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what did elenor brasil say", "what did Eleanor Brazil say"),
        ("who is eleanor brasil", "who is eleanor Brazil"),
        ("is brasil a country", "is brasil a country"),
        ("medwy's plan", "Medway's plan"),
        ("wat abuot teh comittee", "what about the Committee"),
        ("Recrutment in MEDWY", "recruitment in MEDWY"),
        ("hwo or hwo many", "hwo or hwo many"),
    ],
    ids=[
        "a name in small letters",
        "an English word behind a first name",
        "the same word alone",
        "a possessive",
        "as the corpus most often writes it, not in capitals",
        "capitals are left",
        "a short word with a choice",
    ],
)
def test_words_beside_each_other(five: Vocabulary, question: str, text: str) -> None:
    assert five.read(question).text == text


def test_no_word_is_mended_to_an_acronym() -> None:
    vocabulary = Vocabulary.of(["The CORAG met and RESOLVED it."])
    assert vocabulary.read("so coram and corag").mended == {}
    assert vocabulary.read("so resovled").mended == {"resovled": "RESOLVED"}


def test_what_is_taken_back_is_not_done() -> None:
    question = "recrutment to the MASH for kids, and retension"
    words = VOCABULARY.read(question)
    done = [switch("spelling", word) for word in words.mended] + [switch("also", word) for word, _ in words.also]
    assert done == ["spelling:recrutment", "spelling:retension", "also:kids", "also:MASH"]
    undone = VOCABULARY.read(question, {"spelling:recrutment", "also:MASH"})
    assert undone.text == "recrutment to the MASH for kids, and retention"
    assert undone.also == (("kids", "children"),)
    assert VOCABULARY.read(question, frozenset(done)).text == question


def test_what_was_mended_in_earlier_turns_is_kept_with_what_is_carried() -> None:
    earlier, last = VOCABULARY.read("recrutment and caselaods"), VOCABULARY.read("and the retension")
    both = VOCABULARY.read("recruitment and the retention").after((earlier, last))
    assert both.mended == {"recrutment": "recruitment", "retension": "retention"}


@pytest.mark.parametrize("text", CORPUS)
def test_words_of_the_corpus_are_never_changed(text: str) -> None:
    assert VOCABULARY.read(text).mended == {}
    assert VOCABULARY.read(text).text == text


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("what is the MASH", (("MASH", "multi-agency safeguarding hub"),)),
        ("what is the mash", ()),
        ("who is the lado", (("LADO", "local authority designated officer"),)),
        ("who is an hr", ()),
        ("how many EHCPs", (("EHCP", "education, health and care plan"),)),
        ("how many ehcps", (("EHCP", "education, health and care plan"),)),
        ("WHO RUNS IT AND THE EHCP", (("EHCP", "education, health and care plan"),)),
        ("who runs human resources", (("human resources", "HR"),)),
        ("what is the MACH", ()),
        ("is HR involved", (("HR", "human resources"),)),
        ("HR human resources", ()),
        ("what kids said", (("kids", "children"),)),
    ],
    ids=[
        "written out",
        "a word, and not in capitals",
        "no word",
        "two small letters",
        "several",
        "several in small letters",
        "a shout is read as small letters",
        "the other way about",
        "not in the glossary",
        "two letters",
        "said already",
        "an ordinary word",
    ],
)
def test_official_words(question: str, also: tuple[tuple[str, str], ...]) -> None:
    assert VOCABULARY.read(question).also == also


DEFINING = Vocabulary.of(
    [
        "The Multi-Agency Safety Huddle (MASH) met. The Access and Support Team (AaST) met.",
        "Ofsted (Office for Standards in Education).",
        "The Multi-Agency Safety Huddle (MASH). The Member Advice Shop (MASH). An Involved Team (IT) was formed.",
    ]
)


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("what is the MASH", (("MASH", "Multi-Agency Safety Huddle"),)),
        ("what is the mash", ()),
        ("the AaST and aast", (("AAST", "Access and Support Team"),)),
        ("the multi agency safety huddle’s work", (("Multi-Agency Safety Huddle", "MASH"),)),
        ("is the MASH a multi-agency safety huddle", ()),
        ("what did Ofsted say", ()),
        ("IS IT BLUE", ()),
        ("who runs IT", (("IT", "Involved Team"),)),
    ],
    ids=[
        "the definition given most often, and not the glossary's",
        "a word in small letters",
        "no word in small letters",
        "written out",
        "both",
        "a name is no acronym",
        "a shout",
        "two capitals",
    ],
)
def test_acronyms_that_the_documents_define(question: str, also: tuple[tuple[str, str], ...]) -> None:
    assert DEFINING.read(question).also == also


def test_an_acronym_that_a_searched_document_writes_is_looked_up_as_it_is() -> None:
    words = VOCABULARY.read("who runs the MASH with HR")
    assert words.besides({"MASH"}).also == (("HR", "human resources"),)
    assert words.besides(()).also == words.also != ()
    written_out = VOCABULARY.read("who runs human resources")
    assert written_out.besides({"HR"}).also == (("human resources", "HR"),)
    assert written_out.besides({"MASH"}).also == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("how many came from India", ("India",)),
        ("what did she say about Gloucester Cathedral", ("Gloucester", "Cathedral")),
        ("what did Sue Butcher say to them", ("Butcher",)),
        ("India sent some", ()),
        ("what of Recruitment and Retention in it", ()),
        ("what did Councillors and the Director say", ()),
        ("what about Recrutment here", ()),
        ("Social Workers From India", ()),
        ("what did it say about Staffing", ()),
    ],
    ids=[
        "written only with a capital",
        "unknown",
        "a surname; Sue opens a sentence of the corpus",
        "first in a sentence",
        "common words",
        "posts",
        "misspelt",
        "all in capitals",
        "capital only where a sentence opens",
    ],
)
def test_names(question: str, names: tuple[str, ...]) -> None:
    assert VOCABULARY.read(question).names == names


def test_expansions_are_of_whole_words() -> None:
    assert expansions("kidskin") == ()
    assert ("went well", "positives") in expansions("what went well?")


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    words = VOCABULARY.read(text)
    assert words == VOCABULARY.read(text)
    assert words.mended or words.text == text
    assert VOCABULARY.read(words.text).mended == {}


@pytest.mark.parametrize(
    "text", ["a" * 1000, "'" * 1000, "recrutmen" * 111, "ab'" * 333, "\u202erecruit\u0000ment", "<b>retension</b>"]
)
def test_hostile_words_are_read(text: str) -> None:
    assert isinstance(VOCABULARY.read(text).text, str)
