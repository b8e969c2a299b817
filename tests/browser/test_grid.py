"""A chart's table as a grid: fetched when asked for, sorted, filtered, copied, printed, for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.test_views import PHONE
from tests.browser.visiting import Meter, Visit
from tests.tables import cells

pytestmark = pytest.mark.browser

PLAIN, GRID = "/en/trade", "/en/trade?grid=turnover"
NUMBERS = """
| text    | decimal | group | number  |
| 12.98   | .       | ,     | 12.98   |
| 12,98   | .       | ,     | 12.98   |
| 12,98   | ,       | .     | 12.98   |
| 12.98   | ,       | .     | 12.98   |
| 1.234   | ,       | .     | 1234    |
| 1,234.5 | .       | ,     | 1234.5  |
| 1 234,5 | ,       |       | 1234.5  |
| −3      | ,       | .     | -3      |
| 1-2     | .       | ,     | nothing |
| -       | .       | ,     | nothing |
|         | .       | ,     | nothing |
"""


def opened(visit: Visit, address: str = GRID) -> Visit:
    """A page with its grid drawn."""
    visit.open(address)
    visit.page.locator("#table-turnover .ag-row").first.wait_for()
    return visit.settled()


def column(visit: Visit, field: str) -> list[str]:
    """What stands in a column of the grid, from the top."""
    row = "#table-turnover .ag-center-cols-container .ag-row"
    return visit.page.locator(f"{row} [col-id={field}]").all_inner_texts()


def head(visit: Visit, field: str) -> Locator:
    """The head of a column of the grid."""
    return visit.page.locator(f"#table-turnover .ag-header-cell[col-id={field}]")


def amounts(visit: Visit) -> list[float]:
    """The amounts shown, of "US$ 12.980 bn" the 12.98; those that are missing left out."""
    words = [text.split() for text in column(visit, "value") if text]
    return [float(each[1]) for each in words]


def filtered(visit: Visit, field: str, value: str) -> Visit:
    """Open a column's filter with the keyboard, write a value, and leave."""
    head(visit, field).focus()
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator(".ag-filter-from input")).to_be_focused()
    visit.page.keyboard.type(value)
    visit.page.wait_for_timeout(600)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".ag-filter")).to_have_count(0)
    expect(head(visit, field)).to_be_focused()
    return visit


def test_ag_grid_is_fetched_only_when_a_grid_is_shown(visit: Visit) -> None:
    """A link leads from the plain table to the grid and back; nothing else of the page is fetched.

    But Dash, which draws grids, as soon as the pointer is on the link.
    """
    visit.open(PLAIN)
    assert not [
        each.url for each in visit.requests if "/static/grid." in each.url and "/dash" in each.url
    ]
    visit.unfold()
    visit.page.locator(f"main a[href='{GRID}']").hover()
    visit.settled()
    meter = Meter(visit)
    visit.page.locator(f"main a[href='{GRID}']").click()
    visit.page.locator("#table-turnover .ag-row").first.wait_for()
    visit.settled()
    scripts = [path for path in meter.arrived if path.endswith(".js")]
    assert sorted(path.rpartition("/")[2] for path in scripts) == [
        "async-community.js",
        "dash_ag_grid.min.js",
    ]
    assert meter.kilobytes() <= 560, meter.arrived
    visit.page.go_back()
    visit.until(PLAIN)
    expect(visit.page.locator("table#table-turnover")).to_have_count(1)


def test_the_keyboard_sorts_filters_and_closes(visit: Visit) -> None:
    opened(visit)
    asked, keyboard = visit.updates, visit.page.keyboard
    visit.page.locator("button[data-copies=table-turnover]").focus()
    keyboard.press("Tab")
    expect(head(visit, "series")).to_be_focused()
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    expect(head(visit, "value")).to_be_focused()
    keyboard.press("Enter")
    expect(head(visit, "value")).to_have_attribute("aria-sort", "ascending")
    assert amounts(visit) == sorted(amounts(visit))
    keyboard.press("Enter")
    expect(head(visit, "value")).to_have_attribute("aria-sort", "descending")
    assert amounts(visit) == sorted(amounts(visit), reverse=True)
    assert min(amounts(visit)) < 10
    filtered(visit, "value", "10")
    assert min(amounts(visit)) > 10
    keyboard.press("ArrowDown")
    assert visit.page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    assert visit.updates == asked


def test_the_rows_are_copied_as_they_stand(visitor: Visitor) -> None:
    """Head and rows with tabs between them: what the filter left, in the order of the sort."""
    visit = opened(visitor(permissions=["clipboard-read", "clipboard-write"]))
    head(visit, "value").click()
    filtered(visit, "value", "10")
    button = visit.page.locator("button[data-copies=table-turnover]")
    button.focus()
    visit.page.keyboard.press("Enter")
    expected = len(column(visit, "value"))
    assert 0 < expected < 20
    expect(button.locator("+ [role=status]")).to_have_text(f"Rows copied: {expected}")
    lines = visit.page.evaluate("navigator.clipboard.readText()").split("\n")
    names, copied = lines[0].split("\t"), [line.split("\t") for line in lines[1:]]
    assert {len(line) for line in copied} == {len(names)}
    place = names.index("Value")
    assert [line[place].replace("\u00a0", " ") for line in copied] == [
        text.replace("\u00a0", " ") for text in column(visit, "value")
    ]


def test_paper_gets_all_rows_as_a_plain_table(visit: Visit) -> None:
    opened(visit)
    visit.page.emulate_media(media="print")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(visit.page.locator("#table-turnover")).to_be_hidden()
    printed = visit.page.locator("#table-turnover + table.printed-grid")
    count = int(
        visit.page.locator("#table-turnover [role=grid]").get_attribute("aria-rowcount") or 0
    )
    expect(printed.locator("tr")).to_have_count(count)
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(printed).to_have_count(0)


def test_a_long_grid_shows_its_rows_on_a_phone(visitor: Visitor) -> None:
    """AG Grid hides its cells until their columns have a width, and may do so too late."""
    visit = visitor(viewport=PHONE).open("/kk/trade/kaz-kgz?grid=kaz-kgz")
    expect(visit.page.locator("#table-kaz-kgz .ag-row").first).to_be_visible()
    assert visit.page.locator("#table-kaz-kgz").evaluate("grid => grid.clientHeight") <= 600


@pytest.mark.parametrize("width", [PHONE["width"], 1440])
@pytest.mark.parametrize("language", ["kk", "en"])
def test_a_grid_is_for_everybody(visitor: Visitor, language: str, width: int) -> None:
    """No violation in light or dark, with the filter closed and open; nothing scrolls sideways."""
    visit = visitor(viewport={"width": width, "height": 900})
    opened(visit, f"/{language}/trade?grid=turnover")
    for _ in ("light", "dark"):
        assert visit.violations() == []
        head(visit, "value").focus()
        visit.page.keyboard.press("Control+Enter")
        expect(visit.page.locator(".ag-filter")).to_be_visible()
        assert visit.violations() == []
        visit.page.keyboard.press("Escape")
        assert visit.page.evaluate("document.documentElement.scrollWidth") == width
        visit.page.locator("#theme").click()


def test_numbers_are_read_as_people_write_them(visit: Visit) -> None:
    opened(visit)
    _, rows = cells(NUMBERS)
    read = "([text, decimal, group]) => dashAgGridFunctions.readNumber(text, decimal, group)"
    for text, decimal, group, number in rows:
        expected = None if number == "nothing" else float(number)
        assert visit.page.evaluate(read, [text, decimal, group or "\u00a0"]) == expected, text
