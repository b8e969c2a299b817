"""Kept sums spoilt as files are spoilt: refused, or read as they were; never a wrong figure."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from etl.__main__ import main as etl
from etl.formats.document import Document
from etl.readings import Library
from etl.snapshots import FOLDER, Snapshots
from etl.sources.chapter_flows import CHAPTER_FLOWS
from tests.data_folder import DataFolder
from tests.etl.bulk.adding import LEGACY, csv, saved

pytestmark = pytest.mark.slow

_RECORDS = """
| partner    | cmdCode | tradeValueUSD |
| Turkey     | 27.0    | 5.5           |
| Uzbekistan | 10.0    | 12345678.25   |
| World      | 27.0    | 9.0           |
"""


@pytest.fixture
def mart(small: DataFolder, tmp_path: Path) -> bytes:
    """What `etl aggregate` keeps of a few records."""
    path = saved(tmp_path, csv(_RECORDS, **LEGACY), "bulk.csv.gz")
    arguments = ["aggregate", str(path), "--as", "comtrade", "--data", str(small.path)]
    assert CliRunner().invoke(etl, arguments).exit_code == 0
    (snapshot,) = Snapshots(small.path / FOLDER)
    return snapshot.content()


def test_no_bit_can_be_flipped_into_another_figure(mart: bytes, library: Library):
    """Nor the end of the file cut off, nor bytes put in: in three hundred ways, the same each time."""
    right = library.read(CHAPTER_FLOWS.kind, Document("mart", mart))
    assert (len(right.rows), right.refusals) == (5, ())
    chance = random.Random(42)
    spoilt = [mart[: chance.randrange(len(mart))] for _ in range(30)]
    for _ in range(30):
        place = chance.randrange(len(mart))
        spoilt.append(mart[:place] + bytes(chance.randrange(1, 9)) + mart[place:])
    for _ in range(240):
        flipped = bytearray(mart)
        flipped[chance.randrange(len(mart))] ^= 1 << chance.randrange(8)
        spoilt.append(bytes(flipped))
    refused = 0
    for content in spoilt:
        reading = library.read(CHAPTER_FLOWS.kind, Document("mart", content))
        refused += bool(reading.refusals)
        if not reading.refusals:
            pd.testing.assert_frame_equal(reading.rows, right.rows)
    assert refused > 150
