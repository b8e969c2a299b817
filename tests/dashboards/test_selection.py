"""Selections: what stands in an address, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.selection import DigitalSelection, Selection, TradeSelection
from tests.dashboards.serving import rows_of
from tests.tables import cells
from warehouse.engine import Warehouse

KINDS = (TradeSelection, DigitalSelection)
ANYTHING = st.text(st.characters(exclude_categories=()))
"""Any text at all, half pairs of surrogates included."""


def selections() -> st.SearchStrategy[Selection]:
    """Any selection of any page."""
    return st.one_of(
        *(
            st.builds(kind, **{name: st.sampled_from(each) for name, each in kind.options.items()})
            for kind in KINDS
        )
    )


@given(selections())
def test_a_shared_address_opens_the_same_selection(selection: Selection) -> None:
    assert type(selection).from_query(selection.to_query()) == (selection, ())
    assert type(selection).from_query(f"?{selection.to_query()}") == (selection, ())


@pytest.mark.parametrize("kind", KINDS)
def test_the_defaults_are_the_first_options_and_leave_the_address_bare(
    kind: type[Selection],
) -> None:
    defaults = {name: options[0] for name, options in kind.options.items()}
    assert kind() == kind(**defaults)
    assert kind().to_query() == ""
    assert kind.from_query("") == (kind(), ())


def test_what_is_not_understood_is_named_and_left_out() -> None:
    _, rows = cells(
        """
        | query                                             | selection                 | unknown               |
        | ?definition=members_dated                         | definition=members_dated  |                       |
        | ?measure=turnover                                 |                           |                       |
        | ?definition=nonsense                              |                           | definition=nonsense   |
        | ?definition=                                      |                           | definition=           |
        | ?measure=exports&colour=red                       | measure=exports           | colour=red            |
        | ?measure=exports&measure=imports                  | measure=imports           |                       |
        | ?measure=exports&measure=x                        | measure=exports           | measure=x             |
        | ?Measure=exports                                  |                           | Measure=exports       |
        | ?options=source&a                                 |                           | options=source, a=    |
        | ?x=%D2%9B%3C                                      |                           | x=қ<                  |
        | ?&&&                                              |                           |                       |
        """
    )
    for query, written, unknown in rows:
        selection, left_out = TradeSelection.from_query(query)
        assert [selection.to_query(), ", ".join(left_out)] == [written, unknown]


@pytest.mark.parametrize("kind", KINDS)
@given(query=ANYTHING | st.text(alphabet="?&=%;measuredefinition0fF\ud800"))
def test_no_address_breaks_a_page(kind: type[Selection], query: str) -> None:
    selection, unknown = kind.from_query(query)
    assert all(getattr(selection, name) in kind.options[name] for name in kind.options)
    assert all(len(part) <= 80 for part in unknown)


def test_the_options_are_what_the_warehouse_can_answer(warehouse: Warehouse) -> None:
    known = {
        *rows_of(Path(warehouse.path), "SELECT id FROM indicator"),
        *rows_of(Path(warehouse.path), "SELECT id FROM scope WHERE kind = 'definition'"),
    }
    assert {(option,) for option in TradeSelection.options["definition"]} <= known
    assert {(option,) for option in DigitalSelection.options["indicator"]} <= known


@given(selections(), st.data())
def test_an_option_leads_to_the_address_of_its_selection(
    selection: Selection, data: st.DataObject
) -> None:
    for name, options in selection.options.items():
        value = data.draw(st.sampled_from(options))
        path, _, query = selection.replacing(**{name: value}).address("/kk/page").partition("?")
        opened, unknown = type(selection).from_query(query)
        assert (path, unknown) == ("/kk/page", ())
        assert getattr(opened, name) == value
        assert opened == selection.replacing(**{name: value})
