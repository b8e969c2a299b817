"""An operator's log of scans becomes counts, days and shares by month; what cannot be is named."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import contracts
from etl.economies import Catalogue
from etl.formats.document import Document
from etl.layouts import TABLES
from etl.sources.reading import COLUMNS
from etl.sources.shipments import SHIPMENTS
from etl.sources.source import Reading
from tests.tables import assert_refusals, assert_table, table

_NODES = frozenset({"altynkol", "beyneu", "aktau", "alat", "poti"})
_CATALOGUE = Catalogue((), (), _NODES, {("altynkol", "aktau"): Decimal(5)})
_JOURNEY = """
    | shipment | node     | event     | time                      |
    | S1       | altynkol | departure | 2026-03-01T00:00:00+05:00 |
    | S1       | beyneu   | arrival   | 2026-03-03T00:00:00+05:00 |
    | S1       | beyneu   | departure | 2026-03-04T00:00:00+05:00 |
    | S1       | aktau    | arrival   | 2026-03-05T12:00:00+05:00 |
"""


def _csv(log: str | pd.DataFrame) -> bytes:
    frame = table(log) if isinstance(log, str) else log
    return frame.to_csv(index=False).encode()


def _read(log: str | pd.DataFrame | bytes, **document: str) -> Reading:
    content = log if isinstance(log, bytes) else _csv(log)
    return SHIPMENTS.read(
        Document(document.pop("name", "log.csv"), content, **document), _CATALOGUE
    )


def _figures(reading: Reading, *indicators: str) -> pd.DataFrame:
    return reading.rows[reading.rows["indicator"].isin(indicators)]


def _scans(text: str) -> str:
    """A log from lines of `shipment node:event:day …`, the days being those of March 2026."""
    lines = ["| shipment | node | event | time |"]
    for line in text.strip().splitlines():
        shipment, *scans = line.split()
        for scan in scans:
            node, event, day = scan.split(":")
            name = {"a": "arrival", "d": "departure"}[event]
            lines.append(f"| {shipment} | {node} | {name} | 2026-03-{int(day):02}T12:00Z |")
    return "\n".join(lines)


def test_a_journey_is_measured_by_leg_stay_section_and_end_to_end():
    """The stay counts end to end and in the section, not on the move; the month is that of UTC."""
    reading = _read(_JOURNEY)
    assert (reading.refusals, reading.is_partial, reading.passed_over) == ((), True, ())
    assert_table(
        reading.rows,
        """
        | indicator              | scope          | period  | value | low | high | unit      | status  | source   | row |
        | dwell_days_median      | node:beyneu    | 2026-03 | 1     |     |      | days      | derived | operator | 3   |
        | dwell_days_p10_p90     | node:beyneu    | 2026-03 |       | 1   | 1    | days      | derived | operator | 3   |
        | dwell_shipments        | node:beyneu    | 2026-03 | 1     |     |      | shipments | derived | operator | 3   |
        | leg_days_median        | altynkol>beyneu | 2026-02 | 2    |     |      | days      | derived | operator | 2   |
        | leg_days_median        | beyneu>aktau   | 2026-03 | 1.5   |     |      | days      | derived | operator | 4   |
        | leg_days_p10_p90       | altynkol>beyneu | 2026-02 |      | 2   | 2    | days      | derived | operator | 2   |
        | leg_days_p10_p90       | beyneu>aktau   | 2026-03 |       | 1.5 | 1.5  | days      | derived | operator | 4   |
        | leg_shipments          | altynkol>beyneu | 2026-02 | 1    |     |      | shipments | derived | operator | 2   |
        | leg_shipments          | beyneu>aktau   | 2026-03 | 1     |     |      | shipments | derived | operator | 4   |
        | measured_days_median   | altynkol>aktau | 2026-02 | 4.5   |     |      | days      | derived | operator | 2   |
        | measured_days_p10_p90  | altynkol>aktau | 2026-02 |       | 4.5 | 4.5  | days      | derived | operator | 2   |
        | measured_share_in_plan | altynkol>aktau | 2026-02 | 100   |     |      | percent   | derived | operator | 2   |
        | moving_days_median     | altynkol>aktau | 2026-02 | 3.5   |     |      | days      | derived | operator | 2   |
        | moving_days_p10_p90    | altynkol>aktau | 2026-02 |       | 3.5 | 3.5  | days      | derived | operator | 2   |
        | section_days_median    | altynkol>aktau | 2026-02 | 4.5   |     |      | days      | derived | operator | 2   |
        | section_days_p10_p90   | altynkol>aktau | 2026-02 |       | 4.5 | 4.5  | days      | derived | operator | 2   |
        | section_shipments      | altynkol>aktau | 2026-02 | 1     |     |      | shipments | derived | operator | 2   |
        | shipments              | altynkol>aktau | 2026-02 | 1     |     |      | shipments | derived | operator | 2   |
        """,
    )


def test_the_rows_are_those_of_the_observation_table():
    """Columns, order and types are the layout's, and its contract finds nothing to refuse."""
    rows = _read(_JOURNEY, source="ktze").rows
    layout = next(table for table in TABLES if table.name == "observation")
    arrived = rows.assign(vintage="2026-04", file="log.csv")
    assert [*COLUMNS["observation"], "row"] == list(rows.columns)
    assert [*contracts.check(layout, arrived)] == []
    assert {"ktze"} == {*rows["source"]}


