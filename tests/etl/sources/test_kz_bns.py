"""The Bureau's workbooks: editions seen and unseen, their totals, and what must not pass."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from etl.economies import Economies
from etl.formats.workbook import opened
from etl.sources.kz_bns import KZ_BNS
from etl.sources.source import Reading
from tests.etl.sources.answers import real_catalogue
from tests.etl.sources.workbooks import Grid, document, economies, figures, grid, xls, xlsx
from tests.tables import assert_refusals, assert_table

_ECONOMIES = economies(
    TUR="Турция;Түркия", UZB="Узбекистан;Өзбекстан", groups="Страны СНГ;ТМД елдері"
)
_TITLE = "| Основные показатели внешней торговли Республики Казахстан |"
_HEAD = f"""
    {_TITLE}
    | за 2022 год |
    | | | | | тыс. долларов США | | |
    | Наименование области | Товарооборот | | Экспорт | | Импорт | |
    | | Всего | удельный вес в товарообороте, % | Всего | удельный вес экспорта, % | Всего | удельный вес импорта, % |
"""
_ROWS = """
    | Всего\\nв том числе | 300.5 | 100 | 100.2 | 100 | 200.3 | 100 |
    | Страны СНГ | 200.5 | 66.7 | | | 200.5 | 100.1 |
    | Турция | 100.2 | 33.3 | 100.2 | 100 | - | |
    | Узбекистан | 200.3 | 66.7 | | | 200.3 | 100 |
"""
_SHEET = _HEAD + _ROWS.strip("\n") + "\n"
_EXPECTED = {
    ("WLD", "turnover", "2022"): "300.5",
    ("WLD", "export", "2022"): "100.2",
    ("WLD", "import", "2022"): "200.3",
    ("TUR", "turnover", "2022"): "100.2",
    ("TUR", "export", "2022"): "100.2",
    ("UZB", "turnover", "2022"): "200.3",
    ("UZB", "import", "2022"): "200.3",
}


def _read(content: bytes, catalogue: Economies = _ECONOMIES) -> Reading:
    return KZ_BNS.read(document(content), catalogue)


def _reasons(content: bytes) -> str:
    reading = _read(content)
    assert reading.rows.empty == bool(reading.refusals)
    return "; ".join(refusal.reason for refusal in reading.refusals)


def test_a_sheet_becomes_rows_with_their_places():
    """Missing stays missing, the total is the partner WLD, groups are left out and told."""
    reading = _read(xlsx(_2022=_SHEET, cover=_TITLE))
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow     | product | period | value | unit         | source | valuation  | status | place                        | row |
        | KAZ      | WLD     | turnover | TOTAL   | 2022   | 300.5 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 6, column B  | 6   |
        | KAZ      | WLD     | export   | TOTAL   | 2022   | 100.2 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 6, column D  | 6   |
        | KAZ      | WLD     | import   | TOTAL   | 2022   | 200.3 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 6, column F  | 6   |
        | KAZ      | TUR     | turnover | TOTAL   | 2022   | 100.2 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 8, column B  | 8   |
        | KAZ      | TUR     | export   | TOTAL   | 2022   | 100.2 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 8, column D  | 8   |
        | KAZ      | UZB     | turnover | TOTAL   | 2022   | 200.3 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 9, column B  | 9   |
        | KAZ      | UZB     | import   | TOTAL   | 2022   | 200.3 | thousand USD | kz-bns | not stated | final  | sheet 2022, row 9, column F  | 9   |
        """,
    )
    assert reading.edition == "2022"
    assert reading.passed_over == (
        "1 rows of groups in 2022 left out: страны снг.",
        "The sheet cover holds text and no table.",
    )


_UNSEEN = {
    "Kazakh": """
        | | | | |
        | | Қазақстан Республикасы сыртқы саудасының негізгі көрсеткіштері | | |
        | | 2022 жылғы қаңтар-желтоқсан, мың АҚШ доллары | | |
        | | Елдер | ТАУАР АЙНАЛЫМЫ | экспорт | ИМПОРТ |
        | | А | 1 | 2 | 3 |
        | | Барлығы | 300.5 | 100.2 | 200.3 |
        | | Түркия | 100.2 | 100.2 | … |
        | | ТМД елдері | 200.5 | | 200.5 |
        | | Өзбекстан | 200.3 | | 200.3 |
        | | * ескерту | | | |
    """,
    "moved": """
        | Foreign trade of the Republic of Kazakhstan, 2022 | | | | |
        | | | | thousand US dollars | |
        | Imports | Exports | growth of exports, % | Trade turnover | Country |
        | 200.3 | 100.2 | 1.5 | 300.5 | Total |
        | | 100.2 | | 100.2 | Турция |
        | 200.3 | | | 200.3 | Узбекистан |
    """,
}


