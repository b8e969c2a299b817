"""The ten commonest tasks of an analyst, with the keyboard alone, on a phone and at a desk."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser

MOST_STOPS = 500
WIDTHS = (390, 1440)


class Keyboard:
    """A reader without a mouse: goes from stop to stop, and presses."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.page = visit.page

    def reach(self, target: Locator) -> None:
        """Press Tab until the focus is on a target, which must then be seen to have it."""
        for _ in range(MOST_STOPS):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {target}")

    def press(self, target: Locator) -> None:
        """Reach a target and press Enter on it."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def follow(self, target: Locator) -> Visit:
        """Follow a link, and wait until it is drawn."""
        place = target.get_attribute("href")
        self.press(target)
        return self.visit.until(str(place))

    def choose(self, menu: str, option: str) -> Visit:
        """Unfold a menu by its legend and take an option by its label."""
        fold = self.page.locator(
            "main details.menu", has=self.page.locator("summary", has_text=menu)
        )
        self.unfold(fold)
        if fold.get_attribute("open") is None:
            self.press(fold.locator("summary"))
        return self.follow(fold.get_by_role("link", name=option, exact=True))

    def take(self, legend: str, option: str) -> Visit:
        """Take one of a few options that stand side by side."""
        group = self.page.get_by_role("group", name=legend, exact=True)
        self.unfold(group)
        return self.follow(group.get_by_role("link", name=option, exact=True))

    def unfold(self, part: Locator) -> None:
        """Open whatever a part is folded away in, from the outside in."""
        for fold in part.locator("xpath=ancestor::details").all():
            # At a desk what is folded on a phone lies open, and its summary is not shown.
            if fold.get_attribute("open") is None and fold.locator("xpath=./summary").is_visible():
                self.press(fold.locator("xpath=./summary"))

    def chart(self, name: str) -> Locator:
        return self.page.locator(f"#chart-{name}")

    def carry(self, name: str) -> Locator:
        """Unfold what can be taken away of a chart."""
        fold = self.chart(name).locator("details.take")
        if fold.get_attribute("open") is None:
            self.press(fold.locator("summary"))
        return fold


@pytest.fixture(params=WIDTHS, ids=[f"{width} px" for width in WIDTHS])
def keyboard(visitor: Visitor, request: pytest.FixtureRequest) -> Keyboard:
    """A reader on a phone, and one at a desk."""
    return Keyboard(visitor(viewport={"width": request.param, "height": 900}))


@pytest.fixture(autouse=True)
def sound(keyboard: Keyboard) -> Callable[[], None]:
    """What every task ends with: no violation, and nothing wider than the screen."""

    def check() -> None:
        assert keyboard.visit.violations() == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert keyboard.page.evaluate(wide) <= 0

    return check


def query_of(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.place).query)


def test_compare_two_partners_indexed_to_2015(
    keyboard: Keyboard, sound: Callable[[], None]
) -> None:
    """Both lines stand at 100 in 2015, and the axis and title say what they are."""
    keyboard.visit.open("/en/trade")
    keyboard.choose("Partners", "Türkiye")
    keyboard.choose("Partners", "Uzbekistan")
    keyboard.take("Scale", "Index")
    keyboard.choose("Base year", "2015")
    asked = query_of(keyboard.visit)
    assert sorted(asked["partner"]) == ["TUR", "UZB"]
    assert (asked["scale"], asked["base"]) == (["indexed"], ["2015"])
    drawn = keyboard.visit.traces("turnover")
    at_base = [trace["y"][trace["x"].index(2015)] for trace in drawn if 2015 in trace["x"]]
    assert at_base == pytest.approx([100, 100])
    sound()


def test_what_kazakhstan_and_kyrgyzstan_said_of_2019(
    keyboard: Keyboard, sound: Callable[[], None]
) -> None:
    """From the trade page to the pair, both reports of one flow stand side by side with their sources."""
    keyboard.visit.open("/en/trade")
    both = keyboard.page.get_by_role("group", name="Kazakhstan and …: both sides")
    keyboard.follow(both.get_by_role("link", name="Kyrgyzstan"))
    table = keyboard.chart("kaz-kgz").locator("details", has_text="Show the figures as a table")
    keyboard.press(table.locator("summary"))
    (year,) = [row for row in keyboard.visit.cells("kaz-kgz") if row[0] == "2019"]
    head = keyboard.visit.cells("kaz-kgz")[0]
    said = dict(zip(head, year, strict=False))
    assert said["Kazakhstan: exports"]
    assert said["Kyrgyzstan: imports"]
    assert said["Kazakhstan: exports"] != said["Kyrgyzstan: imports"]
    assert "Bureau of National Statistics" in " ".join(year)
    assert "Kyrgyz Republic" in " ".join(year)
    sound()


def test_download_the_figures_of_a_view(
    keyboard: Keyboard, sound: Callable[[], None], tmp_path: Path
) -> None:
    """The file holds the rows of the chart that is on the screen."""
    keyboard.visit.open("/en/trade?partner=TUR&first=2019")
    fold = keyboard.carry("turnover")
    with keyboard.page.expect_download() as begun:
        keyboard.press(fold.get_by_role("link", name="CSV", exact=True))
    begun.value.save_as(tmp_path / "turnover.csv")
    with (tmp_path / "turnover.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["series"] for row in rows} == {"Türkiye"}
    assert min(row["period"] for row in rows) == "2019"
    drawn = {
        year: value
        for trace in keyboard.visit.traces("turnover")
        for year, value in zip(trace["x"], trace["y"], strict=True)
    }
    assert {int(row["period"]): float(row["value"]) / 1e9 for row in rows} == pytest.approx(drawn)
    sound()


def test_share_a_view_with_a_reader_of_another_language(
    keyboard: Keyboard, sound: Callable[[], None], visitor: Visitor
) -> None:
    """The link that is offered opens the same choices; a language changes the words alone."""
    keyboard.visit.open("/en/trade?measure=exports&view=bars")
    fold = keyboard.carry("turnover")
    link = fold.locator("code").first.inner_text()
    other = visitor().open(link.removeprefix(keyboard.visit.base))
    assert other.chosen == keyboard.visit.chosen
    drawn = other.traces("turnover")
    other.page.locator("a[data-language=kk]").click()
    other.until("/kk/trade?measure=exports&view=bars")
    assert [each["y"] for each in other.traces("turnover")] == [each["y"] for each in drawn]
    sound()


def test_find_an_indicator_by_a_misspelt_word(
    keyboard: Keyboard, sound: Callable[[], None]
) -> None:
    """A Kazakh word in Latin letters finds the turnover, whose entry says what it is and by whom."""
    keyboard.visit.open("/en/data")
    keyboard.reach(keyboard.page.get_by_role("searchbox"))
    keyboard.page.keyboard.type("sauda ainalimy")
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_url("**/en/data?q=*")
    keyboard.visit.settled()
    first = keyboard.page.locator("main a[href*='/en/data/']").first
    keyboard.follow(first)
    assert "trade_turnover_ots" in keyboard.visit.place
    expect(keyboard.page.locator("main")).to_contain_text("WITS")
    sound()


def test_see_what_was_revised(keyboard: Keyboard, sound: Callable[[], None]) -> None:
    """Each source says how much came again, what of it was revised, and what is rounding only."""
    keyboard.visit.open("/en/data")
    keyboard.take("Part", "Revisions")
    expect(keyboard.page.locator("#page-data table").first).to_be_visible()
    head, first, *_rest = keyboard.visit.cells("revisions-by-source")
    assert len(first) == len(head) == 6
    assert all(first[:4])
    sound()


def test_see_the_trade_as_it_was_known_on_a_past_day(
    keyboard: Keyboard, sound: Callable[[], None]
) -> None:
    """The menu of days leads to the page as of that day, which says so and leads back."""
    keyboard.visit.open("/en/trade")
    menu = keyboard.page.locator("main details.menu", has_text="As known on")
    keyboard.unfold(menu)
    keyboard.press(menu.locator("summary"))
    days = menu.locator("a[href*='asof=']")
    keyboard.follow(days.last)
    expect(keyboard.page.locator("main .asof")).to_contain_text("As known on")
    (day,) = query_of(keyboard.visit)["asof"]
    corridor = keyboard.page.locator("header a[data-page=corridor]")
    expect(corridor).to_have_attribute("href", re.compile(rf"/en/corridor\?asof={day}$"))
    keyboard.press(keyboard.page.get_by_role("link", name="Show what is known today"))
    keyboard.visit.until("/en/trade")
    sound()


def test_where_the_days_of_the_corridor_go(keyboard: Keyboard, sound: Callable[[], None]) -> None:
    """From the menu to the corridor: its map names the legs, its waterfall the days of each."""
    keyboard.visit.open("/en/")
    keyboard.press(keyboard.page.locator("header a[data-page=corridor]"))
    keyboard.visit.until("/en/corridor")
    for name in ("routes", "legs"):
        fold = keyboard.chart(name).locator("details", has_text="Show the figures as a table")
        keyboard.press(fold.locator("summary"))
        assert len(keyboard.visit.cells(name)) > 2
    assert any("Aktau" in cell for row in keyboard.visit.cells("routes") for cell in row)
    sound()


def test_what_made_the_trade_grow(keyboard: Keyboard, sound: Callable[[], None]) -> None:
    """The contributions between two years add up to the growth that the sentence says."""
    keyboard.visit.open("/en/trade")
    keyboard.choose("First year", "2018")
    keyboard.choose("Last year", "2022")
    (trace,) = [each for each in keyboard.visit.traces("contribution") if each["x"]]
    words = keyboard.chart("contribution").inner_text()
    assert f"{sum(map(float, trace['x'])):+.1f}%" in words
    sound()


def test_cite_a_chart(keyboard: Keyboard, sound: Callable[[], None], tmp_path: Path) -> None:
    """The citation is copied with a press, and said to be; BibTeX comes as a file."""
    keyboard.visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keyboard.visit.open("/en/trade")
    fold = keyboard.carry("turnover")
    keyboard.press(fold.get_by_role("button", name="Copy in English"))
    expect(fold.get_by_text("Copied", exact=True)).to_be_visible()
    copied = keyboard.page.evaluate("navigator.clipboard.readText()")
    assert "Altyn Köpir" in copied
    assert "Bureau of National Statistics" in copied
    with keyboard.page.expect_download() as begun:
        keyboard.press(fold.get_by_role("link", name="BibTeX"))
    begun.value.save_as(tmp_path / "turnover.bib")
    assert "Kazakhstan" in (tmp_path / "turnover.bib").read_text(encoding="utf-8")
    sound()