def test_percentiles_interpolate_and_end_points_never_mix():
    """Ten journeys of 1 to 10 days: type 7 gives 1.9, 5.5, 9.1; another end is another scope."""
    lines = [f"S{day} altynkol:d:1 aktau:a:{1 + day}" for day in range(1, 11)]
    reading = _read(_scans("\n".join([*lines, "T altynkol:d:1 aktau:a:3 aktau:d:4 alat:a:5"])))
    assert_table(
        _figures(reading, "shipments", "measured_days_median", "measured_days_p10_p90"),
        """
        | indicator             | scope          | value | low | high |
        | measured_days_median  | altynkol>aktau | 5.5   |     |      |
        | measured_days_median  | altynkol>alat  | 4     |     |      |
        | measured_days_p10_p90 | altynkol>aktau |       | 1.9 | 9.1  |
        | measured_days_p10_p90 | altynkol>alat  |       | 4   | 4    |
        | shipments             | altynkol>aktau | 10    |     |      |
        | shipments             | altynkol>alat  | 1     |     |      |
        """,
    )


def test_the_share_within_plan_counts_whoever_crossed_the_section():
    """Five days are within a plan of five; a journey that goes on past the section counts too."""
    reading = _read(
        _scans("""
            S1 altynkol:d:1 aktau:a:6
            S2 altynkol:d:1 beyneu:a:4 beyneu:d:6 aktau:a:7
            S3 altynkol:d:1 aktau:a:3 aktau:d:5 alat:a:6
            S4 beyneu:d:1 aktau:a:20
        """)
    )
    assert_table(
        _figures(reading, "section_shipments", "measured_share_in_plan"),
        """
        | indicator              | scope          | value     | note         |
        | measured_share_in_plan | altynkol>aktau | 66.666667 | plan: 5 days |
        | section_shipments      | altynkol>aktau | 3         |              |
        """,
    )


def test_shipments_under_way_make_their_month_preliminary():
    """Their finished legs count, their end to end does not, and a sentence says so."""
    reading = _read(_scans("S1 altynkol:d:1 aktau:a:3\nS2 altynkol:d:1 aktau:a:3 aktau:d:4"))
    assert_table(
        _figures(reading, "shipments", "leg_shipments", "section_shipments"),
        """
        | indicator         | scope          | value | status      |
        | leg_shipments     | altynkol>aktau | 2     | derived     |
        | section_shipments | altynkol>aktau | 2     | derived     |
        | shipments         | altynkol>aktau | 1     | preliminary |
        """,
    )
    assert [sentence[:50] for sentence in reading.passed_over] == [
        "1 shipments had left their last node and arrived n"
    ]


