"""What a table must satisfy: every broken cell is refused once, with the remedy of its own rule."""

from __future__ import annotations

import pytest

from etl import contracts, rules
from etl.layouts import TABLES
from etl.layouts.table import Table
from etl.rules import Rule
from tests.tables import arrived, assert_refusals, cells

_TABLE = {table.name: table for table in TABLES}


def _check(name: str, text: str, **constant: str):
    """Check a table of which only some columns matter; `constant` and "x" fill the others."""
    table: Table = _TABLE[name]
    shown, _rows = cells(text)
    filler = {column: "x" for column in table.columns if column not in shown}
    frame = arrived(text, **{**filler, **constant})
    return list(contracts.check(table, frame[[*table.columns, "file", "row"]]))


_TRADE = {
    "reporter": "KAZ",
    "product": "TOTAL",
    "classification": "",
    "unit": "USD",
    "vintage": "2024",
    "valuation": "FOB",
    "status": "final",
}


def test_each_broken_cell_is_refused_with_the_remedy_of_its_column():
    """Two columns may break rules of the same words; each gets its own list of what is known."""
    found = _check(
        "trade",
        """
        | partner | flow    | period  | value | unit   | status | place | product |
        | TUR     | export  | 2020    | 1     | USD    | final  | x     | TOTAL   |
        | TUR     | exports | 2020    | 1     | euro   | final  | x     | 2709    |
        | TUR     | import  | 2020-13 | 1,5   | USD    | late   |       | OIL     |
        | TUR     | import  | 2020    | -3    | USD    | final  | x     | TOTAL   |
        """,
        **{key: value for key, value in _TRADE.items() if key not in {"product", "unit", "status"}},
    )
    assert_refusals(
        found,
        """
        | row | field   | value   | reason                | remedy                                                |
        | 3   | flow    | exports | is not known here     | Use one of: export, import, re-export, re-import, turnover. |
        | 3   | unit    | euro    | is not known here     | Use one of: USD, thousand USD, million USD.           |
        | 4   | period  | 2020-13 | is not a period       | Write 2023, 2023-05, 2023-05-19, a span 2022-01/2022-09 or an open ../2023-05. |
        | 4   | value   | 1,5     | is not a number       | Write digits with a decimal point and no spaces; leave the cell empty if unknown. |
        | 4   | status  | late    | is not known here     | Use one of: final, preliminary, estimate, derived, stated. |
        | 4   | place   |         | is empty              | Fill the cell; a figure without it does not build.    |
        | 4   | product | OIL     | is no product code    | Write TOTAL or a code of the Harmonized System with 2, 4 or 6 digits. |
        | 5   | value   | -3      | is negative           | A flow or a duration cannot be; check the source.     |
        """,
    )


def test_a_source_needs_an_id_a_title_and_an_address():
    """A number without a source, or a source without a url or a title, does not build."""
    found = _check(
        "source",
        """
        | id     | title | url              | published | kind  | cadence |
        | a      |       | https://a.kz/x   |           | press | once    |
        | b      | B     |                  | 2023-05   | press | once    |
        | c      | C     | a.kz             | 2023      | press | once    |
        | d d    | D     | https://a b.kz   | 2023-05-4 | press | once    |
        | e      | E     | https://         |           | press | once    |
        """,
    )
    assert_refusals(
        found,
        """
        | row | field     | value          | reason               |
        | 2   | title     |                | is empty             |
        | 3   | url       |                | is empty             |
        | 4   | url       | a.kz           | is not a web address |
        | 5   | id        | d d            | is not an id         |
        | 5   | url       | https://a b.kz | is not a web address |
        | 5   | published | 2023-05-4      | is not a period      |
        | 6   | url       | https://       | is not a web address |
        """,
    )


