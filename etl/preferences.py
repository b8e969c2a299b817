"""Which of several sources speaks for a figure: decided in data/corrections, never by accident."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from etl.refusals import Refusal
from warehouse import periods


def decide(
    frame: pd.DataFrame, question: Sequence[str], subject: pd.Series, preferences: pd.DataFrame
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Add `is_newest` and `is_preferred` to rows that answer the same `question`.

    A source's newest vintage speaks for it. One source alone is preferred; among several, the one
    that a preference for the row's `subject` and period names. Several without such a preference
    are refused: a conflict is decided on purpose or not at all.
    """
    by_source = frame.groupby([*question, "source"])["vintage"]
    is_newest = by_source.transform("max") == frame["vintage"]
    rivals = frame.groupby(list(question))["source"].transform("nunique")
    chosen = _chosen(subject, frame["period"], preferences)
    is_preferred = is_newest & ((rivals == 1) | (chosen == frame["source"]))
    marked = frame.assign(is_newest=is_newest, is_preferred=is_preferred)
    answered = marked.groupby(list(question))["is_preferred"].transform("any")
    return marked, [
        Refusal(
            row["file"],
            row["row"],
            "source",
            row["source"],
            f"is one of {rivals[index]} sources for the same figure and none is preferred",
            f"Add {subject[index]} to corrections/preferences.csv with the reason.",
        )
        for index, row in marked[~answered].iterrows()
    ]


def _chosen(subject: pd.Series, period: pd.Series, preferences: pd.DataFrame) -> pd.Series:
    """Name the preferred source of each row, empty where no preference speaks of it."""
    end = period.map(lambda text: periods.parse(text).end)
    chosen = pd.Series("", index=subject.index, dtype="str")
    for preference in preferences.to_dict("records"):
        since = periods.parse(preference["first_period"])
        spoken_of = (subject == preference["subject"]) & (end >= (since.start or since.end))
        if preference["last_period"]:
            spoken_of &= end <= periods.parse(preference["last_period"]).end
        chosen[spoken_of] = preference["source"]
    return chosen
