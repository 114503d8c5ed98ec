"""Words: spelling held against the corpus, the official words for ordinary ones, and acronyms written out.

What is changed or added is kept, so that a page can show it and a person can take it back.
"""

import re
import tomllib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from assistant.answer import ALSO, SPELLING
from assistant.questions.spelling import Spelling, english
from assistant.questions.topic import FRAMING
from corpus.folding import fold
from index.knowledge.spellings import CAPITAL, WORD, Spellings
from index.words.analysis import STOP_WORDS, terms

_GLOSSARY = Path(__file__).with_name("glossary.toml")
# What stands in front of a word that does not open a sentence or a line.
_IN_SENTENCE = re.compile(r"[\w,)\]] ['\"(]?\Z")
# Posts have a capital out of courtesy, and are no names.
_POSTS = frozenset(terms("chair chairman chairwoman councillor cllr commissioner director inspector member officer"))
# An acronym in small letters ("ehcp") is one if it is no English word, and has this many; "hr" may be anything.
_SHORTEST_SMALL = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A question's text with misspelt words mended, what was mended, and what is searched for as well.

    ``also`` holds pairs of the question's own word and the official one. ``names`` are the question's proper names.
    """

    text: str
    mended: Mapping[str, str]
    also: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()

    def besides(self, written: Container[str]) -> "Words":
        """These words, with the acronyms that the documents searched have ``written`` looked up as they are.

        Written out, the common words of "inspection of local authority children's services" would drown ILACS. The
        other way about, an acronym is added only where it is written.
        """
        return replace(
            self, also=tuple(pair for pair in self.also if pair[0] not in written and _is_written(pair[1], written))
        )

    def after(self, turns: Iterable["Words"]) -> "Words":
        """These words, which were carried from ``turns``, with what was mended there."""
        words = set(WORD.findall(self.text))
        return replace(self, mended={w: right for turn in turns for w, right in turn.mended.items() if right in words})


class Vocabulary:
    """The words of a corpus, its acronyms, and the names that questions may use. It is read when it is first asked."""

    def __init__(self, spellings: Spellings, names: Iterable[str] = ()) -> None:
        """The vocabulary of a corpus, of ``names``, of the glossary, and of questions.

        The ``spellings`` have those names that are one word, so that no spelling is mended to a part of a name:
        "weight" is not the Wight of the Isle of Wight.
        """
        self._spellings = spellings
        self._known_names = tuple(names)

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str] = ()) -> "Vocabulary":
        """The vocabulary of ``texts`` and ``names``, kept in memory."""
        names = list(names)
        return cls(Spellings.of([*texts, *(name for name in names if name.isalpha())]), names)

    @cached_property
    def _spelling(self) -> Spelling:
        words, acronyms = _glossary()
        asking = [word for word in (*STOP_WORDS, *FRAMING.split()) if word in english()]
        known = [word.lower() for name in (*self._known_names, *acronyms) for word in WORD.findall(name)]
        return Spelling(self._spellings, [*asking, *(word for phrase in words for word in phrase.split())], known)

    @cached_property
    def _acronyms(self) -> Mapping[str, str]:
        """The long form of each acronym, in capitals: the corpus's own, where it has one."""
        return {**_glossary()[1], **self._spellings.defined}

    @cached_property
    def _long_forms(self) -> Mapping[str, Sequence[tuple[int, str, str, tuple[str, ...]]]]:
        """By the first term of a long form: its place among the acronyms, the acronym, the long form and its terms."""
        found: dict[str, list[tuple[int, str, str, tuple[str, ...]]]] = {}
        for place, (short, long) in enumerate(self._acronyms.items()):
            if len(words := terms(long)) > 1:
                found.setdefault(words[0], []).append((place, short, long, words))
        return found

    def read(self, question: str, without: Collection[str] = ()) -> Words:
        """Mend what is misspelt in ``question``, and find the official words for its ordinary ones.

        ``without`` holds what the person took back: the values of :func:`switch`.
        """
        mended: dict[str, str] = {}
        before = ""

        def spelling(match: re.Match[str]) -> str:
            nonlocal before
            right = None if switch(SPELLING, match[0]) in without else self._right(match[0], before)
            before = right or match[0]
            if right is not None:
                mended[match[0]] = right
            return before

        text = WORD.sub(spelling, fold(question))
        also = (*expansions(text, self._acronyms), *self._shortened(text))
        kept = tuple(pair for pair in also if switch(ALSO, pair[0]) not in without)
        return Words(text if mended else question, mended, kept, tuple(self._names(text)))

    def _names(self, text: str) -> list[str]:
        """The words with a capital that the corpus never writes without; a question all in Capitals has none."""
        written = list(WORD.finditer(text))
        capital = [word for word in written if CAPITAL.fullmatch(word[0])]
        if len(capital) * 2 > len(written):
            return []
        return [word[0] for word in capital if _in_sentence(text, word) and not self._common(word[0])]

    def _common(self, word: str) -> bool:
        return any(term in _POSTS or self._spellings.common(term) for term in terms(word))

    def _right(self, word: str, before: str) -> str | None:
        """What ``word`` was meant to be, as the corpus writes it; None where it is right. Capitals are an acronym's."""
        plain = word.removesuffix("'s")
        if word.isupper() or not (plain.isascii() and plain.replace("'", "").isalpha()):
            return None
        right = self._spelling.right(plain.lower(), before.lower())
        return None if right is None else (self._spellings.usual(right) or right) + word[len(plain) :]

    def _shortened(self, text: str) -> list[tuple[str, str]]:
        """The acronyms of what ``text`` writes out, each behind its long form."""
        asked = terms(text)
        read, shorts = _spaced(asked), _shorts(text)
        near = sorted(one for term in set(asked) for one in self._long_forms.get(term, ()))
        return [(long, short) for _, short, long, words in near if short not in shorts and _spaced(words) in read]


