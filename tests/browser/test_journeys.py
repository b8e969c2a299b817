"""What people do: choose, share, go back, change language and theme, move about, print."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser

COUNTING_SIZES = """(() => {
    let plotly;
    window.resized = 0;
    Object.defineProperty(window, "Plotly", { get: () => plotly, set: given => {
        plotly = given;
        const resize = given.Plots.resize;
        given.Plots.resize = chart => { window.resized += 1; return resize(chart); };
    } });
})()"""


def test_a_choice_is_made_with_the_keyboard_and_stands_in_the_address(visit: Visit) -> None:
    visit.open("/en/trade")
    before, table = visit.traces("turnover"), visit.cells("turnover")
    for place, group in (
        ("/en/trade?definition=members_dated", "Members as of each year"),
        ("/en/trade?definition=with_observers", "Members and observers"),
    ):
        visit.page.keyboard.press("Tab")
        while not visit.focus.and_(visit.option(place)).count():
            visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        visit.until(place)
        assert group in visit.caption("turnover")
        assert group in visit.chosen
        expect(visit.focus).to_have_text(group)
        expect(visit.focus).to_have_attribute("aria-current", "true")
        assert visit.traces("turnover") != before
        assert visit.cells("turnover") != table


def test_the_default_leaves_the_address_bare(visit: Visit) -> None:
    visit.open("/tr/trade?definition=members_dated")
    visit.choose("/tr/trade")
    assert "Dört üye devlet" in visit.caption("turnover")


def test_every_source_is_drawn_beside_the_others(visit: Visit) -> None:
    visit.open("/en/trade")
    visit.choose("/en/trade?source=all")
    names = {trace["name"].replace("<br>", " ") for trace in visit.traces("turnover")}
    assert names == {"UN Comtrade through WITS", "Bureau of National Statistics"}
    heads, *rows = visit.cells("turnover")
    assert {row[heads.index("Series")] for row in rows} == names
    expect(visit.page.locator("#chart-partners")).to_have_count(0)


def test_a_shared_link_opens_the_same_view_in_another_language(visitor: Visitor) -> None:
    address = "trade?measure=exports&definition=with_observers&source=wits"
    english, kazakh = (visitor().open(f"/{language}/{address}") for language in ("en", "kk"))
    assert {"Exports", "Members and observers", "UN Comtrade through WITS"} <= set(english.chosen)
    for visit, language in ((english, "en"), (kazakh, "kk")):
        expect(visit.option(f"/{language}/{address}")).to_have_count(len(english.chosen))
    drawn = [
        [(trace["x"], trace["y"]) for trace in visit.traces("turnover")]
        for visit in (english, kazakh)
    ]
    assert drawn[0] == drawn[1]
    assert english.caption("turnover") != kazakh.caption("turnover")


def test_the_languages_keep_the_page_and_the_choices(visit: Visit) -> None:
    visit.open("/kk/trade")
    visit.choose("/kk/trade?source=wits")
    visit.page.locator("a[data-language=ru]").click()
    visit.until("/ru/trade?source=wits")
    expect(visit.page.locator("html")).to_have_attribute("lang", "ru")
    assert any("Comtrade" in words for words in visit.chosen)


def test_going_back_brings_back_the_view(visit: Visit) -> None:
    visit.open("/en/trade")
    first, chosen = visit.traces("turnover"), visit.chosen
    visit.choose("/en/trade?definition=with_observers")
    second = visit.traces("turnover")
    visit.choose("/en/trade?definition=with_observers&source=wits")
    visit.page.go_back()
    visit.until("/en/trade?definition=with_observers")
    assert visit.traces("turnover") == second != first
    visit.page.go_back()
    visit.until("/en/trade")
    assert (visit.traces("turnover"), visit.chosen) == (first, chosen)
    visit.page.go_forward()
    visit.until("/en/trade?definition=with_observers")
    assert visit.traces("turnover") == second


def test_whoever_clicks_fast_ends_where_he_clicked_last(visit: Visit) -> None:
    visit.open("/en/trade")
    click_all = """places => places.forEach(place =>
        document.querySelector(`main .choice a[href="${place}"]`).click())"""
    last = "/en/trade?definition=with_observers"
    others = [f"/en/trade?{query}" for query in ("measure=imports", "definition=members_dated")]
    visit.page.evaluate(click_all, [*others, last, *others, last])
    visit.until(last)
    assert "Members and observers" in visit.chosen
    assert "Members and observers" in visit.caption("turnover")
    # An answer that nobody waits for any more is given up.
    visit.faults = [fault for fault in visit.faults if not fault.startswith("failed: ")]


def test_an_option_opens_in_a_tab_of_its_own(visit: Visit) -> None:
    visit.open("/en/trade")
    with visit.context.expect_page() as opened:
        visit.option("/en/trade?source=wits").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/en/trade?source=wits")
    assert visit.place == "/en/trade"


def test_the_survey_question_is_chosen(visit: Visit) -> None:
    visit.open("/ru/digital")
    before = visit.caption("payments")
    visit.choose("/ru/digital?indicator=account_ownership")
    assert visit.caption("payments") != before


def test_what_is_not_understood_in_an_address_is_said(visit: Visit) -> None:
    visit.open("/en/trade?colour=red")
    expect(visit.page.get_by_role("status")).to_contain_text("colour=red")


def test_the_theme_is_remembered(visit: Visit) -> None:
    html, button = visit.open("/en/").page.locator("html"), visit.page.locator("#theme")
    expect(html).to_have_attribute("data-theme", "light")
    light = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    expect(html).to_have_attribute("data-theme", "dark")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    for address in ("/en/", "/kk/digital"):
        visit.open(address)
        expect(html).to_have_attribute("data-theme", "dark")
    button.click()
    visit.open("/kk/")
    expect(html).to_have_attribute("data-theme", "light")


def test_the_theme_of_the_system_is_the_first(visitor: Visitor) -> None:
    page = visitor(color_scheme="dark").open("/en/").page
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#theme")).to_have_attribute("aria-pressed", "true")


def test_the_menu_moves_about_without_loading_anew(visit: Visit) -> None:
    page = visit.open("/en/targets").page
    page.evaluate("window.stayed = true")
    for name, title in (("trade", "trade"), ("corridor", "corridor"), ("digital", "payments")):
        page.locator(f"header nav a[data-page={name}]").focus()
        page.keyboard.press("Enter")
        page.locator(f"main#page-{name}").wait_for()
        visit.settled()
        expect(page.locator("h1")).to_be_focused()
        expect(page).to_have_title(re.compile(f"{title}.* · Altyn Köpir", re.IGNORECASE))
        expect(page.locator("header nav a[aria-current=page]")).to_have_attribute("data-page", name)
        expect(page.locator("a[data-language=tr]")).to_have_attribute("href", f"/tr/{name}")
    assert page.evaluate("window.stayed")
    assert visit.updates == 3
    page.go_back()
    page.locator("main#page-corridor").wait_for()
    expect(page.locator("header nav a[aria-current=page]")).to_have_attribute(
        "data-page", "corridor"
    )


def test_the_names_of_the_menu_stay_where_they_are(visitor: Visitor) -> None:
    """Whichever of them is the page's own: a menu that moves is missed by the hand that knows it."""
    page = visitor(viewport={"width": 1440, "height": 900}).open("/tr/trade").page
    places = "links => links.map(link => Math.round(link.getBoundingClientRect().x))"
    names = page.locator("header nav a")
    stood = names.evaluate_all(places)
    names.and_(page.locator("[data-page=digital]")).click()
    page.locator("main#page-digital").wait_for()
    assert names.evaluate_all(places) == stood
    assert len(set(stood)) == len(stood)


