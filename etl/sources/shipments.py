"""An operator's log of scans (shipment, node, event, time with zone) as measured travel times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from etl.economies import Catalogue
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.formats.parquet import is_parquet, parquet_header, read_parquet
from etl.refusals import Refusal, rows
from etl.sources import journeys, travel_times
from etl.sources.reading import refused
from etl.sources.source import Reading, Source

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "shipment": ("shipment", "shipment_id", "container", "container_id", "consignment"),
    "node": ("node", "node_id", "station", "terminal", "location"),
    "event": ("event", "event_type", "scan"),
    "time": ("time", "timestamp", "event_time", "datetime"),
}
"""What operators call the columns; letter case, and blanks or hyphens for "_", do not matter."""

_ARRIVES = "arrival arrived arrive arr ata in gate-in прибытие прибыл келу келді varış vardı"
_LEAVES = "departure departed depart dep atd out gate-out отправление отправлен жөнелту жөнелтілді kalkış kalktı"
_EVENTS: Mapping[str, bool] = {
    **dict.fromkeys(_ARRIVES.split(), False),
    **dict.fromkeys(_LEAVES.split(), True),
}
"""What operators call an arrival (False) and a departure (True)."""

_CLOCK = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_ZONE = r"(?:[Zz]|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"
_TIME = "Write it as 2026-03-01T14:30+05:00: the day, the hour and how far its zone is from UTC"


@dataclass(frozen=True)
class _Fault:
    """What may be wrong with a cell of the column `field`, and how to mend it."""

    field: str
    reason: str
    remedy: str


_FAULTS: Mapping[str, _Fault] = {
    "shipment": _Fault("shipment", "is empty", "Say whose scan it is"),
    "node": _Fault("node", "is no known node", "Correct it, or add it to catalog/nodes.csv"),
    "event": _Fault(
        "event",
        "is neither an arrival nor a departure",
        "Write arrival or departure; planned times (ETA, ETD) are no measurement",
    ),
    "zone": _Fault("time", "has no time zone", _TIME),
    "time": _Fault("time", "is not a time", _TIME),
    "repeat": _Fault("row", "repeats the scan of another row", "Keep one of the two"),
}


def _recognises(document: Document) -> bool:
    return set(_named(_header(document))) == set(_COLUMNS)


def _read(document: Document, catalogue: Catalogue) -> Reading:
    """Measure what a log holds; a shipment with an impossible scan is left out, named once."""
    header = _header(document)
    faults = [*_header_faults(document.name, header)]
    if faults:
        return refused("observation", *faults)
    columns = {found[0]: name for name, found in _named(header).items()}
    read = read_parquet if is_parquet(document) else read_delimited
    table = read(document, wanted=tuple(columns))
    if table.refusals:
        return refused("observation", *table.refusals)
    log = table.frame.rename(columns=columns)
    if log.empty:
        fault = Refusal(document.name, 1, "file", "", "holds no scans", "Add a log with its rows.")
        return refused("observation", fault)
    others = [cell for cell in header if cell not in columns]
    return _measured(document, log, catalogue, others)


def _measured(
    document: Document, log: pd.DataFrame, catalogue: Catalogue, others: list[str]
) -> Reading:
    nodes = sorted(catalogue.node_ids)
    scans, names = _scans(log, nodes)
    spoilt = scans[scans["fault"] != ""].sort_values("row")
    alike = spoilt["fault"].iloc[0] if len(spoilt) == len(scans) else ""
    if alike and (spoilt["fault"] == alike).all():
        return refused("observation", _all_alike(document.name, log, alike))
    nameless = spoilt["shipment"] < 0
    first = pd.concat([spoilt[nameless], spoilt[~nameless].drop_duplicates("shipment")])
    sound = journeys.in_order(journeys.without(scans, {-1, *first["shipment"]}))
    disordered = journeys.impossible(sound)
    found = journeys.journeys(journeys.without(sound, disordered["shipment"]))
    sizes = scans["shipment"].value_counts()
    refusals = [
        *_cell_refusals(document.name, log.loc[first.index], first, names, sizes),
        *_order_refusals(document.name, log, disordered, names=names, sizes=sizes, nodes=nodes),
    ]
    return Reading(
        "observation",
        travel_times.observations(found, nodes, catalogue.plan_days, document.source or "operator"),
        tuple(sorted(refusals)),
        is_partial=True,
        passed_over=tuple(_passed_over(found, others)),
    )


def _header(document: Document) -> list[str]:
    if is_parquet(document):
        return parquet_header(document)
    return [cell.strip() for record in first_records(document)[:1] for cell in record]


def _named(header: list[str]) -> dict[str, list[str]]:
    """Our columns, each with the cells of the header that may mean it."""
    folded = [(cell, cell.casefold().replace(" ", "_").replace("-", "_")) for cell in header]
    found = {
        name: [cell for cell, plain in folded if plain in names] for name, names in _COLUMNS.items()
    }
    return {name: cells for name, cells in found.items() if cells}


def _header_faults(name: str, header: list[str]) -> Iterator[Refusal]:
    shown, found = ",".join(header)[:200], _named(header)
    for column, names in _COLUMNS.items():
        if column not in found:
            remedy = f"Name the column of the {column} {' or '.join(names)}."
            yield Refusal(name, 1, "header", shown, f"has no column for the {column}", remedy)
        elif len(found[column]) > 1:
            reason = f"has {len(found[column])} columns that may be the {column}"
            remedy = f"Keep one of {', '.join(found[column])}; name the others otherwise."
            yield Refusal(name, 1, "header", shown, reason, remedy)


def _scans(log: pd.DataFrame, nodes: list[str]) -> tuple[pd.DataFrame, pd.Index]:
    """The log as `journeys` wants it, with the `fault` of each row, and the shipments' names.

    An unknown shipment or node has the code -1; the first fault in the order of `_FAULTS` counts.
    """
    codes, names = pd.factorize(log["shipment"].str.strip())
    code = {node: number for number, node in enumerate(nodes)}
    events = _folded(log["event"]).map(_EVENTS)
    times, fault = _times(log["time"].str.strip())
    scans = pd.DataFrame(
        {
            "shipment": pd.Series(codes, index=log.index).mask(names[codes] == "", -1),
            "node": _folded(log["node"]).map(code).fillna(-1).astype("int64"),
            "departs": events.eq(other=True),
            "time": times,
            "row": log["row"],
        }
    )
    repeated = scans.duplicated(["shipment", "node", "departs", "time"])
    fault = fault.mask((fault == "") & repeated, "repeat")
    fault = fault.mask(events.isna(), "event").mask(scans["node"] < 0, "node")
    return scans.assign(fault=fault.mask(scans["shipment"] < 0, "shipment")), names


def _folded(cells: pd.Series) -> pd.Series:
    """Trimmed and without regard to letter case; each distinct cell is looked at once."""
    plain = {cell: cell.strip().casefold().replace(" ", "-") for cell in cells.unique()}
    return cells.map(plain)


def _times(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Microseconds since 1970 in UTC, and the fault of each cell or ""."""
    instants = pd.to_datetime(cells, format="ISO8601", utc=True, errors="coerce")
    is_clock = cells.str.fullmatch(_CLOCK + _ZONE)
    is_zoneless = cells.str.fullmatch(_CLOCK)
    fault = pd.Series("", index=cells.index).mask(instants.isna() | ~is_clock, "time")
    sound = instants.dt.as_unit("us").astype("int64")
    return sound.where(fault == "", 0), fault.mask(is_zoneless, "zone")


