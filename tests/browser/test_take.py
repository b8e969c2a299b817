"""An analyst takes along what a chart shows: figures, picture, link, frame, citation."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Download, Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser

TEXT = "{http://www.w3.org/2000/svg}text"
VIEWPORTS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
VIEW = "/en/digital?indicator=account_ownership"

at_any_width = pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)


def opened(visit: Visit, chart: str) -> Locator:
    """What can be taken from a chart, unfolded as a reader does."""
    take = visit.page.locator(f"#chart-{chart} .take")
    take.locator("summary").click()
    return take


def downloaded(visit: Visit, control: Locator, *, key: str = "") -> Download:
    """The file that a click or a key on a control gives."""
    with visit.page.expect_download() as found:
        if key:
            control.press(key)
        else:
            control.click()
    # A download ends the request for its page, which the browser calls a failure.
    visit.faults = [fault for fault in visit.faults if not fault.startswith("failed: ")]
    return found.value


@at_any_width
def test_figures_are_downloaded(visitor: Visitor, viewport: dict[str, int]) -> None:
    """CSV and XLSX hold the numbers that are drawn, under a telling name."""
    visit = visitor(viewport=viewport).open(VIEW)
    take = opened(visit, "payments")
    text = downloaded(visit, take.get_by_role("link", name="CSV", exact=True))
    book = downloaded(visit, take.get_by_role("link", name="XLSX", exact=True))
    rows = pd.read_csv(text.path())
    sheet = openpyxl.load_workbook(io.BytesIO(Path(book.path()).read_bytes()))["data"]
    drawn = [value for trace in visit.traces("payments") for value in trace["y"] if value]

    assert text.suggested_filename.startswith("altyn-kopir-digital-payments-20")
    assert book.suggested_filename == text.suggested_filename.replace(".csv", ".xlsx")
    assert sorted(rows["value"]) == sorted(drawn)
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == list(rows["value"])


@at_any_width
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_says_on_its_own_what_it_is(
    visitor: Visitor, viewport: dict[str, int], theme: str
) -> None:
    """Title, source and address stand in it as text, whole, on white, whatever the screen is."""
    visit = visitor(viewport=viewport, color_scheme=theme).open(VIEW)
    take = opened(visit, "payments")
    file = downloaded(visit, take.get_by_role("button", name="SVG"))
    root = ET.fromstring(Path(file.path()).read_text(encoding="utf-8"))  # noqa: S314 - our own
    said = ["".join(each.itertext()) for each in root.iter(TEXT)]
    whole = " ".join(said)

    assert file.suggested_filename.endswith(".svg")
    assert root.attrib["width"] == "1200"
    assert said[0] in visit.caption("payments")
    assert "Source: World Bank: The Global Findex Database" in whole
    assert f"{visit.base}{VIEW}" in whole
    assert {"Kazakhstan", "Hungary"} < set(said)
    (ground,) = [each for each in root if each.tag.endswith("rect")]
    assert ground.attrib["fill"] == "#ffffff"
    assert {each.attrib["fill"] for each in root.findall(TEXT)} == {"#17202a", "#55606c"}


def test_a_picture_in_pixels_is_wide_enough_for_a_slide(visit: Visit) -> None:
    visit.open("/kk/corridor")
    take = opened(visit, "volume")
    file = downloaded(visit, take.get_by_role("button", name="PNG"))
    content = Path(file.path()).read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert width == 1200
    assert 500 < height < 1600
    # A picture of a chart is more than a white sheet.
    assert len(content) > 20_000
    expect(take.locator("[data-picture] ~ [role=status]")).not_to_be_empty()


def test_a_picture_says_what_its_numbers_stand_for(visit: Visit) -> None:
    """A chart marks events by numbers; on its page they are told beside it, in a picture within."""
    visit.open("/en/trade")
    take = opened(visit, "turnover")
    file = downloaded(visit, take.get_by_role("button", name="SVG"))
    text = Path(file.path()).read_text(encoding="utf-8-sig")
    assert "(1) October 3, 2009" in text
    assert "Status of some figures: preliminary" in text


def test_nothing_in_a_picture_is_cut_off(visit: Visit) -> None:
    """Every line of text of every picture of a page lies within its sheet."""
    sticking_out = """text => {
        const sheet = document.createElement("div");
        sheet.innerHTML = text.replace(/^<[?].*?[?]>/, "");
        document.body.append(sheet);
        const box = sheet.querySelector("svg").getBoundingClientRect();
        const out = [...sheet.querySelectorAll("text")].filter(each => {
            const inner = each.getBoundingClientRect();
            return inner.left < box.left - 1 || inner.right > box.right + 1
                || inner.top < box.top - 1 || inner.bottom > box.bottom + 1;
        }).map(each => each.textContent);
        sheet.remove();
        return out;
    }"""
    visit.open("/ru/corridor?" + "x=" + "a" * 300)
    names = visit.page.locator(".chart:has(.plot)").evaluate_all("all => all.map(each => each.id)")
    assert names
    for name in names:
        take = opened(visit, name.removeprefix("chart-"))
        file = downloaded(visit, take.get_by_role("button", name="SVG"))
        text = Path(file.path()).read_text(encoding="utf-8-sig")
        assert visit.page.evaluate(sticking_out, text) == [], name


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_link_code_and_citation_are_copied_with_the_keyboard(visitor: Visitor, key: str) -> None:
    """Each button copies the text beside it and says so to those who listen."""
    visit = visitor(permissions=["clipboard-read", "clipboard-write"]).open(VIEW)
    take = opened(visit, "payments")
    rows = take.locator(".copying:has([data-copy])")
    assert rows.count() == 6
    for row in rows.all():
        button = row.locator("button")
        button.focus()
        button.press(key)
        expect(row.get_by_role("status")).to_have_text("Copied")
        expect(button).to_be_focused()
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert copied == row.locator("code, .cited").text_content()
    assert visit.page.evaluate("navigator.clipboard.readText()").endswith(VIEW)


def test_the_copied_link_opens_the_same_view(visitor: Visitor) -> None:
    visit = visitor().open(VIEW)
    link = opened(visit, "payments").locator("code").first.text_content()
    assert link
    address = urlsplit(link)
    assert dict(parse_qsl(address.query)) == {"indicator": "account_ownership"}
    again = visitor().open(f"{address.path}?{address.query}")
    assert again.traces("payments") == visit.traces("payments")
    assert again.caption("payments") == visit.caption("payments")


class Elsewhere(BaseHTTPRequestHandler):
    """A page of others that holds what somebody pasted into it."""

    def __init__(self, code: list[str], *given: object) -> None:
        self.code = code
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the page."""
        body = f"<!doctype html><title>News</title><link rel=icon href=data:,>{self.code[0]}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[tuple[list[str], str]]:
    """A site of another origin: what its page holds, and its address."""
    code = [""]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Elsewhere, code))
    Thread(target=server.serve_forever, daemon=True).start()
    yield code, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_chart_stands_on_a_page_of_others(
    visitor: Visitor, elsewhere: tuple[list[str], str]
) -> None:
    """The copied code shows the chart, alone and drawn; a whole page may not be framed."""
    code, address = elsewhere
    visit = visitor().open(VIEW)
    expected = visit.traces("payments")
    code[0] = opened(visit, "payments").locator("code").nth(1).text_content() or ""
    guest = visitor()
    guest.page.goto(address)
    frame = guest.page.frame_locator("iframe")
    expect(frame.locator("#chart-payments .main-svg").first).to_be_visible()
    expect(frame.locator("header, footer")).to_have_count(0)
    expect(frame.locator("main [id^=chart-]")).to_have_count(1)
    (inner,) = [each for each in guest.page.frames if each.parent_frame]
    names = "document.querySelector('.js-plotly-plot')._fullData.map(each => each.name)"
    assert inner.evaluate(names) == [each["name"] for each in expected]
    with guest.context.expect_page() as whole:
        frame.locator(".whole a").click()
    whole.value.wait_for_url(f"**{VIEW}")
    guest.faults = [fault for fault in guest.faults if not fault.startswith("left the host")]


