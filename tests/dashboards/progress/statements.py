"""Targets and figures for tests, made from a few words."""

from __future__ import annotations

from warehouse.catalog import Observation, Source, Target, Text

NOBODY = Text("", "", "", "")
SOURCE = Source("press", "The press", NOBODY, "https://example.org", None, "en", "", "press")


def amount(text: str) -> tuple[float | None, float | None, float | None]:
    """Read `6`, `19–23`, `–45` (up to) or `14–` (from) as value, low and high."""
    low, dash, high = text.partition("–")
    if not dash:
        return float(low), None, None
    return None, float(low) if low else None, float(high) if high else None


def target(
    name: str = "promise",
    text: str = "5",
    stated_on: str = "2023-05-19",
    due: str | None = "2023-12-31",
    restates: str | None = None,
) -> Target:
    """A target for the days across Kazakhstan."""
    value, low, high = amount(text)
    return Target(
        value=value,
        low=low,
        high=high,
        id=name,
        indicator_id="days",
        scope="kazakhstan",
        unit="days",
        due=due,
        kind="plan",
        stated_by=NOBODY,
        stated_on=stated_on,
        language="en",
        words="",
        source=SOURCE,
        place="",
        restates=restates,
        title=NOBODY,
    )


def figures(text: str, scope: str = "kazakhstan") -> list[Observation]:
    """Read `2023-05: 6, 2024-04: 19–23` as figures."""
    made = []
    for item in filter(None, text.split(", ")):
        period, said = item.split(": ")
        value, low, high = amount(said)
        made.append(
            Observation(
                value=value,
                low=low,
                high=high,
                indicator_id="days",
                scope=scope,
                period=period,
                status="stated",
                source=SOURCE,
                vintage=period,
                place="",
            )
        )
    return made
