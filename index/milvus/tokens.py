"""Our terms as words that the engine takes as they are, and keys in place of what others wrote.

The engine splits a text at whatever is no letter or digit, and folds case by its own rules. A term that might come out
changed is written as a hash. So what stands in a condition of ours is made of letters, digits and nothing else: no
text of a document or a question is ever part of one.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

from index.milvus.schema import LONGEST_VALUE, MOST_REFERENCES
from index.words import analysis

_PLAIN = re.compile(r"[a-z0-9]{1,32}")

# The one word of a passage whose words are more than a value holds: whatever is asked for, it may be there.
ANYTHING = "0any"


def token(term: str) -> str:
    """A term as the engine's tokenizer leaves it: itself, or a hash of it."""
    if _PLAIN.fullmatch(term):
        return term
    return "0x" + hashlib.blake2b(_bytes(term), digest_size=8).hexdigest()


def tokens(terms: Iterable[str]) -> str:
    """Terms in order, as one value; those at its end are left out where it would be too long."""
    joined = " ".join(map(token, terms))
    return joined if len(joined) <= LONGEST_VALUE else joined[:LONGEST_VALUE].rpartition(" ")[0]


def of_stem(term: str) -> str:
    """What is looked up for any word of a stem."""
    return "s" + token(term)


def of_word(word: str) -> str:
    """What is looked up for a word as written, folded."""
    return "w" + token(word)


def own_words(text: str) -> str:
    """The words of a passage's own text and their stems, each once, as one value."""
    words = dict.fromkeys(analysis.words(text))
    found = dict.fromkeys([*(of_word(word) for word in words), *(of_stem(analysis.term(word)) for word in words)])
    joined = " ".join(found)
    return joined if len(joined) <= LONGEST_VALUE else ANYTHING


def number(text: str) -> int:
    """A whole number that stands for a text in conditions: 63 bits of its hash."""
    return int.from_bytes(hashlib.sha256(_bytes(text)).digest()[:8], "big") >> 1


def references(reference: str) -> Sequence[int]:
    """The numbers of a reference and of all that it is inside: "minute 11.4, bullet 2" is in "minute 11.4"."""
    ends = [match.start() for match in re.finditer(",", reference)][: MOST_REFERENCES - 1]
    return [number(reference[:end]) for end in (*ends, len(reference))]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
