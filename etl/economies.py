"""The names and codes under which publishers print economies, and the groups among their rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

WORLD = "WLD"
"""The code of the total over all partners."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile("['`´‘’ʻʼ]")


@dataclass(frozen=True)
class Economies:
    """The economies and groups of the catalogue, looked up by whatever a publisher calls them.

    The rows of `economies` have `code, alpha2, m49, aliases, name_*`, those of `groups` `id, aliases`;
    aliases are separated by semicolons. Letter case, spaces, hyphens, dots and the many
    apostrophes make no difference; any other spelling is a name of its own.
    """

    economies: Sequence[Mapping[str, Any]]
    groups: Sequence[Mapping[str, Any]]

    def code(self, name: str) -> str | None:
        """The alpha-3 code of an economy by its printed name or code; None for an unknown one."""
        return self._by_name.get(_folded(name))

    def code_of_m49(self, number: str) -> str | None:
        """The alpha-3 code by the United Nations' number, with or without leading zeros."""
        return self._by_m49.get(number.strip().zfill(3))

    def spellings(self, codes: Collection[str]) -> frozenset[str]:
        """How some economies are written, by name, code or number, with and without leading zeros."""
        ours = [row for row in self.economies if row["code"] in codes]
        numbers = {number for row in ours for number in str(row["m49"]).split(";") if number}
        plain = {number.lstrip("0") for number in numbers}
        return frozenset({*numbers, *plain, *(name for row in ours for name in _names(row))})

    def is_group(self, name: str) -> bool:
        """Whether a printed name is a known group of economies ("Страны СНГ"), to be left out."""
        return _folded(name) in self._groups

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {_folded(name): str(row["code"]) for row in self.economies for name in _names(row)}

    @cached_property
    def _by_m49(self) -> dict[str, str]:
        return {
            number: str(row["code"])
            for row in self.economies
            for number in filter(None, str(row["m49"]).split(";"))
        }

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(
            _folded(name) for row in self.groups for name in str(row["aliases"]).split(";")
        )


@dataclass(frozen=True)
class Catalogue(Economies):
    """All of the catalogue that a reader of documents may look things up in."""

    node_ids: frozenset[str] = frozenset()
    """The places of the corridor, as operators' logs name them."""
    plan_days: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    """How many days are planned from one node to another."""


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    names = (cell for column, cell in row.items() if column.startswith("name_"))
    yield from filter(None, (row["code"], row["alpha2"], *row["aliases"].split(";"), *names))


def _folded(name: str) -> str:
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", name)).casefold().replace("ё", "е")
    return _NOT_LETTERS.sub(" ", plain).strip()
