"""Which of several sources speaks for a figure: decided in data/corrections, never by accident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.refusals import Refusal, rows
from warehouse import periods


@dataclass(frozen=True)
class Preferences:
    """The rows of corrections/preferences.csv that stand, and the subjects of those refused."""

    frame: pd.DataFrame
    doubted: frozenset[str] = frozenset()


def decide(
    frame: pd.DataFrame, question: Sequence[str], subject: pd.Series, preferences: Preferences
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Add `is_newest` and `is_preferred` to rows that answer the same `question`.

    A source's newest vintage speaks for it. One source alone is preferred; among several, the one
    that a preference for the row's `subject` and period names. Several without such a preference
    are refused: a conflict is decided on purpose or not at all. While a preference of the subject
    is itself refused, the conflict is left for the next build to judge.
    """
    by_source = frame.groupby([*question, "source"])["vintage"]
    is_newest = by_source.transform("max") == frame["vintage"]
    rivals = frame.groupby(list(question))["source"].transform("nunique")
    chosen = _chosen(subject, frame["period"], preferences.frame)
    is_preferred = is_newest & ((rivals == 1) | (chosen == frame["source"]))
    marked = frame.assign(is_newest=is_newest, is_preferred=is_preferred)
    is_answered = marked.groupby(list(question))["is_preferred"].transform("any").astype(bool)
    undecided = marked.assign(subject=subject, rivals=rivals)[
        ~is_answered & ~subject.isin(preferences.doubted)
    ]
    return marked, [
        Refusal.at(
            row,
            "source",
            f"is one of {row['rivals']} sources for the same figure and none is preferred",
            f"Add {row['subject']} to corrections/preferences.csv with the reason.",
        )
        for row in rows(undecided)
    ]


def check_overlaps(preferences: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every preference that begins before an earlier one of its subject has ended."""
    ended: dict[str, date] = {}
    for row in sorted(rows(preferences), key=lambda row: periods.parse(row["first_period"])):
        if _since(row) <= ended.get(row["subject"], date.min):
            yield Refusal.at(
                row,
                "first_period",
                f"begins before an earlier preference of {row['subject']} ends",
                "Let one end before the other begins; two cannot both speak.",
            )
        ended[row["subject"]] = max(_until(row), ended.get(row["subject"], date.min))


def _chosen(subject: pd.Series, period: pd.Series, preferences: pd.DataFrame) -> pd.Series:
    """Name the preferred source of each row, empty where no preference speaks of it."""
    end = pd.Series([periods.parse(text).end for text in period], period.index, dtype=object)
    chosen = pd.Series("", index=subject.index, dtype="str")
    for row in rows(preferences):
        spoken_of = (subject == row["subject"]) & (end >= _since(row)) & (end <= _until(row))
        chosen[spoken_of] = row["source"]
    return chosen


def _since(preference: dict[str, str]) -> date:
    first = periods.parse(preference["first_period"])
    return first.start or first.end


def _until(preference: dict[str, str]) -> date:
    last = preference["last_period"]
    return periods.parse(last).end if last else date.max