@pytest.mark.parametrize("drawn", _UNSEEN.values(), ids=_UNSEEN)
def test_a_header_is_found_by_its_meaning(drawn: str):
    """Another language, order, place or case of the columns gives the same figures."""
    reading = _read(xlsx(Лист1=drawn))
    assert reading.refusals == ()
    assert figures(reading) == _EXPECTED
    assert KZ_BNS.recognises(document(xlsx(Лист1=drawn)))


@pytest.mark.parametrize(
    ("title", "sheet", "period", "edition"),
    [
        ("за январь-декабрь 2019 года", "12_2019", "2019", "2019"),
        ("за январь-июнь 2024 года", "6_2024", "2024-01/2024-06", "2024-06"),
        ("за март 2024 года", "март", "2024-03", "2024-03"),
        ("2023 жыл", "Лист1", "2023", "2023"),
        ("выпущено 15.02.2023", "2022", "2022", "2022"),
    ],
)
def test_the_title_and_the_sheet_say_when(title: str, sheet: str, period: str, edition: str):
    """A year is a year, months from January are a span, one month is a month."""
    reading = _read(xlsx(**{sheet: _SHEET.replace("за 2022 год", title)}))
    assert reading.refusals == ()
    assert (set(reading.rows["period"]), reading.edition) == ({period}, edition)


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("за 2022 год", "2021"),
        ("за январь-июнь 2022 года", "5_2022"),
        ("за I квартал 2022 года", "2022"),
        ("2021-2022", "a"),
        ("", "12_2022"),
        ("", "a"),
    ],
)
def test_a_period_that_is_not_plain_is_refused(title: str, sheet: str):
    """A title and a sheet that disagree, or half a year taken for a year, would be wrong rows."""
    content = xlsx(**{sheet: _SHEET.replace("за 2022 год", title)})
    assert "does not say plainly which year or months" in _reasons(content)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("млн. долларов США", "million USD"),
        ("долларов США", "USD"),
        ("тыс. тенге", None),
        ("млрд. долларов США", None),
        ("тыс. евро", None),
        ("", None),
    ],
)
def test_the_unit_is_read_or_refused(unit: str, expected: str | None):
    """The unit stands beside the value as printed; one that is not understood stops the document."""
    reading = _read(xlsx(_2022=_SHEET.replace("тыс. долларов США", unit)))
    assert set(reading.rows["unit"]) == ({expected} if expected else set())
    assert ["unit" in refusal.reason for refusal in reading.refusals] == [True] * (not expected)


def test_preliminary_figures_are_marked():
    """A note below the table counts as one above it."""
    reading = _read(xlsx(_2022=_SHEET.rstrip() + "\n| * Предварительные данные |"))
    assert set(reading.rows["status"]) == {"preliminary"}


def test_every_fault_is_named_at_its_cell():
    """One report holds the unknown name, the text among figures and the sums that no longer hold."""
    rows = _ROWS.replace("Турция", "Турцыя").replace("| 200.3 | 66.7", "| '200,3 | 66.7")
    assert_refusals(
        _read(xlsx(_2022=_HEAD + rows.strip("\n"))).refusals,
        """
        | row | field  | value  | reason                                                                                        |
        | 6   | 2022!B | 300.5  | is not the sum of its countries, 0: they differ by more than roundings can, 0.08660            |
        | 6   | 2022!D | 100.2  | is not the sum of its countries, 0: they differ by more than roundings can, 0.08660            |
        | 8   | 2022!A | Турцыя | is no economy or group that we know                                                           |
        | 9   | 2022!B | 200,3  | is not a number, nor a mark of a missing one (blank, -, …)                                     |
        | 9   | 2022!F | 0      | is not exports plus imports, 200.3: they differ by more than roundings can, 0.12247            |
        """,
    )


_SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "a country dropped": (lambda text: text.replace(_line(text, "Узбекистан"), ""), "sum of its"),
    "a country twice": (lambda text: text + _line(text, "Турция"), "second row of TUR"),
    "no total": (lambda text: text.replace(_line(text, "Всего\\n"), ""), "there is no row Всего"),
    "no name": (lambda text: text.replace("Турция", ""), "beside no name"),
    "a digit": (lambda text: text.replace("| 100.2 | 33.3", "| 100.5 | 33.3"), "exports plus"),
    "no turnover": (
        lambda text: text.replace("| 100.2 | 33.3", "| | 33.3"),
        "exports plus imports",
    ),
    "header lost": (lambda text: text.replace("Экспорт |", "|"), "no row that names"),
    "two exports": (lambda text: text.replace("удельный вес экспорта, %", "ещё"), "no one column"),
    "a formula": (lambda text: text.replace("| 200.3 | 66.7", "| =B6 | 66.7"), "never calculated"),
}


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines(keepends=True) if f"| {name}" in line)


@pytest.mark.parametrize(("spoil", "reason"), _SPOILT.values(), ids=_SPOILT)
def test_what_must_not_pass_is_refused(spoil: Callable[[str], str], reason: str):
    """No row of a document stands if one of its controls fails."""
    assert reason in _reasons(xlsx(_2022=spoil(_SHEET)))


def test_columns_exchanged_under_their_headers_are_found_by_their_shares():
    """Exports in the place of imports add up just as well; their shares do not."""
    rows = grid(_SHEET)
    for row in rows[5:]:
        row[3], row[5] = row[5], row[3]
    rows[7][3], rows[8][5] = 0.0, 0.0
    assert "% of the total, but" in _reasons(xlsx(_2022=rows))


def test_a_sheet_of_figures_that_is_not_understood_stops_the_workbook():
    """A cover or a method sheet may be passed over, a table may not."""
    content = xlsx(_2022=_SHEET, other="| Область | 2022 |\n| Алматы | 12345.6 |")
    assert "holds figures, but no row that names" in _reasons(content)


def test_only_the_bureau_is_recognised():
    """A table of another country, or no workbook at all, is somebody else's."""
    assert KZ_BNS.recognises(document(xlsx(_2022=_SHEET)))
    assert not KZ_BNS.recognises(document(xlsx(_2022=_SHEET.replace("Казахстан", "Беларусь"))))
    assert not KZ_BNS.recognises(document(b"\x00\xff nothing"))
    assert not KZ_BNS.recognises(document(b""))


_FOLDER = "trade-kz-bns-by-country"
_FLOWS = {"turnover": "turnover_kusd", "export": "exports_kusd", "import": "imports_kusd"}


@pytest.fixture(scope="module")
def catalogue() -> Economies:
    """The names of data/catalog."""
    return real_catalogue()


def _printed(real_data: Path, edition: str) -> list[dict[str, str]]:
    """The rows of one edition as somebody else read them."""
    with (real_data / _FOLDER / "kz_bns_by_country_all_vintages.csv").open(
        encoding="utf-8"
    ) as file:
        return [
            row for row in csv.DictReader(file) if row["source_file"].endswith(f"{edition}.xls")
        ]


def _assert_as_printed(reading: Reading, printed: list[dict[str, str]]) -> None:
    """Each cell of each country and total, by sheet and row, and nothing else."""
    assert reading.refusals == ()
    expected = {
        (row["sheet"], row["sheet_row"], flow): (row["iso3"], row["year"], Decimal(row[column]))
        for row in printed
        if row["iso3"]
        for flow, column in _FLOWS.items()
        if row[column]
    }
    found = {
        (row.place.split(", ")[0].removeprefix("sheet "), str(row.row), row.flow): (
            row.partner,
            row.period,
            Decimal(row.value),
        )
        for row in reading.rows.itertuples()
    }
    assert expected == found


@pytest.mark.parametrize("edition", ["2019", "2021", "2022"])
def test_real_editions_load_cell_by_cell(real_data: Path, catalogue: Economies, edition: str):
    """Every figure of the publisher's workbook, its totals included, as an independent table has it."""
    (path,) = (real_data / _FOLDER / "original").glob(f"*_{edition}.xls")
    given = document(path.read_bytes())
    assert KZ_BNS.recognises(given)
    reading = KZ_BNS.read(given, catalogue)
    _assert_as_printed(reading, _printed(real_data, edition))
    assert reading.edition == edition


