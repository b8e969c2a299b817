"""Measured figures gathered by month, so that a median stands beside its range and its shipments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from dashboards.components.table import Row, records, value_words
from dashboards.days import Bar, Panel
from dashboards.exhibit import figures
from dashboards.i18n import Locale
from warehouse import periods
from warehouse.catalog import Indicator


@dataclass(frozen=True)
class Family:
    """Indicators of one kind of span: median and range by their stem, the count of shipments, more."""

    stem: str
    shipments: str
    more: tuple[str, ...] = ()

    @property
    def median(self) -> str:
        """The id of the median."""
        return f"{self.stem}_median"

    @property
    def spread(self) -> str:
        """The id of the range from the 10th to the 90th percentile."""
        return f"{self.stem}_p10_p90"

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of all of them, in the order of a table."""
        return (self.shipments, self.median, self.spread, *self.more)


@dataclass(frozen=True)
class Month:
    """What one operator measured of a scope in a month, by indicator."""

    scope: str
    source_id: str
    period: str
    figures: Mapping[str, Row]


@dataclass(frozen=True)
class View:
    """How a family is said: its indicators' records, the names of its scopes, the language."""

    family: Family
    indicators: Mapping[str, Indicator]
    names: Mapping[str, str]
    locale: Locale

    def written(self, month: Month, indicator_id: str) -> str:
        """Write a figure of a month with its unit; nothing where the month lacks it."""
        row = month.figures.get(indicator_id)
        return value_words(row, self.locale) if row else ""

    def sentence(self, month: Month) -> str:
        """Say what was measured, when, and the median."""
        when = self.locale.period(month.period)
        return f"{self.names[month.scope]}, {when}: {self.written(month, self.family.median)}"

    def data(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The figures as those of an exhibit, one row each, named by scope and indicator."""
        pairs = zip(frame["scope"], frame["indicator_id"], strict=True)
        labels = [f"{self.names[scope]}: {self.short(each)}" for scope, each in pairs]
        return figures(frame.assign(series=labels), "days")

    def short(self, indicator_id: str) -> str:
        """Name an indicator as the head of a column."""
        return self.indicators[indicator_id].short[self.locale.language]

    def panels(self, months: Sequence[Month]) -> Iterator[Panel]:
        """A panel per scope; where several operators measured, one for each of them."""
        operators = {each.source_id for each in months}
        for (scope, source_id), group in groupby(
            months, key=lambda one: (one.scope, one.source_id)
        ):
            parts = [self.names[scope]] * (len(self.names) > 1)
            parts += [source_id] * (len(operators) > 1)
            yield Panel(", ".join(parts), [self._bar(each) for each in group])

    def _bar(self, month: Month) -> Bar:
        spread = month.figures[self.family.spread]
        middle = month.figures[self.family.median]
        when = periods.parse(month.period)
        others = (self.family.shipments, *self.family.more)
        told = [f"{self.short(each)}: {self.written(month, each)}" for each in others]
        words = [
            f"<b>{self.written(month, self.family.median)}</b>",
            f"{self.short(self.family.spread)}: {self.written(month, self.family.spread)}",
            *told,
            self.locale.period(month.period),
        ]
        is_firm = middle["status"] != "preliminary"
        if not is_firm:
            words.append(self.locale.status(middle["status"]))
        return Bar(
            "now",
            (spread["low"], spread["high"]),
            "<br>".join(words),
            when.start,
            when.end,
            middle=middle["value"],
            is_firm=is_firm,
        )


def by_month(frame: pd.DataFrame, family: Family) -> list[Month]:
    """Gather figures by scope, operator and month, in time; without a median a month is none."""

    def key(row: Row) -> tuple[str, str, str]:
        return str(row["scope"]), str(row["source_id"]), str(row["period"])

    ordered = frame.sort_values(["scope", "source_id"], kind="stable")
    months = [
        Month(*each, {str(row["indicator_id"]): row for row in group})
        for each, group in groupby(records(ordered), key=key)
    ]
    return [each for each in months if {family.median, family.spread} <= each.figures.keys()]