def test_only_a_change_may_lie_below_zero():
    """Prices fall, and the unit says so; no share, weight or end of a range does."""
    found = _check(
        "observation",
        """
        | scope | value | low | high | unit           |
        | a     | -18.9 |     |      | percent change |
        | b     | -18.9 |     |      | percent        |
        | c     |       | -2  | 3    | kt             |
        | d     |       | -2  | 3    | percent change |
        | e     | -x    |     |      | percent        |
        """,
        period="2009",
        vintage="2024",
        status="final",
    )
    assert_refusals(
        found,
        """
        | row | field | value | reason          |
        | 3   | value | -18.9 | is negative     |
        | 4   | low   | -2    | is negative     |
        | 6   | value | -x    | is not a number |
        """,
    )


def test_a_product_is_a_section_or_a_chapter_under_four_names():
    """A code stands once, its names are whole, and none mixes letters of two scripts."""
    found = _check(
        "product",
        """
        | code | level   | parent | name_kk | name_ru | name_tr | name_en |
        | V    | section |        | Минерал | Минерал | Mineral | Mineral |
        | 27   | chapter | V      | Отын    | Tопливо | Yakıt   |         |
        | 27   | chapter | V      | Отын    | Топливо | Yakıt   | Fuels   |
        | 2709 | chapter | V      | Мұнай   | Нефть   | Petrol  | Oil     |
        | 28   | heading | VI     | Химия   | Химия   | Kimya   | Chemicals |
        """,
    )
    assert_refusals(
        found,
        """
        | row | field   | value   | reason                                       |
        | 3   | name_en |         | is empty                                     |
        | 3   | name_ru | Tопливо | mixes Latin and Cyrillic letters in one word |
        | 4   | code    | 27      | repeats the key of table.csv, row 3          |
        | 5   | code    | 2709    | is no section or chapter                     |
        | 6   | level   | heading | is not known here                            |
        """,
    )


def test_a_chapter_names_a_section_that_exists():
    """The parent is a row of the same table."""
    table = _TABLE["product"]
    frame = arrived(
        """
        | code | level   | parent |
        | V    | section |        |
        | 27   | chapter | V      |
        | 28   | chapter | VI     |
        | 99   | chapter |        |
        """
    )
    names = {"product": frozenset(frame["code"])}
    assert_refusals(
        contracts.check_references(table, frame, names),
        """
        | row | field  | value | reason              |
        | 4   | parent | VI    | is no known product |
        """,
    )


def test_a_repeated_key_names_the_row_it_repeats():
    """The first stands, every other is refused; a newer vintage is no repetition."""
    found = _check(
        "trade",
        """
        | partner | flow   | period | value | vintage |
        | TUR     | export | 2020   | 1     | 2021    |
        | TUR     | export | 2020   | 2     | 2021    |
        | TUR     | export | 2020   | 3     | 2022    |
        | TUR     | export | 2020   | 4     | 2021    |
        """,
        **{key: value for key, value in _TRADE.items() if key != "vintage"},
    )
    assert_refusals(
        found,
        """
        | row | field                                                | value                              | reason                              |
        | 3   | reporter+partner+flow+product+period+source+vintage | KAZ TUR export TOTAL 2020 x 2021 | repeats the key of table.csv, row 2 |
        | 5   | reporter+partner+flow+product+period+source+vintage | KAZ TUR export TOTAL 2020 x 2021 | repeats the key of table.csv, row 2 |
        """,
    )


def test_empty_keys_are_empty_and_not_repeated():
    """Two rows without an id are two empty cells, nothing more."""
    found = _check("scope", "| id | kind |\n|  | route |\n|  | route |")
    assert_refusals(found, "| row | field | reason |\n| 2 | id | is empty |\n| 3 | id | is empty |")


def test_a_figure_is_a_value_or_a_range():
    """A range upside down, a value beside a range, and nothing at all are refused."""
    found = _check(
        "observation",
        """
        | scope | value | low | high |
        | a     | 5     |     |      |
        | b     |       | 19  | 23   |
        | c     |       |     | 45   |
        | d     |       | 23  | 19   |
        | e     | 20    | 19  | 23   |
        | f     |       |     |      |
        | g     |       | 9   | 10   |
        | h     |       | x   | 10   |
        """,
        period="2023",
        unit="days",
        status="final",
        vintage="2024",
    )
    assert_refusals(
        found,
        """
        | row | field | value | reason                            |
        | 5   | low   | 23–19 | is above the high end of its range |
        | 6   | value | 20    | stands beside a range             |
        | 7   | value |       | is empty, and so are low and high |
        | 9   | low   | x     | is not a number                   |
        """,
    )


