"""The pages, in the order of the menu."""

from dashboards.page import Page
from dashboards.pages import (
    briefing,
    claims,
    corridor,
    data,
    digital,
    economy,
    entry,
    not_found,
    pair,
    summary,
    target,
    targets,
    trade,
)

PAGES: tuple[Page, ...] = (
    summary.PAGE,
    trade.PAGE,
    corridor.PAGE,
    digital.PAGE,
    targets.PAGE,
    claims.PAGE,
    briefing.PAGE,
    data.PAGE,
)
VIEWS: tuple[Page, ...] = (pair.PAGE, economy.PAGE, entry.PAGE, target.PAGE)
"""Pages of many addresses, reached from those of the menu."""
NOT_FOUND = not_found.PAGE
