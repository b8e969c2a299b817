"""The Kyrgyz workbooks: three languages of names, years in columns, totals that rows fall short of."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from etl.economies import Economies
from etl.formats.workbook import opened
from etl.sources.kg_nsc import KG_NSC
from etl.sources.kg_shortfalls import SHORTFALLS
from etl.sources.source import Reading
from tests.etl.sources.answers import real_catalogue
from tests.etl.sources.workbooks import Grid, document, economies, figures, xlsx
from tests.tables import assert_refusals, assert_table

_ECONOMIES = economies(
    KAZ="Казахстан;Kazakhstan",
    SLV="Сальвадор;Эль-Сальвадор;Salvador;El Salvador",
    XEU="Europe EU, nes",
    groups="ЕС;The EU;Европейский союз (ЕС);Азия;Asia",
)
_SHEET = """
    | 4.03.00.20: Импорттун бөлүштүрүүсү | Географическое распределение импорта товаров | Imports of goods | | | |
    | (миң АКШ доллары) | (тыс. долларов США) | (thousand US dollars) | | | |
    | | | | 1995 | 1996 | '2023 1 |
    | Бардыгы | Всего | Total | 60.5 | 70.3 | 17050.089 |
    | ЕС | ЕС | The EU | 10.5 | - | - |
    | Европа Бирлиги | Европейский союз (ЕС) | European Union (EU) | 10.5 | - | - |
    | Азия | Азия | Asia | 50 | 70.3 | 50.1 |
    | Казакстан | Казахстан | Kazakhstan | 50 | 60.3 | 50.1 |
    | Сальвадор | Сальвадор | Salvador | - | 6.2 | - |
    | Эль-Сальвадор | Эль-Сальвадор | El Salvador | - | 3.8 | - |
    | | | | | | |
    | 1 Алдын ала маалыматтар | 1 Предварительные данные | 1 Preliminary data | | | |
"""


def _read(content: bytes, catalogue: Economies = _ECONOMIES) -> Reading:
    return KG_NSC.read(document(content), catalogue)


def _reasons(content: bytes) -> str:
    reading = _read(content)
    assert reading.rows.empty == bool(reading.refusals)
    return "; ".join(refusal.reason for refusal in reading.refusals)


def test_a_sheet_becomes_rows_with_notes():
    """Groups are left out, two names of one economy added up, a known gap noted at its total."""
    reading = _read(xlsx(**{"import": _SHEET, "Лист1": []}))
    assert reading.refusals == ()
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | period | value     | unit         | status      | place                         | note                                                       |
        | KGZ      | WLD     | import | 1995   | 60.5      | thousand USD | final       | sheet import, row 4, column D |                                                            |
        | KGZ      | WLD     | import | 1996   | 70.3      | thousand USD | final       | sheet import, row 4, column E |                                                            |
        | KGZ      | WLD     | import | 2023   | 17050.089 | thousand USD | preliminary | sheet import, row 4, column F | the countries listed add up to 16999.989 thousand USD less |
        | KGZ      | XEU     | import | 1995   | 10.5      | thousand USD | final       | sheet import, row 6, column D |                                                            |
        | KGZ      | KAZ     | import | 1995   | 50        | thousand USD | final       | sheet import, row 8, column D |                                                            |
        | KGZ      | KAZ     | import | 1996   | 60.3      | thousand USD | final       | sheet import, row 8, column E |                                                            |
        | KGZ      | KAZ     | import | 2023   | 50.1      | thousand USD | preliminary | sheet import, row 8, column F |                                                            |
        | KGZ      | SLV     | import | 1996   | 10.0      | thousand USD | final       | sheet import, row 9, column E | the source has it in the rows 9, 10, added here            |
        """,
    )
    assert reading.edition == "2023"
    groups, short = reading.passed_over
    assert groups == "2 rows of groups left out: The EU, Asia."
    assert "less than the total import in 1 of 3 years (2023)" in short


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("| 60.3 |", "| - |", "is 60.300 more than its countries together"),
        ("| 3.8 |", "| 6.2 |", "is -2.400 more than its countries together"),
        ("| 17050.089 |", "| 17050.589 |", "is 17000.489 more than its countries"),
        ("| 17050.089 |", "| - |", "2023 has no total of all countries"),
        ("| 60.3 |", "| '60,3 |", "is not a number"),
        ("| 60.3 |", "| =1 |", "never calculated"),
        ("Казахстан", "Сальвадор", "names several economies in one row: KAZ, SLV"),
        ("| Казахстан | Kazakhstan", "| Казахстон | Kazakstan", "is no economy or group"),
        ("| Казакстан | Казахстан | Kazakhstan |", "| | | |", "beside no name"),
        ("(тыс. долларов США)", "(млн. долларов США)", "the unit was not found"),
        ("миң АКШ доллары", "миң сом", "the unit was not found"),
        ("Imports of goods", "Exports of goods", "does not say whether"),
        ("| 1996 |", "| 1995 |", "is a second column of 1995"),
        ("| '2023 1 |", "| |", "holds figures, but no row of years"),
        ("| 1995 | 1996 | '2023 1 |", "| 1995 | 1996 | '2023 1 | x |", ""),
        ("'2023 1", "2023", "marks no year as such"),
    ],
)
def test_what_must_not_pass_is_refused(before: str, after: str, reason: str):
    """No row of a document stands if one of its controls fails."""
    assert reason in _reasons(xlsx(a=_SHEET.replace(before, after)))


