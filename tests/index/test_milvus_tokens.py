"""Terms as words that an engine leaves as they are, and values that hold any text. No server is needed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.milvus import schema, tokens, values

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("term", "token"),
    [
        ("caseload", "caseload"),
        ("2019", "2019"),
        ("3.5", "0x427af9e31595b490"),
        ("café", "0x"),
        ("", "0x"),
        ("a" * 33, "0x"),
        ('" or true or "', "0x"),
    ],
    ids=["plain", "digits", "point", "accent", "nothing", "long", "hostile"],
)
def test_a_plain_term_is_its_own_token_and_any_other_a_hash(term: str, token: str) -> None:
    found = tokens.token(term)
    assert found == token if len(token) != 2 else re.fullmatch(r"0x[0-9a-f]{16}", found)


@given(st.sets(TEXTS, max_size=8))
def test_tokens_pass_through_a_tokenizer_that_splits_and_folds(terms: set[str]) -> None:
    joined = tokens.tokens(sorted(terms))
    read = re.findall(r"[^\W_]+", joined.lower())
    assert read == joined.split()
    assert len(set(read)) == len(terms)


@given(TEXTS)
def test_what_stands_in_a_condition_is_letters_and_digits(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+", tokens.of_stem(text) + tokens.of_word(text))
    assert 0 <= tokens.number(text) < 2**63


def test_a_passage_with_more_words_than_a_value_holds_may_hold_anything() -> None:
    assert tokens.own_words("Caseloads rose.") == "wcaseloads wrose scaseload srose"
    many = " ".join(f"word{number}" for number in range(8_000))
    assert tokens.own_words(many) == tokens.ANYTHING
    assert len(tokens.tokens(f"term{number}" for number in range(9_000))) <= schema.LONGEST_VALUE


def test_a_reference_is_inside_those_that_it_begins_with() -> None:
    inside = tokens.references("minute 11.4, second bullet, paragraph 2")
    assert inside == [
        tokens.number(one)
        for one in ("minute 11.4", "minute 11.4, second bullet", "minute 11.4, second bullet, paragraph 2")
    ]
    assert len(tokens.references(", " * 100)) == schema.MOST_REFERENCES


@given(st.binary(max_size=500))
def test_any_bytes_come_back(content: bytes) -> None:
    assert values.unpacked(values.packed(content)) == content


def test_long_content_is_cut_into_values_that_fit() -> None:
    content = bytes(range(256)) * 3_000 + "\ud800".encode("utf-8", "surrogatepass")
    noise = b"".join(number.to_bytes(3, "big") for number in range(200_000))
    for one in (content, noise):
        cut = values.packed(one)
        assert all(0 < len(value) <= schema.LONGEST_VALUE and value.isascii() for value in cut)
        assert values.unpacked(cut) == one
    assert len(values.packed(noise)) > 3


def test_values_that_are_not_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="not as it was written"):
        values.unpacked(values.packed(b"x" * 1_000)[0][:10])


def test_few_passages_are_searched_exactly_and_many_by_a_graph_and_sentences_not_at_all() -> None:
    for rows, kind in ((schema.EXACT_UP_TO, "FLAT"), (schema.EXACT_UP_TO + 1, "HNSW_SQ")):
        (index,) = [one for one in schema.passages(8).indexes(rows) if one.field == "vector"]
        assert index.kind == kind
        (index,) = [one for one in schema.sentences(8).indexes(rows) if one.field == "vector"]
        assert index.kind == "FLAT"
    (weight,) = [one for one in schema.passages(8).indexes(1) if one.field == "bm25"]
    assert weight.parameters == {"bm25_k1": 1.5, "bm25_b": 0.75}
