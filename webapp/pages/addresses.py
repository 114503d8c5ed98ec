"""A search as the address of its page: every state can be shared, bookmarked and gone back to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from assistant.questions.personal import SEARCH, refuse
from assistant.search.facets import Facet
from assistant.search.query import LONGEST, BadQuery, Field, Query, parse
from assistant.search.search import SIZES, Order, Reading, Search

_LONGEST = 300
_MOST_CHOSEN = 100
K = TypeVar("K", Reading, Order)


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for. ``typed`` holds the words, the days and the rest as they were typed."""

    search: Search
    typed: Mapping[str, str]
    page: int = 1
    size: int = SIZES[0]

    def arguments(
        self, add: tuple[Facet, str] | None = None, remove: tuple[Facet, str] | None = None, **changes: object
    ) -> list[tuple[str, str]]:
        """The arguments of this address, or of one that differs by ``changes``; what is usual is left out.

        ``add`` and ``remove`` are a facet and its value. A change of anything but the page leads to the first page.
        """
        search = self.search
        chosen = (search.chosen | ({add} if add else set())) - {remove}
        values: dict[str, object] = {
            "q": self.typed["q"],
            "like": search.like,
            "read": search.reading,
            "sort": search.order,
            "from": self.typed["from"],
            "to": self.typed["to"],
            "undated": "1" if search.undated and self.ranged else "",
            "size": self.size,
            "page": 1 if changes or add or remove else self.page,
        } | changes
        usual = {"read": Reading.BEST, "sort": Order.BEST, "size": SIZES[0], "page": 1}
        kept = [(name, str(value)) for name, value in values.items() if value and value != usual.get(name)]
        return kept + sorted((facet.value, value) for facet, value in chosen)

    def query(
        self, add: tuple[Facet, str] | None = None, remove: tuple[Facet, str] | None = None, **changes: object
    ) -> str:
        """The arguments as they stand in an address, "?" included."""
        return "?" + urlencode(self.arguments(add, remove, **changes))

    def of_page(self, number: int) -> str:
        """The arguments of another page of the same search, as they stand in an address."""
        return self.query(page=number)

    @property
    def in_words(self) -> str:
        """What is searched for, with the days and filters, for a person: what a pack says of itself."""
        days = [f"{name} {self.typed[name]}" for name in ("from", "to") if self.typed[name]]
        chosen = [f"{facet.value}: {value}" for facet, value in sorted(self.search.chosen)]
        return "; ".join(part for part in (self.typed["q"], *days, *chosen) if part)[:LONGEST]

    @property
    def ranged(self) -> bool:
        """Whether a range of days is asked for."""
        limits = self.search.query.limits
        return bool(self.typed["from"] or self.typed["to"]) or any(
            one.field in (Field.FROM, Field.TO) for one in limits
        )

    @property
    def asks(self) -> bool:
        """Whether anything is asked for at all."""
        search = self.search
        query = search.query
        return bool(
            query.text or query.required or query.limits or search.chosen or search.first or search.last or search.like
        )


def read(arguments: "MultiDict[str, str]") -> Address:
    """What the arguments of an address ask for; :class:`BadQuery` for words or days that cannot be read.

    What no page of ours would write (another size, a facet's value that is too long) is left aside.
    """
    address = unread(arguments)
    for _, value in address.search.chosen:
        refuse(value, BadQuery, *SEARCH)
    query = parse(address.typed["q"])
    first, last = (_day(address.typed[name], name) for name in ("from", "to"))
    if first and last and first > last:
        raise BadQuery(f"The days from {first} to {last} end before they begin: give the earlier one first.")
    address = replace(address, search=replace(address.search, query=query, first=first, last=last))
    undated = not address.ranged or arguments.get("undated") == "1"
    return replace(address, search=replace(address.search, undated=undated))


def unread(arguments: "MultiDict[str, str]") -> Address:
    """An address whose words and days are not read yet, or cannot be: all of it that is to be shown again."""
    typed = {name: arguments.get(name, "").strip() for name in ("q", "from", "to")}
    size = arguments.get("size", SIZES[0], type=int)
    search = Search(
        Query(""),
        _one(Reading, arguments.get("read"), Reading.BEST),
        _one(Order, arguments.get("sort"), Order.BEST),
        frozenset(_chosen(arguments)),
        like=arguments.get("like", "")[:_LONGEST],
    )
    return Address(search, typed, max(1, arguments.get("page", 1, type=int)), size if size in SIZES else SIZES[0])


def _day(typed: str, name: str) -> date | None:
    """A day as a person types it: the first or last of the year or month, where only that is given."""
    if not typed:
        return None
    words = "".join(letter for letter in typed if letter not in '"“”„‟')
    return date.fromisoformat(parse(f'{name}:"{words}"').limits[0].value)


def _one(kind: type[K], value: str | None, usual: K) -> K:
    return kind(value) if value in set(kind) else usual


def _chosen(arguments: "MultiDict[str, str]") -> Iterable[tuple[Facet, str]]:
    pairs = [(facet, value) for facet in Facet for value in arguments.getlist(facet.value)]
    return [(facet, value) for facet, value in pairs if value and len(value) <= _LONGEST][:_MOST_CHOSEN]
