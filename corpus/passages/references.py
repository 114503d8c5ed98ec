"""What a person would write to point at a passage: "minute 11.4", "para 6.12, third bullet", "resolution (b)"."""

from collections.abc import Sequence

from corpus.folding import on_one_line
from corpus.model import Form, Kind
from corpus.passages.entry import Entry, Part, part_label
from corpus.sentences import sentences

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
# The word for what each outcome gives; any other is a decision.
_OUTCOMES = {"resolved": "resolution", "recommended": "recommendation"}
_LONGEST_PHRASE_WORDS = 8
# The last sentence is looked for in no more than a passage's length: every member of a list asks for it.
_PHRASE_WINDOW = 1000


def reference(text: str, entries: Sequence[Entry], n: int, kind: Kind) -> str:
    """The reference of ``entries[n]``, from its own number, its place in a list, or its heading, and of its item."""
    entry = entries[n]
    own = _own(text, entries, n, kind)
    if entry.item is None:
        return own
    item = _item(text, entries[entry.item])
    if entry.item == n:
        return item if entry.called else own
    # "minute 11.4" names item 11 itself.
    if entry.number and entry.number.startswith(f"{entries[entry.item].number}."):
        return own
    return _joined(item, own)


def _item(text: str, head: Entry) -> str:
    """What an agenda item is called: "minute 22/1" or, without a number, its heading."""
    return head.called or _phrase(text, head)


def _own(text: str, entries: Sequence[Entry], n: int, kind: Kind) -> str:
    entry = entries[n]
    if entry.group is not None:
        return _of_member(text, entries, entry, kind)
    if entry.number:
        return _numbered(entry, kind)
    words = _phrase(text, entry)
    if entry.form is Form.FIELD:
        return f"header, “{words.split(':')[0]}”"
    if entry.form in (Form.HEADING, Form.LABEL):
        return f"heading “{words.rstrip(' :-–')}”"
    if entry.form is Form.HEADER:
        return _joined(_under(text, entries, entry, kind), "table headers")
    if entry.form is Form.RULE:
        return _joined(_under(text, entries, entry, kind), "rule")
    if entry.outcome:
        word = _outcome(entry)
        return word if entry.nth == 1 else f"{word}, paragraph {entry.nth}"
    if entry.part is Part.INTRODUCTION:
        return "introduction" if entry.nth == 1 else f"introduction, paragraph {entry.nth}"
    return _joined(_under(text, entries, entry, kind), f"paragraph {max(entry.nth, 1)}")


def _of_member(text: str, entries: Sequence[Entry], entry: Entry, kind: Kind) -> str:
    if entry.form is Form.ROW:
        lead = entries[entry.lead_in] if entry.lead_in is not None else None
        place = _numbered(lead, kind) if lead is not None and lead.number else _under(text, entries, entry, kind)
        return _joined(place, f"table row {entry.position}")
    marker = entry.block.marker.split()[-1]
    if entry.outcome and entry.style == "bullet":
        return f"{_outcome(entry)}, {_nth_bullet(entry)}"
    if entry.outcome:
        outer = entries[entry.lead_in] if entry.lead_in is not None else None
        whole = _of_member(text, entries, outer, kind) if outer and outer.group is not None else f"{_outcome(entry)} "
        return f"{whole}({marker.strip('().')})"
    if entry.label is not None:
        own = f"“{on_one_line(entry.label.of(text))}”"
    else:
        own = _nth_bullet(entry) if entry.style == "bullet" else f"point {marker.rstrip('.')}"
    return _joined(_list_place(text, entries, entry, kind), own)


def _list_place(text: str, entries: Sequence[Entry], entry: Entry, kind: Kind) -> str:
    """Where a list stands: in a numbered paragraph, under a heading, or after the sentence that introduces it."""
    if entry.lead_in is None:
        return _under(text, entries, entry, kind)
    lead = entries[entry.lead_in]
    if lead.number:
        return _numbered(lead, kind)
    if lead.group is not None:
        return _of_member(text, entries, lead, kind)
    if lead.form in (Form.HEADING, Form.LABEL) or entry.label is not None:
        return _under(text, entries, entry, kind)
    return f"“{_phrase(text, lead)}”"


def _outcome(entry: Entry) -> str:
    return _OUTCOMES.get(entry.outcome, "decision")


def _numbered(entry: Entry, kind: Kind) -> str:
    if entry.form is Form.HEADING:
        return f"section {entry.number}"
    return f"{'minute' if kind is Kind.MINUTES else 'para'} {entry.number}"


def _under(text: str, entries: Sequence[Entry], entry: Entry, kind: Kind) -> str:
    """The innermost heading below the title, as a place."""
    inner = [entries[n] for n in entry.headings if entries[n].level > 1 and n != entry.item]
    # In a meeting's minutes "Minutes:" only parts an item's text from what the agenda says of it.
    if not inner or (entry.item is not None and part_label(text, inner[-1].block) is Part.BODY):
        return ""
    return _numbered(inner[-1], kind) if inner[-1].number else _phrase(text, inner[-1]).rstrip(":")


def _phrase(text: str, entry: Entry) -> str:
    """The last sentence of an entry, cut to a few words."""
    words = on_one_line(text[max(entry.block.body, entry.block.end - 2 * _PHRASE_WINDOW) : entry.block.end])
    if len(words) > _PHRASE_WINDOW:
        words = words[-_PHRASE_WINDOW:].partition(" ")[2] or words
    last = sentences(words)[-1:]
    phrase = (last[0].of(words) if last else words).rstrip(" :").split(" ")
    return " ".join(phrase[:_LONGEST_PHRASE_WORDS]) + ("…" if len(phrase) > _LONGEST_PHRASE_WORDS else "")


def _nth_bullet(entry: Entry) -> str:
    position = entry.position
    return f"{_ORDINALS[position - 1]} bullet" if position <= len(_ORDINALS) else f"bullet {position}"


def _joined(*parts: str) -> str:
    whole = ", ".join(part for part in parts if part)
    return whole[:1].lower() + whole[1:] if whole.startswith(("Para", "Table")) else whole
