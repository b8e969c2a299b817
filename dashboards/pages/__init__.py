"""The pages, in the order of the menu."""

from dashboards.page import Page
from dashboards.pages import corridor, digital, not_found, pair, summary, trade

PAGES: tuple[Page, ...] = (summary.PAGE, trade.PAGE, corridor.PAGE, digital.PAGE)
VIEWS: tuple[Page, ...] = (pair.PAGE,)
"""Pages of many addresses, reached from those of the menu."""
NOT_FOUND = not_found.PAGE