@pytest.mark.parametrize("edition", ["2020", "2023"])
@pytest.mark.parametrize("is_old", [True, False], ids=["xls", "xlsx"])
def test_editions_not_seen_load_too(
    real_data: Path, catalogue: Economies, edition: str, is_old: bool
):
    """Rebuilt from what is known of them, with the other header, covers and method sheets."""
    printed = _printed(real_data, edition)
    sheets: dict[str, Grid] = {
        "Обложка": [["Статистический сборник"], ["Дата публикации: 14.02.2024"]],
        "Метод. пояснения": [["1"], ["Показатели приведены в тыс. долларов США за 2023 год."]],
    }
    for name in dict.fromkeys(row["sheet"] for row in printed):
        rows = [row for row in printed if row["sheet"] == name]
        head = _HEAD.replace("2022", rows[0]["year"]).replace("области", "страны")
        sheets[name] = [
            *grid(head),
            *(
                [row["country_ru"], *(_shared(row[column]) for column in _FLOWS.values())]
                for row in rows
            ),
        ]
        sheets[name][5:] = [_spread(row) for row in sheets[name][5:]]
    reading = _read(xls(sheets) if is_old else xlsx(**sheets), catalogue)
    _assert_as_printed(reading, printed)
    assert reading.edition == edition
    assert "The sheet Обложка holds text and no table." in reading.passed_over


def _shared(text: str) -> float | str:
    return float(text) if text else ""


def _spread(row: list[str | int | float]) -> list[str | int | float]:
    return [row[0], row[1], "", row[2], "", row[3], ""]


@pytest.fixture(scope="module")
def whole(real_data: Path) -> bytes:
    """The workbook of 2019, half of it rounded to one decimal."""
    (path,) = (real_data / _FOLDER / "original").glob("*_2019.xls")
    return path.read_bytes()


def _assert_right_or_refused(content: bytes, right: Reading, catalogue: Economies) -> None:
    reading = _read(content, catalogue)
    if reading.refusals:
        assert reading.rows.empty
        return
    expected, found = figures(right), figures(reading)
    assert expected.keys() == found.keys()
    apart = [abs(Decimal(expected[key]) - Decimal(found[key])) for key in expected]
    assert max(apart) < Decimal("0.2")


@pytest.mark.slow
@settings(max_examples=40, derandomize=True, phases=[Phase.generate])
@given(data=st.data())
def test_spoilt_bytes_give_right_rows_or_refusals(
    whole: bytes, catalogue: Economies, data: st.DataObject
):
    """Bytes flipped or cut off: a figure may differ within its roundings, no more, and no row."""
    content = bytearray(whole[: data.draw(st.sampled_from([len(whole)] * 3 + [30_000]))])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    _assert_right_or_refused(bytes(content), _read(whole, catalogue), catalogue)


@pytest.mark.slow
@settings(max_examples=30, derandomize=True, phases=[Phase.generate])
@given(data=st.data())
def test_spoilt_tables_give_right_rows_or_refusals(
    whole: bytes, catalogue: Economies, data: st.DataObject
):
    """Columns exchanged with or without their headers, rows dropped, and figures turned to text."""
    sheets = {
        sheet.name: [[*row] for row in sheet.rows] for sheet in opened(document(whole)).sheets
    }
    rows = sheets["12_2019"]
    row = data.draw(st.integers(5, len(rows) - 1))
    match data.draw(st.sampled_from(["columns", "cells", "row", "text", "formula", "below"])):
        case "columns":
            _exchange(rows, data, 0)
        case "cells":
            _exchange(rows, data, 5)
        case "row" if any(float(cell or 0) > 0.3 for cell in rows[row][1:6:2]):
            del rows[row]
        case "text":
            rows[row][1] = str(rows[row][1]).replace(".", ",")
        case "formula":
            rows[row][3] = "=A1"
        case _:
            rows.append(["Турция", 1.5, "", 1.5, "", "", ""])
    _assert_right_or_refused(xlsx(**sheets), _read(whole, catalogue), catalogue)


def _exchange(rows: Grid, data: st.DataObject, first: int) -> None:
    one, other = data.draw(st.permutations(range(7)))[:2]
    for row in rows[first:]:
        row[one], row[other] = row[other], row[one]


@pytest.mark.parametrize("unit", ["млн. долларов США", "долларов США"])
def test_a_unit_that_makes_no_sense_is_refused(real_data: Path, catalogue: Economies, unit: str):
    """The real table under another unit would be a thousand times the trade of Kazakhstan, or a mill."""
    (path,) = (real_data / "trade-kz-bns-by-country" / "original").glob("*по странам_2022.xls")
    sheets = {
        sheet.name: [
            [
                str(cell).replace("тыс. долларов США", unit) if isinstance(cell, str) else cell
                for cell in row
            ]
            for row in sheet.rows
        ]
        for sheet in opened(document(path.read_bytes())).sheets
    }
    reading = _read(xlsx(**sheets), catalogue)
    assert {"no such total" in refusal.reason for refusal in reading.refusals} == {True}
