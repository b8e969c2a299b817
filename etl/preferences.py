"""Which of several figures is the newest, and which source speaks: decided on purpose, never by accident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from etl.refusals import Refusal, rows
from warehouse import periods

ANY = "any"
"""The subject of preferences that speak where no other does; the first of them in the file wins."""

_NEVER = 10**9
"""Later than any day that has a date, and small enough to pass through floats unharmed."""
_UNRANKED = 1_000


@dataclass(frozen=True)
class Preferences:
    """The rows of corrections/preferences.csv that stand, and the subjects of those refused."""

    frame: pd.DataFrame
    doubted: frozenset[str] = frozenset()


def decide(
    frame: pd.DataFrame,
    question: Sequence[str],
    subject: pd.Series,
    preferences: Preferences,
    apart: frozenset[str] = frozenset(),
) -> tuple[pd.DataFrame, list[Refusal]]:
    """Add `newest_until` and `preferred_until`, days on which a row ceased to speak, or missing.

    Rows that answer the same `question` are rivals. A source's newest vintage speaks for it, from
    the day it is `known_since` until a newer one is known. One source alone is preferred; among
    several, the one that a preference for the row's `subject` and period names, else the first
    that those for `any` name. Several without such a preference are refused: a conflict is decided
    on purpose or not at all. While a preference of the subject is itself refused, the conflict is
    left for the next build to judge; of subjects kept `apart` no source need speak for others.
    """
    if frame.empty:
        return frame.assign(newest_until="", preferred_until=""), []
    facts = _facts(frame, question).assign(rank=_rank(subject, frame, preferences.frame))
    group, newest = facts["group"], _newest_until(facts, frame["vintage"])
    outranked_since = _outranked_since(facts)
    preferred_until = newest.where(newest < outranked_since, outranked_since)
    marked = frame.assign(newest_until=_as_text(newest), preferred_until=_as_text(preferred_until))
    is_answered = (preferred_until == _NEVER).groupby(group).transform("any")
    is_undecided = ~is_answered & ~subject.isin(preferences.doubted | apart)
    rivals = facts[is_undecided].groupby("group")["source"].transform("nunique")
    undecided = marked[is_undecided].assign(subject=subject[is_undecided], rivals=rivals)
    return marked, [
        Refusal.at(
            row,
            "source",
            f"is one of {row['rivals']} sources for the same figure and none is preferred",
            f"Add {row['subject']} to corrections/preferences.csv with the reason.",
        )
        for row in rows(undecided)
    ]


def newest_until(frame: pd.DataFrame, question: Sequence[str]) -> pd.Series:
    """The day on which each row ceased to be its source's newest answer to the question, or ""."""
    if frame.empty:
        return pd.Series("", index=frame.index, dtype="str")
    return _as_text(_newest_until(_facts(frame, question), frame["vintage"]))


def check_overlaps(preferences: pd.DataFrame) -> Iterator[Refusal]:
    """Yield every preference that begins before an earlier one of its subject has ended."""
    ended: dict[str, date] = {}
    of_subjects = preferences[preferences["subject"] != ANY]
    for row in sorted(rows(of_subjects), key=lambda row: periods.parse(row["first_period"])):
        if _since(row) <= ended.get(row["subject"], date.min):
            yield Refusal.at(
                row,
                "first_period",
                f"begins before an earlier preference of {row['subject']} ends",
                "Let one end before the other begins; two cannot both speak.",
            )
        ended[row["subject"]] = max(_until(row), ended.get(row["subject"], date.min))


def _facts(frame: pd.DataFrame, question: Sequence[str]) -> pd.DataFrame:
    group = frame.groupby(list(question), sort=False).ngroup()
    source = pd.Series(pd.factorize(frame["source"])[0], frame.index)
    known = frame["known_since"].map(_days(frame["known_since"]))
    return pd.DataFrame({"group": group, "source": source, "known": known})


def _newest_until(facts: pd.DataFrame, vintage: pd.Series) -> pd.Series:
    """The day on which a newer vintage of the same source is known, `_NEVER` if there is none."""
    ordered = facts.assign(vintage=vintage).sort_values("vintage", ascending=False, kind="stable")
    by_source = ordered.groupby(["group", "source"], sort=False)["known"]
    newer = by_source.cummin().groupby([ordered["group"], ordered["source"]], sort=False).shift()
    return newer.reindex(facts.index).fillna(_NEVER).astype("int64")


def _outranked_since(facts: pd.DataFrame) -> pd.Series:
    """The day on which another source with a say no smaller answers too, `_NEVER` if none does."""
    first = facts.groupby(["group", "source"], sort=False).agg(
        rank=("rank", "min"), first=("known", "min")
    )
    since = pd.Series(_NEVER, index=facts.index, dtype="int64")
    first = first.reset_index()
    contested = first[first["group"].duplicated(keep=False)]
    if contested.empty:
        return since
    pairs = contested.merge(contested, on="group", suffixes=("", "_rival"))
    beaten = pairs[
        (pairs["source"] != pairs["source_rival"])
        & (
            (pairs["rank_rival"] < pairs["rank"])
            | ((pairs["rank_rival"] == pairs["rank"]) & (pairs["rank"] == _UNRANKED))
        )
    ]
    earliest = beaten.groupby(["group", "source"])["first_rival"].min()
    keys = pd.MultiIndex.from_frame(facts[["group", "source"]])
    found = earliest.reindex(keys).fillna(_NEVER).astype("int64")
    return pd.Series(found.to_numpy(), index=facts.index)


def _rank(subject: pd.Series, frame: pd.DataFrame, preferences: pd.DataFrame) -> pd.Series:
    """How early the source of each row is asked: 0 if a preference names it, then those of `any`."""
    ends = {text: periods.parse(text).end for text in frame["period"].unique()}
    end = frame["period"].map(ends)
    rank = pd.Series(_UNRANKED, index=frame.index)
    is_general = preferences["subject"] == ANY
    general, special = preferences[is_general], preferences[~is_general]
    # The last to be written stands: what is said of one subject goes before what is said of any.
    for place, row in [
        *reversed([*enumerate(rows(general), start=1)]),
        *((0, r) for r in rows(special)),
    ]:
        is_named = frame["source"] == row["source"]
        if row["subject"] != ANY:
            is_named &= subject == row["subject"]
        rank[is_named & (end >= _since(row)) & (end <= _until(row))] = place
    return rank


def _days(texts: pd.Series) -> dict[str, int]:
    return {text: date.fromisoformat(text).toordinal() for text in texts.unique()}


def _as_text(days: pd.Series) -> pd.Series:
    texts = {day: date.fromordinal(day).isoformat() for day in days.unique() if day != _NEVER}
    return days.map(texts | {_NEVER: ""}).astype("str")


def _since(preference: dict[str, str]) -> date:
    first = periods.parse(preference["first_period"])
    return first.start or first.end


def _until(preference: dict[str, str]) -> date:
    last = preference["last_period"]
    return periods.parse(last).end if last else date.max
