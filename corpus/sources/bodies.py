"""The bodies of a council that meet, by what they are called: committees, boards, panels, cabinets."""

import re

from corpus.folding import fold, on_one_line
from corpus.model import Span
from corpus.sources.councils import in_small_letters, whole_names

_NOUN = (
    r"(?:(?:sub|select)[- ]?committee|committee|board|panel|cabinet|executive|council|forum|commission|"
    r"task(?: and finish)? group|working (?:group|party)|review group|task force|partnership|assembly|"
    r"cabinet member|scrutiny)"
)
_WORD = r"(?:[\w'.&/()-]+,?|&)"
# Words of a sentence, and of other lines of a heading: no body is called so.
_NO_NAME = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|that|which|who|this|these|by|from|to|report|minutes|agenda|"
    r"item|meeting|present|members?|director|officer|held|update|response|letter|plan|inspection|visit|ofsted|chair\w*|"
    r"councillors?|cllr|apolog\w+|date|page|resolved|agreed|its|their|our|room|chamber|suite|hall)\b|\d{2}",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"(?:the )?(?P<body>(?:{_WORD} ){{0,11}}?{_NOUN}(?: \([^()]{{2,40}}\)| [A-D1-9])?)", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?P<body>(?:{_WORD} ){{0,11}}?{_NOUN}(?: \([^()]{{2,40}}\))?)"
    r"(?= (?:(?:to be )?held|on|at|meeting|which|of|-)\b| -|[,.:;]|\s*$)",
    re.IGNORECASE,
)
_LONGEST = 110


def only_body(words: str) -> str:
    """The name of the body that ``words`` are, less the council's own name in front; nothing where they are none."""
    plain = re.sub(
        r"(?: -)?(?: public)?(?: meeting)?(?: (?:draft )?minutes| agenda)?$",
        "",
        fold(words).strip(),
        flags=re.IGNORECASE,
    )
    match = _ONLY.fullmatch(_less_council(plain))
    return _accepted(match["body"]) if match else ""


def body_within(words: str, start: int) -> Span | None:
    """Where the name of a body stands that begins at ``start`` of ``words``, less its council's, or None."""
    rest = fold(words[start:])
    kept = _less_council(rest)
    match = _WITHIN.match(kept)
    if match is None or not _accepted(match["body"]):
        return None
    begin = start + len(rest) - len(kept)
    return Span(begin + match.start("body"), begin + match.end("body"))


def shown(name: str) -> str:
    """A body's name as it is shown: on one line, and in small letters where it is all in capitals."""
    return in_small_letters(on_one_line(name))


def _less_council(words: str) -> str:
    named = next(whole_names(words), None)
    if named is None or named.span.start > len("the ") or named.span.end == len(words):
        return words
    after = words[named.span.end :]
    return re.sub(r"^(?:'s|s')?[\s,:|-]+", "", after)


def _accepted(body: str) -> str:
    """``body``, unless it is too long, is a word that stands for any body, or has words that no body's name has."""
    if len(body) > _LONGEST or _NO_NAME.search(body):
        return ""
    if body.lower() in ("council", "scrutiny", "partnership", "forum", "assembly", "commission"):
        return ""
    named = next(whole_names(body), None)
    return "" if named is not None and len(named.span.of(body)) == len(body) else body
