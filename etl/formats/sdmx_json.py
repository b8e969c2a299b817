"""SDMX-JSON 1.0 and 2.0 alike: numbered keys and values back to codes, series by series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from etl.formats.strict_json import Json, is_list, is_object, items, member, shown, text
from etl.refusals import Refusal

_REMEDY = "Fetch the answer again; if it comes back the same, ask the publisher."
_SHOWN = 50
"""How many faults of one kind are named one by one."""

_MOST = 100
"""How many dimensions and attributes a message may name; the widest recorded has 33."""

_OWN = frozenset({"value", "row"})


@dataclass(frozen=True)
class Component:
    """A dimension or attribute with the codes of its values, in the order of the structure."""

    id: str
    codes: Sequence[str]
    names: Sequence[str]

    def code(self, place: str) -> str:
        """The code at a place, counted from 0; "" where there is none."""
        is_place = place.isascii() and place.isdigit() and len(place) < 10
        return self.codes[int(place)] if is_place and int(place) < len(self.codes) else ""


@dataclass
class Decoded:
    """The figures of an answer and what in it could not be told apart."""

    name: str
    figures: list[dict[str, str]] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    components: tuple[Component, ...] = ()
    _count: Counter[str] = field(default_factory=Counter)

    def refuse(self, column: str, value: Json, reason: str, remedy: str = _REMEDY) -> None:
        """Keep a fault at the figure reached, but of one reason no more than can be read."""
        self._count[reason] += 1
        if self._count[reason] <= _SHOWN:
            row = len(self.figures) + 1
            self.faults.append(Refusal(self.name, row, column, shown(value), reason, remedy))

    def frame(self, *dimensions: str) -> pd.DataFrame:
        """The figures as text columns by dimension and attribute, `value` and `row` from 1.

        A missing value is "". What is no text and no number stands as JSON, which no rule of
        numbers accepts. An answer of no figures, or without one of `dimensions`, has a fault.
        """
        if not self.figures and not self.faults:
            self.refuse("dataSets", "", "holds no figures for the question that was asked")
        for name in dimensions:
            if self.figures and name not in self.figures[0]:
                self.refuse("dimensions", name, "is a dimension that the answer lacks")
        if self.faults:
            return pd.DataFrame()
        frame = pd.DataFrame.from_records(self.figures).fillna("").astype("str")
        return frame.assign(row=pd.RangeIndex(1, len(frame) + 1))

    def named(self, frame: pd.DataFrame, dimension: str) -> pd.Series:
        """What the answer calls the codes in the column of a dimension; "" where it does not."""
        names = {
            code: name
            for component in self.components
            if component.id == dimension
            for code, name in zip(component.codes, component.names, strict=True)
        }
        return frame[dimension].map(names).fillna("").astype("str")


def decode(name: str, data_sets: Json, structure: Json) -> Decoded:
    """Decode the data sets of one structure; an answer whose keys do not fit it has faults.

    Parts of a key are places in the lists of values under `dimensions`, in the order of those lists
    and not by `keyPosition`, which WITS numbers twice.
    Source: SDMX-JSON data message, https://github.com/sdmx-twg/sdmx-json.
    """
    decoded = Decoded(name)
    reader = _Reader(
        decoded,
        _components(decoded, structure, "dimensions", "series"),
        _components(decoded, structure, "dimensions", "observation"),
        _components(decoded, structure, "attributes", "series"),
        _components(decoded, structure, "attributes", "observation"),
        max(1, len(items(member(structure, "measures", "observation")))),
    )
    decoded.components = (*reader.series, *reader.within)
    names = [component.id for component in decoded.components]
    if not reader.within:
        decoded.refuse("dimensions", "", "names no dimension of its figures")
    if len({*names, *_OWN}) < len(names) + len(_OWN):
        decoded.refuse("dimensions", ", ".join(names), "names a dimension twice")
    if len(names) + len(reader.series_attributes) + len(reader.attributes) > _MOST:
        decoded.refuse("structure", "", f"names more than {_MOST} dimensions and attributes")
    if not is_list(data_sets) or not data_sets:
        decoded.refuse("dataSets", data_sets, "is no list of data sets")
    if not decoded.faults:
        for data_set in items(data_sets):
            reader.read(data_set)
    return decoded


def _components(decoded: Decoded, structure: Json, what: str, where: str) -> list[Component]:
    components = []
    for component in items(member(structure, what, where)):
        values = items(member(component, "values"))
        # A period of the newer form is `{"value": "2010"}`, every other code `{"id": …}`.
        codes = [text(member(value, "id")) or text(member(value, "value")) for value in values]
        names = [text(member(value, "name")) for value in values]
        components.append(Component(text(member(component, "id")), codes, names))
        if not components[-1].id:
            decoded.refuse(what, component, "is without an id")
    return components


@dataclass(frozen=True)
class _Reader:
    """Reads data sets into `decoded`; `measures` values stand before the attributes of a figure."""

    decoded: Decoded
    series: Sequence[Component]
    within: Sequence[Component]
    series_attributes: Sequence[Component]
    attributes: Sequence[Component]
    measures: int

    def read(self, data_set: Json) -> None:
        """Read one data set, whether its figures stand in series or side by side."""
        flat, grouped = member(data_set, "observations"), member(data_set, "series")
        if is_object(grouped) and self.series:
            for key, series in grouped.items():
                codes = self._codes("series", key, self.series)
                marks = self._marks(items(member(series, "attributes")), self.series_attributes)
                if codes is not None:
                    self._figures({**dict(marks), **codes}, member(series, "observations"))
        elif is_object(flat) and not self.series:
            self._figures({}, flat)
        else:
            self.decoded.refuse("dataSets", data_set, "holds no series that its structure names")

    def _figures(self, series: Mapping[str, str], figures: Json) -> None:
        if not is_object(figures):
            self.decoded.refuse("observations", figures, "is no object of figures")
            return
        for key, cells in figures.items():
            codes = self._codes("observations", key, self.within)
            if not is_list(cells) or not cells:
                self.decoded.refuse("observations", cells, "is no list of a value and its marks")
            elif len(cells) > self.measures + len(self.attributes):
                # The decimal comma of a locale makes two parts of one number.
                reason = "has more parts than the structure has measures and attributes"
                self.decoded.refuse("observations", cells, reason)
            elif codes is not None:
                marks = dict(self._marks(cells[self.measures :], self.attributes))
                value = "" if cells[0] is None else shown(cells[0])
                self.decoded.figures.append({**marks, **series, **codes, "value": value})

    def _codes(
        self, where: str, key: str, components: Sequence[Component]
    ) -> dict[str, str] | None:
        parts = key.split(":")
        if len(parts) != len(components):
            reason = f"has {len(parts)} parts where the structure has {len(components)} dimensions"
            self.decoded.refuse(where, key, reason)
            return None
        codes = {
            component.id: component.code(part)
            for part, component in zip(parts, components, strict=True)
        }
        for name, code in codes.items():
            if not code:
                self.decoded.refuse(where, key, f"points at no value of {name}")
        return codes if all(codes.values()) else None

    def _marks(
        self, places: Sequence[Json], attributes: Sequence[Component]
    ) -> Iterator[tuple[str, str]]:
        for place, attribute in zip(places, attributes, strict=False):
            code = attribute.code(place) if isinstance(place, str) else ""
            if code:
                yield attribute.id, code
            elif isinstance(place, str) and not (attribute.codes and place.isdigit()):
                yield attribute.id, place
            elif place is not None:
                self.decoded.refuse(attribute.id, place, f"points at no value of {attribute.id}")