def test_a_year_not_seen_may_lack_a_little():
    """After 2023 a shortfall of up to two in a thousand passes, with a note; more is refused."""
    newer = (
        _SHEET.replace("'2023 1", "'2024 1")
        .replace("17050.089", "1000")
        .replace("50.1 |", "998.5 |")
    )
    reading = _read(xlsx(a=newer))
    assert reading.edition == "2024"
    assert set(reading.rows["note"]) >= {"the countries listed add up to 1.500 thousand USD less"}
    assert "is 2.500 more than" in _reasons(xlsx(a=newer.replace("| 1000 |", "| 1001 |")))


def test_refusals_stand_at_their_cells():
    """A wrong name and its consequence are both in the report."""
    assert_refusals(
        _read(xlsx(a=_SHEET.replace("| Казахстан | Kazakhstan", "| Казахстон | ?"))).refusals[:1],
        """
        | row | field   | value                     | reason                              |
        | 8   | a!names | Казакстан / Казахстон / ? | is no economy or group that we know |
        """,
    )


def test_only_the_committee_is_recognised():
    """Its title stands above a row of years; what is no workbook is somebody else's."""
    assert KG_NSC.recognises(document(xlsx(a=_SHEET)))
    assert not KG_NSC.recognises(document(xlsx(a=_SHEET.replace("Географическое", "Годовое"))))
    assert not KG_NSC.recognises(document(b"PK\x03\x04"))


_FOLDER = "trade-kg-nsc-by-country"
_GROUPS = ("ЕС", "СНГ", "ШОС", "ЕАЭС", "Европа", "Азия", "Америка", "Африка", "Австралия и Океания")
_FILES = {"export": "4.03.00.18*", "import": "4.03.00.20*"}


@pytest.fixture(scope="module")
def catalogue() -> Economies:
    """The names of data/catalog."""
    return real_catalogue()


def _original(real_data: Path, flow: str) -> bytes:
    (path,) = (real_data / _FOLDER / "original").glob(_FILES[flow])
    return path.read_bytes()


@pytest.mark.parametrize("flow", ["export", "import"])
def test_real_tables_load_cell_by_cell(real_data: Path, catalogue: Economies, flow: str):
    """Every figure but the groups', as an independent table has it, and 2023 imports preliminary."""
    content = _original(real_data, flow)
    assert KG_NSC.recognises(document(content))
    reading = _read(content, catalogue)
    assert reading.refusals == ()
    with (real_data / _FOLDER / "kg_nsc_by_country_long.csv").open(encoding="utf-8") as file:
        expected = {
            (int(row["sheet_row"]), row["year"]): Decimal(row["value_kusd"])
            for row in csv.DictReader(file)
            if row["flow"] == flow and row["value_kusd"] and row["name_ru"] not in _GROUPS
        }
    found = reading.rows
    keys = zip(found["row"], found["period"], strict=True)
    assert expected == dict(zip(keys, map(Decimal, found["value"]), strict=True))
    preliminary = set(found.loc[found["status"] == "preliminary", "period"])
    assert preliminary == ({"2023"} if flow == "import" else set())


@pytest.mark.parametrize("flow", ["export", "import"])
def test_the_known_shortfalls_are_those_of_the_real_tables(
    real_data: Path, catalogue: Economies, flow: str
):
    """The years whose rows fall short are named, by so much, and no others."""
    rows = _read(_original(real_data, flow), catalogue).rows
    noted = rows[rows["note"].str.contains("add up to")].set_index("period")["note"]
    expected = {year: f"{Decimal(short):.3f}" for year, short in SHORTFALLS[flow].items()}
    assert expected == noted.str.extract(r"add up to ([\d.]+) ")[0].to_dict()


@pytest.mark.slow
@settings(max_examples=25, derandomize=True, phases=[Phase.generate])
@given(data=st.data())
def test_spoilt_tables_give_right_rows_or_refusals(
    real_data: Path, catalogue: Economies, data: st.DataObject
):
    """Columns exchanged with or without their years, rows dropped or repeated, bytes flipped."""
    content = _original(real_data, "export")
    right = figures(_read(content, catalogue))
    ((name, rows),) = (
        (sheet.name, [[*row] for row in sheet.rows]) for sheet in opened(document(content)).sheets
    )
    row = data.draw(st.integers(11, len(rows) - 1))
    match data.draw(st.sampled_from(["columns", "cells", "drop", "repeat", "text", "bytes"])):
        case "columns":
            _exchange(rows, data, 0)
        case "cells":
            _exchange(rows, data, 4)
        case "drop" if any(isinstance(cell, float) and cell > 1 for cell in rows[row]):
            del rows[row]
        case "repeat":
            rows.insert(row, rows[row])
        case "text":
            rows[row][data.draw(st.integers(0, 32))] = "x"
        case _:
            spoilt = bytearray(content)
            spoilt[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
            reading = _read(bytes(spoilt), catalogue)
            assert reading.refusals or figures(reading) == right
            return
    reading = _read(xlsx(**{name: rows}), catalogue)
    _assert_right_or_refused(reading, right)


def _assert_right_or_refused(reading: Reading, right: dict[tuple[str, str, str], str]) -> None:
    """A rewritten workbook may keep a digit less of 239221.11900000036, and nothing else."""
    if reading.refusals:
        assert reading.rows.empty
        return
    found = figures(reading)
    assert right.keys() == found.keys()
    assert max(abs(Decimal(right[key]) - Decimal(found[key])) for key in right) < Decimal("1e-6")


def _exchange(rows: Grid, data: st.DataObject, first: int) -> None:
    one, other = data.draw(st.permutations(range(33)))[:2]
    for row in rows[first:]:
        row[one], row[other] = row[other], row[one]