def _all_alike(name: str, log: pd.DataFrame, kind: str) -> Refusal:
    """One sentence where every row of a log is wrong in the same way."""
    fault, first = _FAULTS[kind], next(rows(log.head(1)))
    reason = f"{fault.reason}, nor has any other of the {len(log)} rows a better one"
    return Refusal(
        name, first["row"], fault.field, first.get(fault.field, ""), reason, f"{fault.remedy}."
    )


def _cell_refusals(
    name: str, log: pd.DataFrame, first: pd.DataFrame, names: pd.Index, sizes: pd.Series
) -> Iterator[Refusal]:
    pairs = zip(rows(log), first["shipment"], first["fault"], strict=True)
    for row, shipment, kind in pairs:
        fault = _FAULTS[kind]
        value = row.get(fault.field) if fault.field != "row" else _shown(row)
        remedy = f"{fault.remedy}{_left_out(shipment, names, sizes)}."
        yield Refusal(name, row["row"], fault.field, str(value), fault.reason, remedy)


def _order_refusals(
    name: str,
    log: pd.DataFrame,
    disordered: pd.DataFrame,
    *,
    names: pd.Index,
    sizes: pd.Series,
    nodes: list[str],
) -> Iterator[Refusal]:
    time = log.set_index("row")["time"].reindex(disordered["row"])
    for row, cell in zip(rows(disordered), time, strict=True):
        reason = row["fault"].format(node=nodes[row["node"]], before=nodes[row["before"]])
        out = _left_out(row["shipment"], names, sizes)
        remedy = f"Correct the time, or add the scan that is missing{out}."
        yield Refusal(name, row["row"], "time", cell, reason, remedy)


def _left_out(shipment: int, names: pd.Index, sizes: pd.Series) -> str:
    if shipment < 0:
        return "; until then the row is left out"
    return f"; until then shipment {names[shipment]} is left out with its {sizes[shipment]} scans"


def _shown(row: Mapping[str, str]) -> str:
    return ", ".join(row[column] for column in _COLUMNS)


def _passed_over(found: journeys.Journeys, others: list[str]) -> Iterator[str]:
    if others:
        yield f"Columns not read: {', '.join(others)}."
    under_way = int(found.open["is_last"].sum())
    if under_way:
        yield (
            f"{under_way} shipments had left their last node and arrived nowhere when the log ends: "
            "their finished legs count, their end to end does not."
        )
    if len(found.returning):
        yield (
            f"{len(found.returning)} shipments came back to a node where they had been: their legs "
            "count, their end to end does not. Give each trip of a container an id of its own."
        )


SHIPMENTS = Source(
    "shipments",
    "an operator's event log, CSV or Parquet: shipment, node, event, time with zone",
    _recognises,
    _read,
)
