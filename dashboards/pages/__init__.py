"""The pages, in the order of the menu."""

from dashboards.page import Page
from dashboards.pages import (
    corridor,
    data,
    digital,
    economy,
    entry,
    not_found,
    pair,
    summary,
    trade,
)

PAGES: tuple[Page, ...] = (summary.PAGE, trade.PAGE, corridor.PAGE, digital.PAGE, data.PAGE)
VIEWS: tuple[Page, ...] = (pair.PAGE, economy.PAGE, entry.PAGE)
"""Pages of many addresses, reached from those of the menu."""
NOT_FOUND = not_found.PAGE