def test_a_whole_page_is_not_framed_by_others(
    visitor: Visitor, elsewhere: tuple[list[str], str]
) -> None:
    code, address = elsewhere
    guest = visitor()
    code[0] = f'<iframe src="{guest.base}/en/digital" title="Whole"></iframe>'
    guest.page.goto(address)
    guest.page.wait_for_timeout(500)
    assert not guest.page.frame_locator("iframe").locator("main").count()
    assert any("frame" in fault for fault in guest.faults)
    guest.faults.clear()


@at_any_width
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_embedded_chart_is_for_everybody(
    visitor: Visitor, viewport: dict[str, int], theme: str
) -> None:
    for address in ("/tr/digital?embed=payments", "/en/?embed=headlines"):
        visit = visitor(viewport=viewport, color_scheme=theme).open(address)
        visit.unfold()
        assert visit.violations() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_back_and_forward_show_the_same_views_again(visit: Visit) -> None:
    """Each view has its address, its charts and its title; nothing is loaded anew."""
    visit.open("/en/digital")
    first = visit.traces("payments")
    visit.page.evaluate("window.stayed = true")
    visit.choose(VIEW)
    second = visit.traces("payments")
    expect(visit.focus).to_have_attribute("data-option", "account_ownership")
    visit.page.locator("header.shell a[data-page=summary]").click()
    visit.until("/en/")
    visit.page.go_back()
    visit.until(VIEW)
    assert visit.traces("payments") == second != first
    assert visit.chosen == [visit.option(VIEW).inner_text()]
    visit.page.go_back()
    visit.until("/en/digital")
    assert visit.traces("payments") == first
    visit.page.go_forward()
    visit.until(VIEW)
    assert visit.traces("payments") == second
    link = visit.page.locator("#chart-payments .take code").first
    assert link.text_content() == f"{visit.base}{VIEW}"
    assert visit.page.evaluate("window.stayed")
    assert visit.page.title().endswith(" · Altyn Köpir")


def test_paper_shows_no_buttons(visit: Visit) -> None:
    visit.open("/en/digital")
    visit.page.emulate_media(media="print")
    for take in visit.page.locator(".take").all():
        expect(take).not_to_be_visible()
