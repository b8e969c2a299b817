"""What a statistical API is to the fetcher: what to ask of it, and when an answer is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from etl.refusals import Refusal

ECONOMIES = ("AZE", "HUN", "KAZ", "KGZ", "TKM", "TUR", "UZB")
"""Members and observers of the OTS that have codes in the publishers' lists."""


@dataclass(frozen=True)
class Question:
    """One request, without host and key: a path and the parameters in the order they are written."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    may_be_empty: bool = False
    """Whether an answer without figures is one: nobody need have reported them yet."""

    def address(self, base: str) -> str:
        """The address at a host, as it is asked and recorded."""
        query = urlencode(self.parameters, safe=",:;")
        return base.rstrip("/") + self.path + (f"?{query}" if query else "")

    def codes(self, name: str) -> tuple[str, ...]:
        """What a parameter lists, separated by commas; nothing for a parameter not given."""
        return tuple(filter(None, dict(self.parameters).get(name, "").split(",")))

    def asking(self, name: str, value: str, *, may_be_empty: bool) -> Self:
        """The same question with another value of one parameter, which may be new to it."""
        given = dict(self.parameters) | {name: value}
        return replace(self, parameters=tuple(given.items()), may_be_empty=may_be_empty)


@dataclass(frozen=True)
class Answer:
    """What the bytes of an answer say about themselves, before any figure is read from them."""

    refusals: tuple[Refusal, ...] = ()
    """Why this is no answer; `file` is the question's path, to which the fetcher adds the host."""
    further: tuple[Question, ...] = ()
    """What must be asked besides, such as the next pages."""
    is_empty: bool = False
    is_capped: bool = False
    """Whether the publisher cut the answer at its limit of rows: it must not be kept."""


class WantedError(ValueError):
    """What was wanted cannot be asked for."""


@dataclass(frozen=True)
class Wanted:
    """Which figures to ask for: economies by alpha-3 code, and years, the last included.

    Raises WantedError for codes that the publishers' lists do not have and years that are none:
    an API answers those with silence.
    """

    first: int
    last: int
    this_year: int
    """Figures of this year and the one before need not be out yet."""
    economies: tuple[str, ...] = ECONOMIES
    products: tuple[str, ...] = ("TOTAL",)
    """Comtrade's `cmdCode`: TOTAL, codes of the HS, or AG2 for all its chapters."""
    has_key: bool = False

    def __post_init__(self) -> None:
        """Check before asking."""
        unknown = sorted(set(self.economies) - set(ECONOMIES))
        if unknown or not self.economies:
            raise WantedError(
                f"{', '.join(unknown) or 'Nothing'} cannot be asked for; "
                f"known are {', '.join(ECONOMIES)}"
            )
        if not 1962 <= self.first <= self.last <= self.this_year:
            raise WantedError(
                f"{self.first} to {self.last} are no years to ask for: "
                f"give years from 1962 to {self.this_year}, the earlier one first"
            )

    @property
    def years(self) -> range:
        """Every wanted year."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Api:
    """One publisher's API; it asks nothing itself."""

    id: str
    """Its name in `fetch`."""
    kind: str
    """The form of its answers, as in `add --as`."""
    about: str
    base: str
    """Scheme and host, which a mirror replaces."""
    questions: Callable[[Wanted], Iterator[Question]]
    judge: Callable[[Question, bytes], Answer]
    """Never raises; no bytes at all are an empty answer."""
    parts: Callable[[Question], tuple[Question, ...]]
    """The questions that together ask what one asked; none if it cannot be divided."""
    pause: float
    """Seconds between two requests, from the publisher's limits."""
    key_header: str = ""
    """The header in which a key is sent; empty where there are none."""
    no_records: bytes = b""
    """The words of a 404 that means: there are no such figures."""


def refused(
    question: Question, reason: str, remedy: str, field: str = "", value: str = ""
) -> Answer:
    """An answer that is none, for one reason."""
    return Answer((Refusal(question.path, 1, field, value, reason, remedy),))


def not_asked(question: Question, field: str, found: Iterable[str], asked: Iterable[str]) -> Answer:
    """Refuse an answer that is about something not asked; good if `found` are all `asked`."""
    strange = sorted(set(found) - set(asked))
    if not strange:
        return Answer()
    return refused(
        question,
        f"the answer is about something that was not asked: {field} {', '.join(strange[:5])}",
        "The publisher may have changed its parameters: compare the address with its documentation",
        field,
        strange[0],
    )


def indivisible(question: Question) -> tuple[Question, ...]:
    """No parts: what the publisher pages need not be divided."""
    del question
    return ()
