"""The pages, in the order of the menu."""

from dashboards.page import Page
from dashboards.pages import corridor, digital, not_found, summary, trade

PAGES: tuple[Page, ...] = (summary.PAGE, trade.PAGE, corridor.PAGE, digital.PAGE)
NOT_FOUND = not_found.PAGE