def test_a_container_that_comes_back_has_legs_but_no_end_to_end():
    """Which of its trips would be the journey, nobody can tell."""
    reading = _read(
        _scans("C1 altynkol:d:1 aktau:a:3 aktau:d:4 altynkol:a:6 altynkol:d:7 alat:a:9")
    )
    assert _figures(reading, "leg_days_median")["value"].to_list() == ["2", "2", "2"]
    assert _figures(reading, "shipments", "section_shipments").empty
    assert "came back" in reading.passed_over[0]


@pytest.mark.parametrize(
    ("rows", "refusals"),
    [
        (
            "| S2 | altynkol | departure | 2026-03-05T00:00Z |\n| S2 | aktau | arrival | 2026-03-01T00:00Z |",
            "| 7 | time | 2026-03-01T00:00Z | arrives at aktau before it leaves altynkol |",
        ),
        (
            "| S2 | aktau | arrival | 2026-03-05T00:00Z |\n| S2 | aktau | departure | 2026-03-01T00:00Z |",
            "| 7 | time | 2026-03-01T00:00Z | leaves aktau before it arrives there |",
        ),
        (
            "| S2 | dostyk | departure | 2026-03-05T00:00Z |",
            "| 6 | node | dostyk | is no known node |",
        ),
        (
            "| S2 | aktau | departure | 2026-03-05T00:00Z |\n| S2 | aktau | departure | 2026-03-05T05:00+05:00 |",
            "| 7 | row | S2, aktau, departure, 2026-03-05T05:00+05:00 | repeats the scan of another row |",
        ),
        (
            "| S2 | aktau | arrival | 2026-03-05T00:00Z |\n| S2 | aktau | arrival | 2026-03-06T00:00Z |",
            "| 7 | time | 2026-03-06T00:00Z | arrives at aktau a second time without having left it |",
        ),
        (
            "| S2 | aktau | arrival | 2026-03-05T00:00Z |\n| S2 | alat | arrival | 2026-03-06T00:00Z |",
            "| 7 | time | 2026-03-06T00:00Z | arrives at alat without having left aktau |",
        ),
        (
            "| S2 | aktau | departure | 2025-03-05T00:00Z |\n| S2 | alat | arrival | 2026-05-06T00:00Z |",
            "| 7 | time | 2026-05-06T00:00Z | stands at alat more than a year after the scan before it |",
        ),
        (
            "| S2 | aktau | departure | 2026-03-05T00:00 |",
            "| 6 | time | 2026-03-05T00:00 | has no time zone |",
        ),
        (
            "| S2 | aktau | departure | 05.03.2026 00:00 |",
            "| 6 | time | 05.03.2026 00:00 | is not a time |",
        ),
        (
            "| S2 | aktau | departure | 2026-02-30T00:00Z |",
            "| 6 | time | 2026-02-30T00:00Z | is not a time |",
        ),
        (
            "| S2 | aktau | ETD | 2026-03-05T00:00Z |",
            "| 6 | event | ETD | is neither an arrival nor a departure |",
        ),
        ("|  | aktau | departure | 2026-03-05T00:00Z |", "| 6 | shipment |  | is empty |"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_the_other_shipments_stand(rows: str, refusals: str):
    """One refusal for a faulty shipment, at its first faulty row; S1 is measured all the same."""
    reading = _read(f"{_JOURNEY.strip()}\n{rows}")
    assert_refusals(reading.refusals, f"| row | field | value | reason |\n{refusals}")
    assert reading.is_partial
    pd.testing.assert_frame_equal(reading.rows, _read(_JOURNEY).rows)


def test_a_refusal_says_what_is_left_out():
    """The remedy names the shipment, and how many scans go with it."""
    line = "| S2 | aktau | departure | 2026-03-05T00:00Z |\n| S2 | mars | arrival | 2026-03-06T00:00Z |"
    (refusal,) = _read(f"{_JOURNEY.strip()}\n{line}").refusals
    assert refusal.remedy == (
        "Correct it, or add it to catalog/nodes.csv; until then shipment S2 is left out with its 2 scans."
    )


@pytest.mark.parametrize(
    ("content", "refusals"),
    [
        (b"", "| 1 | header |  | has no column for the shipment |"),
        (b"shipment,node,event\nS1,aktau,arrival\n", "| 1 | header | shipment,node,event | has no column for the time |"),
        (b"shipment,container,node,event,time\n", "| 1 | header | shipment,container,node,event,time | has 2 columns that may be the shipment |"),
        (b"shipment,node,event,time\n", "| 1 | file |  | holds no scans |"),
        (b"shipment,node,event,time\nS1,aktau,arrival\n", "| 2 | row | S1,aktau,arrival | has 3 cells where the header has 4 |"),
        (b"shipment,node,event,time\nS1,aktau,arrival,2026-03-01T10:00\nS1,aktau,departure,2026-03-02T10:00\n", "| 2 | time | 2026-03-01T10:00 | has no time zone, nor has any other of the 2 rows a better one |"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_log_is_refused_whole(content: bytes, refusals: str):
    """Nothing stands of a file whose columns, cells or times are unreadable throughout."""
    reading = _read(content)
    first = [refusal for refusal in reading.refusals if refusal.reason in refusals]
    assert_refusals(first, f"| row | field | value | reason |\n{refusals}")
    assert (len(reading.rows), reading.is_partial) == (0, False)


def test_operators_words_are_understood():
    """Other names of columns, letter case, blanks, semicolons, three languages of events."""
    theirs = _csv(
        """
        | Container ID | Station  | Event Type  | Timestamp                 | Train |
        | S1           | Altynkol | ATD         | 2026-02-28 19:00:00Z      | 1     |
        | S1           | BEYNEU   | Прибытие    | 2026-03-03T00:00:00+0500  | 1     |
        | S1           | beyneu   | gate out    | 2026-03-03T23:00:00+04:00 | 2     |
        | S1           | aktau    | varış       | 2026-03-05T12:00:00+05    | 2     |
        """
    ).replace(b",", b";")
    reading = _read(theirs)
    pd.testing.assert_frame_equal(reading.rows, _read(_JOURNEY).rows)
    assert reading.passed_over == ("Columns not read: Train.",)


def _parquet(frame: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame), file)
    return file.getvalue()


def test_parquet_gives_the_same_rows():
    """Timestamps with a zone are instants; a column without one is refused, and so is half a file."""
    log = table(_JOURNEY)
    instants = log.assign(time=pd.to_datetime(log["time"]).dt.tz_convert("Asia/Almaty"))
    whole = _parquet(instants)
    assert SHIPMENTS.recognises(Document("log.parquet", whole))
    pd.testing.assert_frame_equal(_read(whole).rows, _read(_JOURNEY).rows)
    (zoneless,) = _read(_parquet(log.assign(time=instants["time"].dt.tz_localize(None)))).refusals
    assert (zoneless.row, zoneless.field, zoneless.reason[:16]) == (2, "time", "has no time zone")
    assert _read(whole[:-20]).rows.empty
    (typed,) = _read(_parquet(instants.assign(node=1.5))).refusals
    assert (typed.field, typed.value) == ("node", "double")


@pytest.mark.slow
@settings(max_examples=30)
@given(place=st.integers(0, 3000), bit=st.integers(0, 7), is_parquet=st.booleans())
def test_no_flipped_bit_raises(place: int, bit: int, is_parquet: bool):
    """Whatever the bytes, there are rows or a refusal that names what is wrong."""
    log = table(_JOURNEY)
    whole = bytearray(_parquet(log) if is_parquet else _csv(log))
    whole[place % len(whole)] ^= 1 << bit
    document = Document("log", bytes(whole))
    SHIPMENTS.recognises(document)
    reading = SHIPMENTS.read(document, _CATALOGUE)
    assert len(reading.rows) or reading.refusals


@pytest.mark.parametrize(
    ("header", "is_log"),
    [
        ("shipment,node,event,time", True),
        ("CONTAINER;NODE;EVENT;TIMESTAMP;TRAIN", True),
        ("reporter,partner,flow,time", False),
        ("PAR1", False),
        ("", False),
    ],
)
def test_a_log_is_recognised_by_its_four_columns(header: str, is_log: bool):
    """Whatever else stands beside them."""
    assert SHIPMENTS.recognises(Document("log.csv", header.encode())) == is_log


_ROUTE = ("altynkol", "beyneu", "aktau", "alat", "poti")
_GAPS = st.lists(st.integers(1, 200), min_size=1, max_size=8)


def _log(gaps: Iterable[list[int]], first: str = "2026-03-10T00:00Z") -> pd.DataFrame:
    """A log of shipments that go down the route, with `gaps` of hours between their scans."""
    scans = []
    for shipment, hours in enumerate(gaps):
        times = np.cumsum([shipment, *hours])
        for number, hour in enumerate(times):
            event = "arrival" if number % 2 else "departure"
            time = pd.Timestamp(first) + pd.Timedelta(hours=int(hour))
            scans.append((f"S{shipment}", _ROUTE[(number + 1) // 2], event, time.isoformat()))
    return pd.DataFrame(scans, columns=["shipment", "node", "event", "time"])


def _values(log: pd.DataFrame) -> pd.DataFrame:
    rows = _read(log).rows
    return rows.drop(columns=["row", "place"]).reset_index(drop=True)


@settings(max_examples=10)
@given(st.lists(_GAPS, min_size=1, max_size=6), st.randoms())
def test_the_order_of_rows_makes_no_difference(gaps: list[list[int]], random):
    """A log may be sorted by shipment, by time or by nothing."""
    log = _log(gaps)
    places = [*range(len(log))]
    random.shuffle(places)
    pd.testing.assert_frame_equal(_values(log.iloc[places]), _values(log))


@settings(max_examples=10)
@given(st.lists(_GAPS, min_size=1, max_size=6))
def test_shifting_all_times_shifts_months_alone(gaps: list[list[int]]):
    """The same log 365 days later has the same days in the same months of the next year."""
    earlier, later = _log(gaps, "2025-03-10T00:00Z"), _log(gaps, "2026-03-10T00:00Z")
    moved = _values(earlier).assign(period=lambda rows: rows["period"].str.replace("2025", "2026"))
    pd.testing.assert_frame_equal(moved, _values(later))


@settings(max_examples=10)
@given(st.lists(_GAPS, min_size=1, max_size=6), st.integers(-11, 14))
def test_the_zone_in_which_a_time_is_written_makes_no_difference(gaps: list[list[int]], zone: int):
    """The same instants, written with another offset, are the same log."""
    log = _log(gaps)
    offset = f"{'-' if zone < 0 else '+'}{abs(zone):02}:00"
    written = log["time"].map(lambda cell: pd.Timestamp(cell).tz_convert(offset).isoformat())
    pd.testing.assert_frame_equal(_values(log.assign(time=written)), _values(log))


@pytest.mark.slow
def test_a_hundred_thousand_scans_have_the_answers_that_numpy_gives():
    """Months, counts, medians and percentiles are those of a plain count of what was generated."""
    count, day = 25_000, 86_400
    random = np.random.default_rng(20230928)
    left = pd.Timestamp("2026-01-01").value // 10**9 + random.integers(0, 90 * day, count)
    steps = random.integers(day // 2, 4 * day, (count, 3)).cumsum(axis=1)
    seconds = np.column_stack([left, left[:, None] + steps])
    log = pd.DataFrame(
        {
            "shipment": np.repeat(np.arange(count), 4).astype("str"),
            "node": np.tile(["altynkol", "beyneu", "beyneu", "aktau"], count),
            "event": np.tile(["departure", "arrival"], 2 * count),
            "time": pd.to_datetime(seconds.ravel(), unit="s").strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    )
    days = pd.Series(steps[:, 2] / day)
    months = days.groupby(pd.to_datetime(left, unit="s").strftime("%Y-%m"))
    reading = _read(log)
    for indicator, column, expected in [
        ("shipments", "value", months.size()),
        ("measured_days_median", "value", months.quantile(0.5)),
        ("measured_days_p10_p90", "low", months.quantile(0.1)),
        ("measured_days_p10_p90", "high", months.quantile(0.9)),
        ("measured_share_in_plan", "value", months.agg(lambda each: 100 * (each <= 5).mean())),
    ]:
        found = _figures(reading, indicator).set_index("period")[column].astype("float")
        assert found.to_dict() == pytest.approx(expected.to_dict(), abs=1e-6)
    assert reading.refusals == ()