def test_going_back_leads_to_where_one_was(visit: Visit) -> None:
    page = visit.open("/en/trade").page
    page.locator("#chart-contribution").scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 300
    page.locator("header nav a[data-page=corridor]").evaluate("link => link.click()")
    page.locator("main#page-corridor").wait_for()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.locator("main#page-trade").wait_for()
    visit.settled()
    assert page.evaluate("scrollY") == pytest.approx(place, abs=2)


def test_a_card_leads_to_its_page(visit: Visit) -> None:
    page = visit.open("/kk/").page
    page.locator("#card-digital_payments_adults a[href='/kk/digital']").click()
    visit.until("/kk/digital")
    expect(page.locator("main#page-digital h1")).to_be_visible()


def test_the_evidence_of_a_figure_unfolds(visit: Visit) -> None:
    page = visit.open("/en/").page
    for indicator, place in (("transit_days_kazakhstan", "sentence"), ("titr_volume", "")):
        evidence = page.locator(f"#card-{indicator} .evidence")
        expect(evidence.locator("dl")).to_be_hidden()
        evidence.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(evidence.locator("dl")).to_be_visible()
        expect(evidence.locator("dd").first).to_contain_text(place)
        expect(evidence.locator("a[rel~=external]").first).to_have_attribute(
            "href", re.compile("https?://")
        )


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit.open("/en/trade").page
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    assert visit.updates == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_paper_shows_tables_and_no_menus(visit: Visit) -> None:
    page = visit.open("/ru/trade").page
    page.evaluate(
        """() => {
            const hidden = ".take, .appendix, .choices, .choices *, .appendix *";
            const folded = () => document.querySelectorAll(`main details:not([open], ${hidden})`).length;
            addEventListener("beforeprint", () => { window.onPaper = folded(); });
        }"""
    )
    expect(page.locator("#table-turnover")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.onPaper") == 0
    expect(page.locator("#table-turnover")).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#table-turnover")).to_be_visible()
    for hidden in (
        "header.shell nav >> nth=0",
        "#language",
        ".tools",
        ".choices >> nth=0",
        ".take >> nth=0",
        ".skip",
    ):
        expect(page.locator(hidden)).to_be_hidden()


def test_the_print_button_prints(visit: Visit) -> None:
    page = visit.open("/kk/").page
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("#print").click()
    assert page.evaluate("window.printed")


@pytest.mark.parametrize(
    ("spoken", "language"), [("tr-TR", "tr"), ("ru-RU", "ru"), ("de-DE", "kk")]
)
def test_the_root_speaks_the_language_of_the_browser(
    visitor: Visitor, spoken: str, language: str
) -> None:
    visit = visitor(locale=spoken)
    visit.page.goto(f"{visit.base}/")
    visit.until(f"/{language}/")


def test_an_address_that_is_none_leads_back(visit: Visit) -> None:
    page = visit.open("/tr/hicbir-sey").page
    page.locator("main#page-not-found a").click()
    page.locator("main#page-summary").wait_for()
    assert visit.place == "/tr/"
    # That the document was not found is all the browser may have said.
    assert [fault for fault in visit.faults if "404" not in fault] == []
    visit.faults.clear()


def test_without_javascript_every_figure_can_be_read(visitor: Visitor) -> None:
    """The cards stand there; the table of a chart unfolds; a grid leads back to its table."""
    visit = visitor(java_script_enabled=False)
    page = visit.page
    page.goto(f"{visit.base}/en/")
    expect(page.locator("#card-trade_turnover_ots .figure")).to_contain_text("US$ 13.01 bn")
    page.locator("header nav a[data-page=trade]").click()
    page.get_by_text("Show the figures as a table").first.click()
    expect(page.locator("#table-turnover tbody tr").first).to_be_visible()
    page.locator("#chart-turnover a[href='/en/trade?grid=turnover']").click()
    expect(page.locator("noscript p")).to_contain_text("JavaScript")
    expect(page.get_by_text("Back to the plain table")).to_be_visible()
    # A browser that runs no scripts fetches none ahead either.
    assert [fault for fault in visit.faults if "/static/plotly" not in fault] == []
    visit.faults.clear()


def test_two_partners_are_compared_as_an_index_on_a_phone(visitor: Visitor) -> None:
    """From the bare page: unfold, choose both partners, the index and its base year."""
    visit = visitor(viewport={"width": 390, "height": 844}).open("/en/trade")
    page, address = visit.page, "/en/trade"
    page.locator("details.options > summary").click()
    page.get_by_text("Partners:").click()
    for step in ("partner=TUR", "partner=TUR&partner=UZB"):
        visit.choose(address := f"/en/trade?{step}")
    visit.choose(address := f"{address}&scale=indexed")
    page.get_by_text("Base year of the index:").click()
    visit.choose(f"{address}&base=2015")
    assert "index, 2015 = 100" in visit.caption("turnover")
    drawn = [dict(zip(each["x"], each["y"], strict=True)) for each in visit.traces("turnover")]
    assert [points[2015] for points in drawn if 2015 in points] == [100, 100]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("view", ["area", "bars", "table", "map", "flow", "multiples"])
def test_every_view_of_trade_is_for_everybody(visitor: Visitor, view: str) -> None:
    """Drawn, in Kazakh, in the dark, unfolded, on a phone; then as wide as a desk."""
    visit = visitor(color_scheme="dark", viewport={"width": 390, "height": 844})
    visit.open(f"/kk/trade?view={view}&definition=with_observers")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390
    visit.unfold()
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    visit.settled()
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 1440
    assert visit.violations() == []


def test_a_chart_is_drawn_once_and_again_when_a_phone_is_turned(visitor: Visitor) -> None:
    """At 412 px its place is a part of a pixel wider than the whole number that a browser tells."""
    visit = visitor(viewport={"width": 412, "height": 800})
    visit.page.add_init_script(COUNTING_SIZES)
    visit.open("/en/trade")
    assert visit.page.evaluate("window.resized") == 0
    visit.page.set_viewport_size({"width": 800, "height": 412})
    visit.settled()
    assert visit.page.evaluate("window.resized") >= 1
    widths = "graph => [graph.clientWidth, graph.querySelector('.main-svg').clientWidth]"
    place, drawn = visit.page.locator("#graph-turnover .js-plotly-plot").evaluate(widths)
    assert abs(place - drawn) <= 1
