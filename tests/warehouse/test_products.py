"""What flows consist of, and what the chapters and sections of the Harmonized System are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import assert_table
from tests.warehouse.made import make
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries import products, trade

ECONOMIES = """
    | code |
    | AZE  |
    | TUR  |
    | KAZ  |
    """
SOURCES = """
    | id       |
    | comtrade |
    | other    |
    """
FLOWS = """
    | reporter_code | partner_code | flow_code | product_code | period  | source_id | vintage | value_usd | place | known_since | newest_until | preferred_until | valuation  | status |
    | AZE           | TUR          | export    | TOTAL        | 2021    | comtrade  | 2023    | 999       | r1    | 2023-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | export    | 27           | 2021    | comtrade  | 2023    | 70        | r2    | 2023-12-31  | 2024-12-31   | 2024-12-31      | not stated | final  |
    | AZE           | TUR          | export    | 27           | 2021    | comtrade  | 2024    | 75        | r3    | 2024-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | export    | 27           | 2021    | other     | 2024    | 80        | r4    | 2024-12-31  |              | 2024-12-31      | FOB        | final  |
    | AZE           | TUR          | export    | 2709         | 2021    | comtrade  | 2024    | 60        | r5    | 2024-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | export    | 27           | 2021-05 | comtrade  | 2024    | 6         | r6    | 2024-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | export    | 08           | 2021    | comtrade  | 2023    | 5         | r7    | 2023-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | export    | 27           | 2018    | comtrade  | 2023    | 50        | r8    | 2023-12-31  |              |                 | not stated | final  |
    | AZE           | TUR          | import    | 84           | 2018    | comtrade  | 2023    | 40        | r9    | 2023-12-31  |              |                 | not stated | final  |
    | AZE           | KAZ          | import    | TOTAL        | 2018    | comtrade  | 2023    | 40        | r10   | 2023-12-31  |              |                 | not stated | final  |
    """
PRODUCTS = """
    | code | level   | parent | name_kk | name_ru | name_tr | name_en |
    | V    | section |        | k       | r       | t       | Mineral products |
    | IX   | section |        | k       | r       | t       | Wood             |
    | 27   | chapter | V      | k       | r       | t       | Fuels            |
    | 44   | chapter | IX     | k       | r       | t       | Wood             |
    | 99   | chapter |        | k       | r       | t       | Not specified    |
    """


@pytest.fixture
def made(served: Path) -> Warehouse:
    """A warehouse of a few flows of Azerbaijan."""
    tables = {"source": SOURCES, "economy": ECONOMIES, "trade_flow": FLOWS, "product": PRODUCTS}
    served.parent.mkdir()
    return Warehouse(make(served, **tables))


def test_a_flow_is_told_by_chapter(made: Warehouse):
    """Years and chapters only, each as its preferred source has it in its newest edition."""
    assert_table(
        products.chapters(made, "AZE", "TUR", "export"),
        """
        | product_code | period | value_usd | valuation  | status | source_id | vintage | place |
        | 27           | 2018   | 50        | not stated | final  | comtrade  | 2023    | r8    |
        | 08           | 2021   | 5         | not stated | final  | comtrade  | 2023    | r7    |
        | 27           | 2021   | 75        | not stated | final  | comtrade  | 2024    | r3    |
        """,
    )


def test_a_source_may_be_asked_by_name(made: Warehouse):
    """It then answers, preferred or not, and with nothing of another."""
    assert_table(
        products.chapters(made, "AZE", "TUR", "export", "other"),
        """
        | product_code | period | value_usd | source_id |
        | 27           | 2021   | 80        | other     |
        """,
    )


def test_a_past_day_knows_the_edition_of_its_time(made: Warehouse):
    """Before the newer edition was known the older one spoke."""
    past = products.chapters(made.as_of("2024-06-30"), "AZE", "TUR", "export")
    assert_table(
        past[past["period"] == "2021"],
        """
        | product_code | value_usd | vintage |
        | 08           | 5         | 2023    |
        | 27           | 70        | 2023    |
        """,
    )
    assert products.chapters(made.as_of("2023-01-01"), "AZE", "TUR", "export").empty


def test_which_flows_have_chapters(made: Warehouse):
    """A flow with a total alone is not among them."""
    assert_table(
        products.reported(made),
        """
        | reporter_code | partner_code | flow_code | first_period | last_period | years |
        | AZE           | TUR          | export    | 2018         | 2021        | 2     |
        | AZE           | TUR          | import    | 2018         | 2018        | 1     |
        """,
    )
    assert list(products.reported(made, "other")["flow_code"]) == ["export"]


def test_sections_stand_in_the_order_of_their_chapters(made: Warehouse):
    """Not in that of the alphabet, in which IX comes before V."""
    assert list(products.names(made)) == ["V", "IX", "27", "44", "99"]
    assert products.names(made)["27"].en == "Fuels"
    assert products.sections(made) == {"27": "V", "44": "IX"}


def test_every_chapter_that_was_traded_has_a_name(warehouse: Warehouse):
    """In four languages, and a section, save the goods that are not specified."""
    named, sections = products.names(warehouse), products.sections(warehouse)
    held = products.reported(warehouse)
    assert set(held["reporter_code"]) == {"AZE"}
    assert set(held["partner_code"]) == {"HUN", "KAZ", "KGZ", "TKM", "TUR", "UZB"}
    for flow in held.itertuples():
        rows = products.chapters(warehouse, flow.reporter_code, flow.partner_code, flow.flow_code)
        assert set(rows["product_code"]) <= set(named)
        assert set(rows["product_code"]) - {"99"} <= set(sections)


def test_the_nomenclature_is_whole(warehouse: Warehouse):
    """21 sections, chapters 01 to 97 without 77, which is kept free, and 99 for what has no place."""
    named, sections = products.names(warehouse), products.sections(warehouse)
    assert len(set(sections.values())) == 21
    chapters = {f"{number:02}" for number in range(1, 98)} - {"77"}
    assert set(sections) == chapters
    assert set(named) == chapters | {"99"} | set(sections.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_chapters_are_called_the_same(warehouse: Warehouse, language: str):
    """A label must tell them apart, and be short enough to be one."""
    called = [text[language] for code, text in products.names(warehouse).items() if code.isdigit()]
    assert len(set(called)) == len(called) == 97
    assert max(map(len, called)) <= 80


def test_a_total_is_not_made_of_chapters(warehouse: Warehouse):
    """Azerbaijan has chapters for some years and a total for none: nothing reports its trade."""
    totals = products.chapters(warehouse, "AZE", "TUR", "export").groupby("period")["value_usd"]
    assert list(totals.sum().index) == [str(year) for year in range(2010, 2022) if year != 2017]
    assert set(trade.reports(warehouse, "AZE", "TUR")["reporter_code"]) <= {"TUR"}
