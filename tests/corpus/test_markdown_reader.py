"""Reading Markdown: its signs become headings, lists and rows, and HTML within it stays words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading import markdown
from corpus.reading.reading import UnreadableFile

WRITTEN: dict[str, tuple[str, list[str]]] = {
    "a paragraph on lines": ("Staff left\nin May.\n\nMore came.", ["Staff left in May.", "More came."]),
    "lists": ("- one\n- two\n\n3. three\n4. four\n", ["- one", "- two", "3. three", "4. four"]),
    "a table": ("| A | B |\n|---|---|\n| c | d |\n", ["A\tB", "---\t---", "c\td"]),
    "HTML": (
        "<b>bold</b> <script>x</script>\n\n<div>block</div>",
        ["<b>bold</b> <script>x</script>", "<div>block</div>"],
    ),
    "signs": ("*Not* **now** `code` [here](https://a.example) &amp; there", ["Not now code here & there"]),
    "links": (
        "[A *plan*](a.md 'T') [b][1] ![graph](g.png) [c](x_(y)) <https://a.example> \\[d](e)\n\n[1]: https://b.example",
        ["A plan b c https://a.example [d](e)"],
    ),
    "brackets that are words": ("[sic] (a) [x] (y) array[1]", ["[sic] (a) [x] (y) array[1]"]),
    "struck out": ("un~~safe~~sure", ["unsure"]),
    "Windows's line ends": ("One\r\ntwo.\r\n\r\nThree.", ["One two.", "Three."]),
    "properties": ("---\ntitle: Plan\ntags:\n  - a\n---\nText", ["Text"]),
    "a rule is no property": ("---\n\nText\n\n---\n\nMore", ["Text", "More"]),
}


@pytest.mark.parametrize(("written", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_signs_become_lines(written: str, expected: list[str]) -> None:
    assert markdown.reading(written).text.removesuffix("\n").split("\n\n") == expected


def test_headings_keep_their_levels(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Plan\n\nText\n\n## Staff\n\n### Pay\n\nAgain\n---\n", encoding="utf-8")
    found = markdown.read(tmp_path / "a.md")
    marked = [(found.text[heading.start :].split("\n")[0], heading.level) for heading in found.headings]
    assert marked == [("Plan", 1), ("Staff", 2), ("Pay", 3), ("Again", 2)]


def test_properties_are_said_to_be_left_out() -> None:
    assert markdown.reading("---\ntitle: Plan\n---\nText").notes == ("the properties above its text were not read",)


REFUSED: dict[str, tuple[bytes, str]] = {
    "blank": (b" \n", "holds no text"),
    "signs alone": (b"# \n\n---\n", "holds no text"),
    "not UTF-8": (b"caf\xe9", "is not UTF-8 text"),
    "too large": (b"a " * (1024 * 1024 + 1), "is larger than 2 MB"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        markdown.read(tmp_path / "a.md")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        markdown.read(tmp_path / "nowhere.md")


HOSTILE: dict[str, str] = {
    "quotes within quotes": ">" * 5000 + " x\n\ndeep words",
    "brackets": "[" * 50_000 + " deep words",
    "links that do not end": "[a](b" * 20_000 + " deep words",
    "titles that do not end": '[a](b "' * 20_000 + " deep words",
    "stars": "*a " * 20_000 + "deep words",
    "columns": "|" * 5000 + "\n" + "|-" * 5000 + "\n\ndeep words",
    "ticks": "".join("`" * n + " " for n in range(1, 400)) + "deep words",
}


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_hostile_signs_are_read(written: str) -> None:
    assert "deep words" in markdown.reading(written).text


@given(st.text(st.sampled_from("#->|*_`~[]()!<&;:.1a \n\t"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        assert markdown.reading(written).text.strip()
    except UnreadableFile:
        return