def switch(kind: str, word: str) -> str:
    """What a person sends back to undo what was done to ``word``."""
    return f"{kind}:{word}"


def expansions(question: str, acronyms: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """What the glossary adds to ``question``: pairs of a word of it and an official one, acronyms written out.

    ``acronyms`` are read instead of the glossary's. One in small letters ("ehcp") is read too, if it is no word.
    """
    words, known = _glossary()
    acronyms = known if acronyms is None else acronyms
    folded = _plain(question)
    found = [(ordinary, e) for ordinary, official in words.items() if f" {ordinary} " in folded for e in official]
    found += [(short, acronyms[short]) for short in _shorts(fold(question)) if short in acronyms]
    return tuple(pair for pair in dict.fromkeys(found) if _plain(pair[1]) not in folded)


def _shorts(question: str) -> Sequence[str]:
    """What may be acronyms in ``question``, in capitals and without the plural's s."""
    shout = question.isupper() and " " in question.strip()
    found = []
    for word in WORD.findall(question.lower() if shout else question):
        capitals = sum(letter.isupper() for letter in word)
        if capitals > 1 or (len(word) >= _SHORTEST_SMALL and word.lower() not in english()):
            found += [word.upper(), word[:-1].upper()] if word.endswith("s") else [word.upper()]
    return found


def _is_written(official: str, written: Container[str]) -> bool:
    return not official.isupper() or official in written


def _plain(text: str) -> str:
    return _spaced(re.findall(r"[a-z]+", fold(text).lower()))


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _in_sentence(text: str, word: re.Match[str]) -> bool:
    return bool(_IN_SENTENCE.search(text[max(0, word.start() - 3) : word.start()]))


@cache
def _glossary() -> tuple[dict[str, list[str]], dict[str, str]]:
    read = tomllib.loads(_GLOSSARY.read_text(encoding="utf-8"))
    return read["words"], read["acronyms"]
