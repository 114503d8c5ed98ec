"""Personal details in what someone typed: what may not be searched for, put in a cookie or kept anywhere.

Told are an NHS number, a date of birth, a phone number, and a postcode together with a person's name. A question is
stopped on the likeness alone: to ask again costs a moment, and a child's details in a record cannot be taken back.
What is missed, and what is stopped for nothing, is measured in docs/decisions/032-what-may-not-be-asked.md.
"""

import re
import unicodedata
from enum import StrEnum

from assistant.questions.persons import names_a_person

# No box takes so many characters: what is longer is refused for that, and its beginning is enough to tell by.
_MOST_READ = 5_000


# What the words of a search, and those beside it, are called, and what to do.
SEARCH = ("Your search", "Search without it.")


class Detail(StrEnum):
    """A sort of personal detail, as a person is told of it."""

    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"
    PHONE_NUMBER = "a phone number"
    NAME_AND_POSTCODE = "a person’s name together with a postcode"


def found(text: str) -> Detail | None:
    """The first sort of personal detail that a text seems to hold, if any."""
    text = _evened(text[:_MOST_READ])
    if any(_checks(match[0]) for match in _TEN_DIGITS.finditer(text)):
        return Detail.NHS_NUMBER
    if any(pattern.search(text) for pattern in _BIRTH):
        return Detail.DATE_OF_BIRTH
    if _PHONE.search(_DATE.sub("a date", text)):
        return Detail.PHONE_NUMBER
    if _POSTCODE.search(text) and names_a_person(_POSTCODE.sub("\n", text)):
        return Detail.NAME_AND_POSTCODE
    return None


def refusal(text: str, what: str = "Your question", instead: str = "Ask without it.") -> str:
    """What to tell whoever typed ``text``, which is called ``what``: "" where it holds no personal details.

    The detail itself is not said again. ``instead`` is what to do.
    """
    detail = found(text)
    if detail is None:
        return ""
    protects = "It was stopped, neither searched for nor kept, to protect the people whom it may be about."
    return f"{what} seems to hold {detail}. {protects} {instead}"


def refuse(text: str, mistake: type[ValueError], what: str = "Your question", instead: str = "Ask without it.") -> None:
    """Raise ``mistake`` with what :func:`refusal` says of a text that holds personal details."""
    if refused := refusal(text, what, instead):
        raise mistake(refused)


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def _evened(text: str) -> str:
    """The text with ordinary digits, letters, hyphens and apostrophes, and without letters that cannot be seen."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("’", "'")
    seen = (one for one in text if unicodedata.category(one) != "Cf")
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in seen)


# What may stand between the digits of a number.
_GAP = r"[\s.\-/_()·•]{0,4}"
_GAPS = r"[\s.\-/_()·•]{1,3}"


def _grouped(*groups: int) -> str:
    """Digits in groups of these lengths, with something between them."""
    return _GAPS.join(rf"\d{{{length}}}" for length in groups)


# As the NHS prints it, and as people group it.
_GROUPINGS = ((10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 7), (5, 5), (2,) * 5, (1,) * 10)
# A sum of money, a decimal, a part of a reference and a part of a longer number are none.
_TEN_DIGITS = re.compile(
    rf"(?<![\d£$€/])(?<!\d[.,])(?:{'|'.join(_grouped(*by) for by in _GROUPINGS)})"
    r"(?![.,]?\d)(?!\s*(?:pounds|million|per\s?cent|%))",
    re.IGNORECASE,
)


def _checks(written: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (NHS Data Dictionary, "NHS NUMBER": modulus 11)."""
    *digits, check = (int(one) for one in written if one.isdecimal())
    return (11 - sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11) % 11 == check


# Nine or ten digits after the first nought or the country's code (Ofcom, National Telephone Numbering Plan).
_PHONE = re.compile(
    rf"(?<![\w£$€/])(?<!\d[.,])(?:(?:\+|00){_GAP}44{_GAP}(?:0{_GAP})?|\(?0(?!\.))(?:{_GAP}\d){{9,10}}(?![.,]?\d)"
)

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)\b"
_WHOLE_DATE = (
    rf"(?:{_DAY}[\s\-/.]*(?:of\s+)?{_MONTH}[\s,\-/.]*{_YEAR}|{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}|"
    rf"\d{{4}}[\-/.]\d{{1,2}}[\-/.]\d{{1,2}}\b|\d{{1,2}}\s?[\-/.\s]\s?\d{{1,2}}\s?[\-/.\s]\s?{_YEAR})"
)
_DATE = re.compile(rf"\b(?:\d{{1,2}}[\-/.]\d{{1,2}}[\-/.]{_YEAR}|\d{{4}}-\d\d-\d\d\b)")
_BIRTHDAY = r"\b(?:d\.?\s?o\.?\s?b(?![a-z])\.?|dates?\s+of\s+birth|birth\s?dates?|birth\s?days?|b-?day)"
# A word between "date of birth" and the date, but none that says that the date is of something else.
_OF_PAPERS = "meeting|minutes|report|letter|visit|inspection|agenda|committee|publish|before|after|since|act\\b|item"
_BETWEEN = rf"(?:\W+(?!{_OF_PAPERS})[a-z']+){{0,4}}?[^\w?!]*"
_BIRTH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "DOB 3/4/12", "date of birth: April 2012", "her birthday is 3 April"
        rf"{_BIRTHDAY}{_BETWEEN}(?:{_WHOLE_DATE}|{_DAY}\s*(?:of\s+)?{_MONTH}|{_MONTH}\s*\d|(?:19|20)\d\d\b|"
        r"\d{6}(?:\d\d)?\b|\d{1,2}[\-/.]\d{1,2}\b)",
        # "3/4/2012 is her date of birth", "3.4.12 (DOB)"
        rf"{_WHOLE_DATE}\W{{0,3}}(?:(?:is|was|as)\s+)?(?:(?:his|her|their|my|the|a|child's)\s+)?{_BIRTHDAY}",
        # "born 3/4/2012", "born in Medway on 3 April 2012"; a cohort is born before, after or between days
        rf"\b(?:born|b\.|birth)\W+(?:(?:in|at)\s+(?:[a-z']+\W+){{1,3}}?)?(?:(?:on|the|[a-z]+day)\W+){{0,3}}{_WHOLE_DATE}",
    )
)

# The shape of a postcode (BS 7666), in one of the areas that there are.
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|"
    "GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|"
    "OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|"
    "WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(rf"\b(?:{_AREAS})\d[0-9A-Z]?[\s.\-]{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}}\b", re.IGNORECASE)
