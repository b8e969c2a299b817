"""Catalogue tables: the same rows under the warehouse's names and types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import pandas as pd

_RENAMED: Mapping[str, Mapping[str, str]] = {
    "source": {},
    "economy": {},
    "membership": {"economy": "economy_code", "group": "group_code", "source": "source_id"},
    "scope": {},
    "node": {"economy": "economy_code", "lat": "latitude", "lon": "longitude"}
    | {"source": "source_id"},
    "leg": {"length_source": "length_source_id"},
    "route_leg": {"leg": "leg_id"},
    "indicator": {},
    "product": {},
    "headline": {"indicator": "indicator_id", "target": "target_id"},
    "preference": {"source": "source_id"},
    "issue": {"source": "source_id"},
    "event": {"source": "source_id"},
    "vintage": {"source": "source_id"},
}
_NUMBERS = ("latitude", "longitude", "length_km", "great_circle_km", "sequence", "position")


def catalogue(arrived: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Turn each catalogue table into the frame of the warehouse table of the same name."""
    frames = {name: _renamed(arrived[name], columns) for name, columns in _RENAMED.items()}
    topics = arrived["indicator"]["file"].map(lambda file: PurePosixPath(file).stem)
    frames["indicator"] = frames["indicator"].assign(topic=topics)
    return frames


def _renamed(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    kept = frame.drop(columns=["file", "row"]).rename(columns=dict(columns))
    missing = kept.mask(kept == "")
    for column in _NUMBERS:
        if column in missing:
            missing[column] = pd.to_numeric(missing[column])
    return missing
