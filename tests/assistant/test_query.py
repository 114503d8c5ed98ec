"""The officers' search language: what each search asks for, what is a mistake, and that no text is worse than one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.query import HELP, LONGEST, MOST_NEAR, MOST_NESTED, BadQuery, Field, Limit, Query, parse
from index.words.analysis import term, terms, word_spans
from index.words.expression import FARTHEST, All, Any, Expression, Near, Phrase, Without, Word

IMPROVE, BOARD, PLAN = Word("improv"), Word("board"), Word("plan")


def phrase(*words: str) -> Phrase:
    return Phrase(words)


def limit(field: Field, value: str, written: str) -> Limit:
    return Limit(field, value, written.startswith(("-", "–", "NOT")), written)


WORDS = [
    ("", "", ()),
    (" \t\n", "", ()),
    ("board", "board", (BOARD,)),
    ("improvement board", "improvement board", (IMPROVE, BOARD)),
    ("Boards, planning? IMPROVED.", "Boards planning IMPROVED", (BOARD, PLAN, IMPROVE)),
    ("board board", "board board", (BOARD, BOARD)),
    ("the board's plan", "board's plan", (BOARD, PLAN)),
    ("childrens", "childrens", (Word("child"),)),
    ("Siân", "Siân", (Word("sian"),)),
    ("board – plan", "board plan", (BOARD, PLAN)),
    ("board & plan / £ …", "board plan", (BOARD, PLAN)),
    ("looked-after", "looked-after", (phrase("looked", "after"),)),
    ("22/1", "22/1", (phrase("22", "1"),)),
    ("11.4", "11.4", (Word("11.4"),)),
    ("10:30", "10:30", (phrase("10", "30"),)),
    ("10,000", "10,000", (Word("10000"),)),
    ("https://a.gov.uk/x?ID=1", "https://a.gov.uk/x?ID=1", (phrase("https", "a", "gov", "uk", "x", "id", "1"),)),
    ("board AND plan", "board plan", (BOARD, PLAN)),
    ("AND board AND", "board", (BOARD,)),
    ("ORDER NEARLY ANDOVER", "ORDER NEARLY ANDOVER", (Word("order"), Word("near"), Word("andov"))),
    ("board near plan", "board near plan", (BOARD, Word("near"), PLAN)),
    ("board or plan and", "board plan", (BOARD, PLAN)),
    ("board's 'plan'", "board's plan", (BOARD, PLAN)),
    ("council kind", "council kind", (Word("council"), Word("kind"))),
]


@pytest.mark.parametrize(("asked", "text", "plain"), WORDS, ids=[ascii(asked) for asked, *_ in WORDS])
def test_words_rank(asked: str, text: str, plain: tuple[Expression, ...]) -> None:
    query = parse(asked)
    assert (query.text, query.plain, query.required, query.limits) == (text, plain, (), ())


IGNORED = [
    ("the board", ("the",)),
    ("What was the board", ("What", "was", "the")),
    ("the the", ("the",)),
    ("and/or board", ("and/or",)),
    ("don’t", ("don’t",)),
    ("(the board)", ("the",)),
    ("(the) board", ()),
    ("the OR board", ()),
    ("the NEAR board", ()),
    ('"the board"', ()),
    ("-the board", ()),
]


@pytest.mark.parametrize(("asked", "ignored"), IGNORED, ids=[asked for asked, _ in IGNORED])
def test_stop_words_that_stand_alone_are_ignored(asked: str, ignored: tuple[str, ...]) -> None:
    assert parse(asked).ignored == ignored


REQUIRED = [
    ('"improvement board"', "improvement board", phrase("improvement", "board")),
    ("“improvement board”", "improvement board", phrase("improvement", "board")),
    ('“improvement board"', "improvement board", phrase("improvement", "board")),
    ('" The\n Board, "', "The Board", phrase("the", "board")),
    ('"the"', "the", phrase("the")),
    ('"Boards"', "Boards", phrase("boards")),
    ('"council:medway OR (plan"', "council:medway OR (plan", phrase("council", "medway", "or", "plan")),
    ("-plan", "", Without(PLAN)),
    ("–plan", "", Without(PLAN)),
    ("--plan", "", Without(PLAN)),
    ("NOT plan", "", Without(PLAN)),
    ("-the", "", Without(phrase("the"))),
    ("-looked-after", "", Without(phrase("looked", "after"))),
    ('-"care plan"', "", Without(phrase("care", "plan"))),
    ('NOT "care plan"', "", Without(phrase("care", "plan"))),
    ("-(board OR plan)", "", Without(Any((BOARD, PLAN)))),
    ("-(board plan)", "", Without(All((BOARD, PLAN)))),
    ("-(the board)", "", Without(BOARD)),
    ("-(-board)", "", Without(Without(BOARD))),
    ("board OR plan", "board plan", Any((BOARD, PLAN))),
    ("board OR AND plan", "board plan", Any((BOARD, PLAN))),
    ("board OR plan OR improve", "board plan improve", Any((BOARD, PLAN, IMPROVE))),
    ('board OR "a plan"', "board a plan", Any((BOARD, phrase("a", "plan")))),
    ('"board"OR plan', "board plan", Any((phrase("board"), PLAN))),
    ("the OR plan", "the plan", Any((phrase("the"), PLAN))),
    ("board OR -plan", "board", Any((BOARD, Without(PLAN)))),
    ("board OR , plan", "board plan", Any((BOARD, PLAN))),
    ("(board)", "board", BOARD),
    ("((board))", "board", BOARD),
    ("(the)", "the", phrase("the")),
    ("(board plan)", "board plan", All((BOARD, PLAN))),
    ("(board AND plan)", "board plan", All((BOARD, PLAN))),
    ("(board -plan)", "board", All((BOARD, Without(PLAN)))),
    ("(board plan) OR improve", "board plan improve", Any((All((BOARD, PLAN)), IMPROVE))),
    ("(board plan OR improve)", "board plan improve", All((BOARD, Any((PLAN, IMPROVE))))),
    ("(board OR plan) OR improve", "board plan improve", Any((Any((BOARD, PLAN)), IMPROVE))),
    ("(looked-after)", "looked-after", phrase("looked", "after")),
    ("improvement NEAR/5 board", "improvement board", Near(IMPROVE, BOARD, 5)),
    ("improvement NEAR board", "improvement board", Near(IMPROVE, BOARD, 10)),
    (f"plan NEAR/{FARTHEST} board", "plan board", Near(PLAN, BOARD, FARTHEST)),
    ("plan NEAR/1 board", "plan board", Near(PLAN, BOARD, 1)),
    ("plan NEAR the", "plan the", Near(PLAN, phrase("the"), 10)),
    (
        '"the plan" NEAR/3 looked-after',
        "the plan looked-after",
        Near(phrase("the", "plan"), phrase("looked", "after"), 3),
    ),
    ("plan NEAR/2 board NEAR improve", "plan board improve", Near(Near(PLAN, BOARD, 2), IMPROVE, 10)),
    ("plan NEAR/2 (board NEAR improve)", "plan board improve", Near(PLAN, Near(BOARD, IMPROVE, 10), 2)),
    ("plan NEAR (board)", "plan board", Near(PLAN, BOARD, 10)),
    ("plan NEAR board OR improve", "plan board improve", Any((Near(PLAN, BOARD, 10), IMPROVE))),
    ("-(plan NEAR board)", "", Without(Near(PLAN, BOARD, 10))),
]


@pytest.mark.parametrize(("asked", "text", "required"), REQUIRED, ids=[ascii(asked) for asked, *_ in REQUIRED])
def test_all_else_must_hold(asked: str, text: str, required: Expression) -> None:
    query = parse(asked)
    assert (query.text, query.plain, query.required, query.limits) == (text, (), (required,), ())


LIMITS = [
    ("minute:11.4", Field.REFERENCE, "minute 11.4"),
    ("MINUTE:11.4", Field.REFERENCE, "minute 11.4"),
    ("para:3.2", Field.REFERENCE, "para 3.2"),
    ("para:3.3.1", Field.REFERENCE, "para 3.3.1"),
    ("council:medway", Field.COUNCIL, "medway"),
    ("-council:medway", Field.COUNCIL, "medway"),
    ("–council:medway", Field.COUNCIL, "medway"),
    ("NOT council:medway", Field.COUNCIL, "medway"),
    ('council:"south  gloucestershire"', Field.COUNCIL, "south gloucestershire"),
    ("Council:“South Gloucestershire”", Field.COUNCIL, "South Gloucestershire"),
    ('-council:"south gloucestershire"', Field.COUNCIL, "south gloucestershire"),
    ("council:B&NES", Field.COUNCIL, "B&NES"),
    ("body:cabinet", Field.BODY, "cabinet"),
    ("body:cabinet,", Field.BODY, "cabinet"),
    ('body:"Scrutiny (Children)"', Field.BODY, "Scrutiny (Children)"),
    ("kind:minutes", Field.KIND, "minutes"),
    ("kind:report", Field.KIND, "report"),
    ("kind:reports", Field.KIND, "report"),
    ("kind:inspection", Field.KIND, "inspection report"),
    ('kind:"inspection report"', Field.KIND, "inspection report"),
    ("kind:document", Field.KIND, "document"),
    ("role:decision", Field.ROLE, "decision"),
    ("role:Decisions", Field.ROLE, "decision"),
    ("role:heading", Field.ROLE, "heading matter"),
    ("voice:officer", Field.VOICE, "officer"),
    ("-voice:members", Field.VOICE, "member"),
    ("voice:ofsted", Field.VOICE, "Ofsted"),
    ("voice:reported", Field.VOICE, "Ofsted as reported"),
    ('voice:"Ofsted as reported"', Field.VOICE, "Ofsted as reported"),
    ("voice:author", Field.VOICE, "report author"),
    ("voice:unstated", Field.VOICE, "not stated"),
    ('voice:"not stated"', Field.VOICE, "not stated"),
    ("outcome:agreed", Field.OUTCOME, "agreed"),
    ("outcome:resolved", Field.OUTCOME, "resolved"),
    ("outcome:recommended", Field.OUTCOME, "recommended only"),
    ("outcome:none", Field.OUTCOME, "none recorded"),
    ("document:medway-cabinet-2019-09-03", Field.DOCUMENT, "medway-cabinet-2019-09-03"),
    ("from:2019", Field.FROM, "2019-01-01"),
    ("from:2019-09", Field.FROM, "2019-09-01"),
    ("from:2019-9", Field.FROM, "2019-09-01"),
    ("from:2019-09-03", Field.FROM, "2019-09-03"),
    ("from:03/09/2019", Field.FROM, "2019-09-03"),
    ('from:"3 September 2019"', Field.FROM, "2019-09-03"),
    ('from:"Sept 2019"', Field.FROM, "2019-09-01"),
    ("to:2020", Field.TO, "2020-12-31"),
    ("to:2020-02", Field.TO, "2020-02-29"),
    ("to:2019-02.", Field.TO, "2019-02-28"),
    ("to:“3rd September 2019”", Field.TO, "2019-09-03"),
]


@pytest.mark.parametrize(("asked", "field", "value"), LIMITS, ids=[ascii(asked) for asked, *_ in LIMITS])
def test_fields_limit(asked: str, field: Field, value: str) -> None:
    assert parse(asked) == Query(asked, limits=(limit(field, value, asked),))


def test_all_of_it_together() -> None:
    asked = (
        'the plan council:medway -body:cabinet (board OR "care leavers") -adoption improvement from:2019 to:2019 plans'
    )
    assert parse(asked) == Query(
        asked,
        "plan board care leavers improvement plans",
        (PLAN, IMPROVE, PLAN),
        (Any((BOARD, phrase("care", "leavers"))), Without(Word("adopt"))),
        (
            Limit(Field.COUNCIL, "medway", False, "council:medway"),
            Limit(Field.BODY, "cabinet", True, "-body:cabinet"),
            Limit(Field.FROM, "2019-01-01", False, "from:2019"),
            Limit(Field.TO, "2019-12-31", False, "to:2019"),
        ),
        ("the",),
    )


def test_or_is_between_the_two_beside_it() -> None:
    query = parse("improve board OR plan")
    assert (query.plain, query.required) == ((IMPROVE,), (Any((BOARD, PLAN)),))


def test_plain_words_are_required_for_every_mention() -> None:
    query = parse('improve "the plan" board')
    assert query.expression(every=False) == All((phrase("the", "plan"),))
    assert query.expression(every=True) == All((phrase("the", "plan"), IMPROVE, BOARD))
    assert parse("board").expression(every=False) == All()


@pytest.mark.parametrize(("example", "finds"), HELP, ids=[example for example, _ in HELP])
def test_the_examples_of_the_help_are_searches(example: str, finds: str) -> None:
    query = parse(example)
    assert finds
    assert query.plain or query.required or query.limits


FIELDS = ("minute:", "para:", "council:", "body:", "kind:", "role:", "voice:", "outcome:", "document:", "from:", "to:")
LACKS = "lacks a word"
WHOLE = "applies to the whole search"
MISTAKES = [
    ("note:", ("“note:”", "no field", *FIELDS)),
    ("plan Note:11", ("“Note:11”", "no field")),
    ("(note:11)", ("“note:11”", "no field")),
    ("well-being: plan", ("“well-being:”", "no field")),
    ("reference:11.4", ("“reference:11.4”", "no field")),
    ('"care leavers', ('“"care leavers”', "not closed")),
    ('plan "', ('“"”', "not closed")),
    ('council:"south', ('“"south”', "not closed")),
    ('""', ('“""”', "no word")),
    ("“ ”", ("no word",)),
    ('"..."', ("no word",)),
    ("(board OR plan", ("“(board OR plan”", "not closed", "“)”")),
    ("((board) plan", ("“((board) plan”", "not closed")),
    ("board) plan", ("“)”", "never opened")),
    ("()", ("“()”", "no word")),
    ("plan (,) board", ("“(,) board”", "no word")),
    ("(council:medway)", ("“council:medway”", WHOLE)),
    ("OR", ("“OR”", LACKS)),
    ("OR board", ("“OR board”", LACKS)),
    ("board OR", ("“board OR”", LACKS)),
    ("board OR OR plan", ("“OR OR plan”", LACKS)),
    ("(board OR) plan", ("“board OR) plan”", LACKS)),
    ("(OR board)", ("“(OR board)”", LACKS)),
    ("board OR ,", ("“board OR ,”", LACKS)),
    ("NEAR board", ("“NEAR board”", LACKS)),
    ("board NEAR/5", ("“board NEAR/5”", LACKS)),
    ("board NEAR OR plan", ("“NEAR OR plan”", LACKS)),
    ("-", ("“-”", LACKS)),
    ("NOT", ("“NOT”", LACKS)),
    ("board -", ("“board -”", LACKS)),
    ("board - plan", ("“- plan”", "without a space")),
    ("- council:medway", ("“- council:medway”", "without a space")),
    ("(-)", (LACKS,)),
    ("- -board", (LACKS,)),
    ("NOT NOT board", ("“NOT NOT board”", LACKS)),
    ("-OR board", (LACKS,)),
    (f"board NEAR/{FARTHEST + 1} plan", (f"“NEAR/{FARTHEST + 1}”", f"1 to {FARTHEST}")),
    ("board NEAR/0 plan", ("“NEAR/0”", "1 to")),
    ("board NEAR/ plan", ("“NEAR/”", "1 to")),
    ("board NEAR/five plan", ("“NEAR/five”", "1 to")),
    ("board NEAR/²  plan", ("“NEAR/²”", "1 to")),
    (f"board NEAR/{'9' * 900} plan", ("1 to",)),
    ("board NEAR (plan OR panel)", ("“board NEAR (plan OR panel)”", "beside a group")),
    ("board NEAR -plan", ("“board NEAR -plan”", "beside a group or a “-”")),
    ("-board NEAR plan", ("beside a group or a “-”",)),
    ("council:medway OR plan", ("“council:medway”", WHOLE, "council:medway council:kent")),
    ("plan OR council:medway", ("“council:medway”", WHOLE)),
    ("plan OR -council:medway", ("“-council:medway”", WHOLE)),
    ("plan NEAR council:medway", ("“council:medway”", WHOLE)),
    ("council:medway NEAR plan", ("“council:medway”", WHOLE)),
    ("(plan council:medway)", ("“council:medway”", WHOLE)),
    ("-(council:medway)", ("“council:medway”", WHOLE)),
    ("council:", ("“council:”", "after the colon")),
    ("council: medway", ("“council:”", "after the colon")),
    ("kind:,", ("“kind:,”", "after the colon")),
    ('body:""', ('“body:""”', "after the colon")),
    ("kind:letter", ("“kind:letter”", "minutes, report, inspection, document")),
    ("kind:the", ("“kind:the”", "minutes, report, inspection, document")),
    (
        "role:vote",
        ("“role:vote”", "discussion, finding, judgement, recommendation, decision, risk, action, heading"),
    ),
    ("voice:mayor", ("“voice:mayor”", "ofsted, reported, officer, member, author, unstated")),
    ("outcome:lost", ("“outcome:lost”", "resolved, agreed, noted, decided, recommended, none")),
    ("from:yesterday", ("“from:yesterday”", "no date", "from:2019-09", 'from:"3 September 2019"')),
    ("to:2019-13", ("“to:2019-13”", "no date", "to:2019-09")),
    ("to:2019-02-30", ("“to:2019-02-30”", "no date")),
    ("from:0000-01", ("“from:0000-01”", "no date")),
    ("from:September 2019", ("“from:September”", "no date")),
    ("from:2020 to:2019", ("“from:2020 to:2019”", "ends before it begins")),
    ("to:2019-08 plan from:2019-09", ("“from:2019-09 to:2019-08”", "ends before it begins")),
    ("from:2019 from:2020", ("“from:2019 from:2020”", "once")),
    ("-to:2019", ("“-to:2019”", "without a “-”")),
    ("x" * (LONGEST + 1), ("1,001", "1,000")),
    ("(" * (MOST_NESTED + 1) + "board" + ")" * (MOST_NESTED + 1), ("“(board)", f"at most {MOST_NESTED}")),
    ("(" * LONGEST, ("at most",)),
    ('"' * LONGEST, ("no word",)),
    ('("' * (LONGEST // 2), ("no word",)),
    (" NEAR ".join(["board"] * (MOST_NEAR + 2)), ("11 NEARs", "10 at most")),
]


@pytest.mark.parametrize(("asked", "said"), MISTAKES, ids=[ascii(asked)[:40] for asked, _ in MISTAKES])
def test_mistakes_are_explained(asked: str, said: tuple[str, ...]) -> None:
    with pytest.raises(BadQuery) as raised:
        parse(asked)
    assert [part for part in said if part not in str(raised.value)] == []


def test_what_is_just_within_the_bounds_is_read() -> None:
    assert parse("x" * LONGEST).text == "x" * LONGEST
    assert parse("(" * MOST_NESTED + "board" + ")" * MOST_NESTED).required == (BOARD,)
    assert len(parse(" NEAR ".join(["board"] * (MOST_NEAR + 1))).required) == 1
    assert len(parse("-a " * 333).required) == 333


def test_a_mistake_repeats_no_more_than_shows_where_it_is() -> None:
    with pytest.raises(BadQuery) as raised:
        parse("(" + "board " * 160)
    assert len(str(raised.value)) < 200


def positive(expression: Expression) -> list[str]:
    """The terms looked for, in order."""
    match expression:
        case Word(stem):
            return [stem]
        case Phrase(words):
            return [found for word in words if (found := term(word))]
        case Near(left, right, _):
            return positive(left) + positive(right)
        case Any(parts) | All(parts):
            return [found for part in parts for found in positive(part)]
        case Without(_):
            return []


def held(asked: str) -> None:
    """A search is read, or explained as a mistake; what is read is consistent."""
    try:
        query = parse(asked)
    except BadQuery as mistake:
        assert "“" in str(mistake)
        return
    looked_for = [found for part in (*query.plain, *query.required) for found in positive(part)]
    ranked = [found for word, _, _ in word_spans(query.text) if (found := term(word))]
    assert sorted(ranked) == sorted(looked_for)
    assert all(one.written in asked for one in query.limits)
    assert all(not terms(word) for word in query.ignored)


@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_read_or_explained(asked: str) -> None:
    held(asked)


PIECES = (
    *("board", "plan", "the", "looked-after", "22/1", "Siân", "(", ")", "(", ")", '"', "“care leavers”", '"the plan"'),
    *(
        "OR",
        "AND",
        "NOT",
        "NEAR",
        "NEAR/5",
        "NEAR/99",
        "-",
        "–",
        ",",
        "?",
        ":",
        " ",
        " ",
        " ",
        "\u00a0",
        "https://a.uk",
    ),
    *(
        "council:medway",
        'council:"a b"',
        "from:2019",
        "to:2018-02",
        "kind:",
        "role:decision",
        "note:",
        "'",
        "\x00",
        "ʼ",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(("", " ")))
def test_any_composition_is_read_or_explained(pieces: list[str], between: str) -> None:
    held(between.join(pieces))


# What each of these looks for, wherever it stands among the others.
CLAUSES = (
    *(("board", ["board"]), ("the", []), ("Plans,", ["plan"]), ("looked-after", ["look"]), ('"the board"', ["board"])),
    *(("-plan", []), ('-"care plan"', []), ("NOT (board OR plan)", []), ("board OR -plan", ["board"])),
    *(("(plan OR board)", ["plan", "board"]), ("plan NEAR/3 board", ["plan", "board"]), ("council:medway", [])),
)


@given(st.lists(st.sampled_from(CLAUSES)).filter(lambda chosen: len(" ".join(asked for asked, _ in chosen)) <= 900))
def test_what_is_ranked_is_what_is_looked_for(chosen: list[tuple[str, list[str]]]) -> None:
    if sum("NEAR" in asked for asked, _ in chosen) > MOST_NEAR:
        return
    query = parse(" ".join(asked for asked, _ in chosen))
    assert list(terms(query.text)) == [found for _, looked_for in chosen for found in looked_for]