def test_a_span_of_time_runs_forward():
    """Memberships, preferences, events and bases end after they begin."""
    found = _check(
        "membership",
        """
        | economy | since   | until   |
        | KAZ     | 2009-10 |         |
        | HUN     | 2018    | 2019-05 |
        | TKM     | 2021    | 2019    |
        | UZB     | soon    | 2019    |
        """,
        group="OTS",
        role="member",
    )
    assert_refusals(
        found,
        """
        | row | field | value | reason           |
        | 4   | until | 2019  | lies before since |
        | 5   | since | soon  | is not a period  |
        """,
    )


def test_texts_keep_to_one_script_a_word():
    """A Latin letter inside a Cyrillic word is refused; two scripts in two words are not."""
    found = _check(
        "scope",
        """
        | id | kind  | name_kk       | name_ru         | name_tr  | name_en   |
        | a  | route | Қытай – ЕО    | индекс ERAI     | Çin – AB | China     |
        | b  | route | Kазақстан     | Каспий маңы     | Çin      | China     |
        | c  | route | Қазақстан     | Өзбекcтан       | Çиn      | China     |
        """,
    )
    assert_refusals(
        found,
        """
        | row | field   | value     | reason                                      |
        | 3   | name_kk | Kазақстан | mixes Latin and Cyrillic letters in one word |
        | 4   | name_ru | Өзбекcтан | mixes Latin and Cyrillic letters in one word |
        | 4   | name_tr | Çиn       | mixes Latin and Cyrillic letters in one word |
        """,
    )


def test_a_name_must_stand_in_its_catalogue():
    """Unknown names are refused; empty ones are the business of another rule."""
    leg = arrived("""
        | from_node | to_node | length_source |
        | aktau     | alat    |               |
        | aktau     | baku    | atlas         |
    """)
    names = {"node": frozenset({"aktau", "alat"}), "source": frozenset({"geonames"})}
    assert_refusals(
        contracts.check_references(_TABLE["leg"], leg, names),
        """
        | row | field         | value | reason             | remedy                                       |
        | 3   | to_node       | baku  | is no known node   | Correct it, or add it to catalog/nodes.csv. |
        | 3   | length_source | atlas | is no known source | Correct it, or add it to catalog/sources/*.csv. |
        """,
    )


def test_no_name_is_unknown_while_its_catalogue_is_missing():
    """The missing file is the fault; a complaint for each mention would bury it."""
    leg = arrived("| from_node | to_node | length_source |\n| aktau | alat | atlas |")
    assert list(contracts.check_references(_TABLE["leg"], leg, {})) == []


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (
            rules.NUMBER,
            "0 7 -1 84.1453 000.10",
            "+1 1. .5 1e3 1,5 ½ ٣ nan inf 0x1 12345678901234567890",
        ),
        (rules.WHOLE, "0 7 120", "007 -1 1.0 1e3"),
        (rules.PRODUCT, "TOTAL 27 2709 270900", "total 2 270 27090 2709000"),
        (rules.IDENTIFIER, "kz-bns findex-2025 a:b 24kg", "-a a/b қ a–b"),
        (rules.WEB, "https://stat.gov.kz/ru/?a=b#c http://a.kz", "ftp://a.kz //a.kz https:///x"),
    ],
)
def test_rules_hold_for_these_and_not_for_those(rule: Rule, good: str, bad: str):
    """Each rule by examples."""
    assert [cell for cell in good.split() if not rule.holds(cell)] == []
    assert [cell for cell in bad.split() if rule.holds(cell)] == []


def test_every_layout_is_sound():
    """Keys, optional columns, rules and references name columns and tables that exist."""
    for table in TABLES:
        columns = set(table.columns)
        assert columns.issuperset(table.key.split(","))
        assert columns.issuperset(filter(None, table.optional.split(",")))
        assert columns.issuperset(table.references)
        for other in table.references.values():
            assert "," not in _TABLE[other].key
