"""What the tests of readers share: a small catalogue, answers made from tables, damaged bytes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from etl import rules
from etl.economies import Catalogue
from etl.formats.document import Document
from etl.sources.reading import COLUMNS
from etl.sources.source import Reading, Source
from tests.data_folder import DATA
from tests.tables import listed
from warehouse import periods

CATALOGUE = Catalogue(
    listed("""
        | code | alpha2 | m49 | aliases             | name_en    |
        | AZE  | AZ     | 031 |                     | Azerbaijan |
        | CHN  | CN     | 156 |                     | China      |
        | ARG  | AR     | 032 |                     | Argentina  |
        | KAZ  | KZ     | 398 |                     | Kazakhstan |
        | KGZ  | KG     | 417 | Kyrgyz Republic     | Kyrgyzstan |
        | TUR  | TR     | 792 | Turkey;Turkiye      | Türkiye    |
        | UZB  | UZ     | 860 |                     | Uzbekistan |
        | ROU  | RO     | 642 | ROM                 | Romania    |
        | XKX  | XK     | 412 |                     | Kosovo     |
        | USA  | US     | 840 | United States       | America    |
        | WLD  |        | 001 | World;G001;W00      | World      |
    """),
    listed("""
        | id  | aliases                           | note |
        | ECS | ECS;Europe & Central Asia;Europe and Central Asia | |
        | EMU | EMU;Euro area;G163                |      |
        | INX | INX;Not classified                |      |
    """),
)


def real_catalogue() -> Catalogue:
    """The economies and groups of the repository's own catalogue."""
    texts = (
        (DATA / "catalog" / name).read_text("utf-8") for name in ("economies.csv", "groups.csv")
    )
    return Catalogue(*([*csv.DictReader(io.StringIO(text))] for text in texts))


def read(source: Source, content: bytes | str | Any, catalogue: Catalogue = CATALOGUE) -> Reading:
    """What a source reads in bytes, in a text, or in a value written as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    encoded = content.encode() if isinstance(content, str) else content
    reading = source.read(Document("document", encoded), catalogue)
    assert_sound(reading)
    return reading


def recognises(source: Source, content: Any) -> bool:
    """Whether a source knows a document by its content."""
    encoded = content if isinstance(content, bytes) else json.dumps(content).encode()
    return source.recognises(Document("document", encoded))


def assert_sound(reading: Reading) -> None:
    """Rows are in the layout of their table, numbers are numbers and periods are periods."""
    assert list(reading.rows.columns) == [*COLUMNS[reading.table], "row"]
    assert set(map(str, reading.rows.dtypes[:-1])) == {"str"}
    assert str(reading.rows.dtypes["row"]) == "int64"
    if not reading.refusals:
        assert reading.rows["value"].map(rules.NUMBER.holds).all()
        assert reading.rows["period"].map(periods.is_period).all()


def sdmx(figures: pd.DataFrame, *marks: str, **names: str) -> dict[str, Any]:
    """Figures as data sets and structure: series by every column but TIME_PERIOD, value and marks.

    The values of every dimension stand in falling order, as no reader should expect them. `names`
    are what the answer calls a code.
    """
    series = [name for name in figures if name not in {"TIME_PERIOD", "value", *marks}]
    codes = {
        name: sorted(set(figures[name]) - {""}, reverse=True)
        for name in (*series, "TIME_PERIOD", *marks)
    }
    data: dict[str, Any] = {}
    for row in figures.to_dict("records"):
        key = ":".join(str(codes[name].index(row[name])) for name in series)
        own = data.setdefault(key, {"attributes": [], "observations": {}})["observations"]
        number = None if row["value"] == "" else json.loads(row["value"])
        places = [codes[mark].index(row[mark]) if row[mark] else None for mark in marks]
        own[str(codes["TIME_PERIOD"].index(row["TIME_PERIOD"]))] = [number, *places]

    def listed(name: str) -> dict[str, Any]:
        values = [{"id": code, "name": names.get(code, "")} for code in codes[name]]
        return {"id": name, "values": values}

    return {
        "dataSets": [{"series": data}],
        "structure": {
            "dimensions": {
                "series": [listed(name) for name in series],
                "observation": [listed("TIME_PERIOD")],
            },
            "attributes": {"observation": [listed(mark) for mark in marks]},
        },
    }


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with some changed, cut out, doubled or the end cut off."""
    places = st.integers(0, len(content))

    def change(edits: list[tuple[int, int, bytes]]) -> bytes:
        spoilt = content
        for start, length, put in edits:
            spoilt = spoilt[:start] + put + spoilt[start + length :]
        return spoilt

    put = st.one_of(st.binary(max_size=3), st.sampled_from([b'"', b",", b"null", b"[", b"9e9"]))
    edit = st.tuples(places, st.sampled_from([0, 1, 1, 2, 40, len(content)]), put)
    return st.lists(edit, min_size=1, max_size=4).map(change)
