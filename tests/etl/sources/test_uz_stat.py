"""Uzbekistan's CSV: the flow by the dataset's number, the partner by its code and three names."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given

from etl.economies import Catalogue
from etl.formats.document import Document
from etl.sources.source import Reading
from etl.sources.uz_stat import UZ_STAT
from tests.data_folder import DATA
from tests.etl.sources.answers import assert_sound, damaged, real_catalogue
from tests.tables import assert_refusals, assert_table, listed

_CATALOGUE = Catalogue(
    listed("""
        | code | alpha2 | m49 | aliases                                             | name_en    |
        | KAZ  | KZ     | 398 | Qozog'iston;Казахстан                               | Kazakhstan |
        | TUR  | TR     | 792 | Turkiya;Турция;Turkey                               | Türkiye    |
        | XOC  |        |     | Boshqa mamlakatlar;Другие страны                   | Other countries |
    """),
    listed("| id | aliases |\n| CIS | MDH;СНГ;CIS |"),
)
_EXPORTS = """\ufeffCode,Klassifikator,Klassifikator_ru,Klassifikator_en,2022,2023
398,Qozogʻiston,Казахстан,Kazakhstan,1370000.5,
792,Turkiya,Турция,Turkey,1500000.25,0.0
0,Boshqa mamlakatlar,Другие страны,Other countries,5811172.3,1
"""


def _read(
    text: str, name: str = "sdmx_data_1105.csv", catalogue: Catalogue = _CATALOGUE
) -> Reading:
    reading = UZ_STAT.read(Document(name, text.encode()), catalogue)
    assert_sound(reading)
    return reading


def test_exports_by_country():
    """Figures are thousands of dollars; a blank is no row, a nought is; the code 0 is the rest."""
    reading = _read(_EXPORTS)
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow   | product | period | value      | unit         | source  | valuation  | status | place                              | row |
        | UZB      | KAZ     | export | TOTAL   | 2022   | 1370000.5  | thousand USD | uz-stat | not stated | final  | dataset 1105, code 398, column 2022 | 2   |
        | UZB      | TUR     | export | TOTAL   | 2022   | 1500000.25 | thousand USD | uz-stat | not stated | final  | dataset 1105, code 792, column 2022 | 3   |
        | UZB      | XOC     | export | TOTAL   | 2022   | 5811172.3  | thousand USD | uz-stat | not stated | final  | dataset 1105, code 0, column 2022   | 4   |
        | UZB      | TUR     | export | TOTAL   | 2023   | 0.0        | thousand USD | uz-stat | not stated | final  | dataset 1105, code 792, column 2023 | 3   |
        | UZB      | XOC     | export | TOTAL   | 2023   | 1          | thousand USD | uz-stat | not stated | final  | dataset 1105, code 0, column 2023   | 4   |
        """,
    )
    assert (reading.refusals, reading.edition) == ((), "2023")
    assert set(_read(_EXPORTS, "folder/1176.csv").rows["flow"]) == {"import"}


def test_a_file_without_its_number_is_of_no_flow():
    """Nothing in the file tells exports from imports, so a renamed one is refused."""
    for name in ("uzbekistan.csv", "21105.csv", "1105_1176.csv"):
        assert_refusals(
            _read(_EXPORTS, name).refusals,
            f"""
            | row | field | value  | reason                                                       |
            | 1   | file  | {name} | does not tell exports from imports, nor does anything in the file |
            """,
        )


@pytest.mark.parametrize(
    ("old", "new", "row", "field", "reason"),
    [
        (
            "398,Q",
            "792,Q",
            2,
            "Klassifikator",
            "is the name or the code of more than one economy",
        ),
        (
            "Турция",
            "Казахстан",
            3,
            "Klassifikator",
            "is the name or the code of more than one economy",
        ),
        ("398,", "999,", 2, "Klassifikator", "has a number of no economy known here"),
        ("Turkiya,Турция,Turkey", "A,B,C", 3, "Klassifikator", "is no economy known here"),
        ("1370000.5", '"1370000,5"', 2, "2022", "is not an amount"),
        ("1370000.5", "=1+2", 2, "2022", "is not an amount"),
        ("1370000.5", "1370000500", 1, "2022", "is what the countries add up to"),
        (",2023", ",2023-Q1", 1, "header", "is neither a name nor a year"),
        ("Code,", "Kod,", 1, "Code", "is missing from the header"),
    ],
)
def test_what_is_not_understood(old, new, row, field, reason):
    """Codes, names, numbers, units and headers are refused where they stand."""
    refusals = _read(_EXPORTS.replace(old, new, 1)).refusals
    assert (row, field) in {(refusal.row, refusal.field) for refusal in refusals}
    assert any(refusal.reason.startswith(reason) for refusal in refusals)


def test_a_group_among_the_countries_is_left_out():
    """A group of economies repeats its members; it is named among what was left out."""
    reading = _read(_EXPORTS + "0,MDH,СНГ,CIS,99,99\n")
    assert set(reading.rows["partner"]) == {"KAZ", "TUR", "XOC"}
    assert reading.passed_over == ("Left out: the group MDH СНГ CIS.",)


def test_a_second_row_of_a_country():
    """A country twice with another figure is refused, with the same figure it counts once."""
    again = "398,Qozogʻiston,Казахстан,Kazakhstan,{},\n"
    assert not _read(_EXPORTS + again.format("1370000.50")).refusals
    assert_refusals(_read(_EXPORTS + again.format("7")).refusals, "| row | value |\n| 5 | 7 |")


@pytest.mark.slow
@given(damaged(_EXPORTS.encode()))
def test_no_bytes_raise(content):
    """Damaged bytes give rows in our layout or refusals."""
    document = Document("sdmx_data_1105.csv", content)
    UZ_STAT.recognises(document)
    assert_sound(UZ_STAT.read(document, _CATALOGUE))


def test_the_agencys_own_files(real_data):
    """Every country and year of both files is there, and adds up to the totals known of them."""
    folder = real_data / "trade-uz-stat-by-country"
    tidy = pd.read_csv(folder / "uz_stat_by_country_long.csv", dtype="str", keep_default_na=False)
    own = pd.read_csv(
        DATA / "figures" / "trade" / "uz-stat.csv", dtype="str", keep_default_na=False
    )
    for number, flow, total in (("1105", "export", "13.02"), ("1176", "import", "9.18")):
        document = Document(number, (folder / "original" / f"sdmx_data_{number}.csv").read_bytes())
        assert UZ_STAT.recognises(document)
        reading = UZ_STAT.read(document, real_catalogue())
        assert (reading.refusals, reading.passed_over) == ((), ())
        listed = tidy[tidy["flow"] == flow]
        # The tidy copy is rounded to four decimals; the agency prints 8e-05.
        figures = sorted(reading.rows["value"].map(float))
        assert figures == pytest.approx(sorted(listed["value_kusd"].map(float)), abs=5e-5)
        of_2010 = reading.rows[reading.rows["period"] == "2010"]["value"].map(Decimal).sum()
        assert f"{of_2010 / 10**6:.2f}" == total
        key = ["partner", "flow", "period"]
        both = own[own["flow"] == flow].merge(reading.rows, on=key)
        assert len(both) == (own["flow"] == flow).sum()
        assert (both["value_x"] == both["value_y"]).all()
