"""Four languages and three forms, one truth: what is read back from the files is the same everywhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import openpyxl
import pytest

from dashboards.briefing.compose import compose
from dashboards.briefing.document import to_html
from dashboards.briefing.model import Briefing, Cell
from dashboards.briefing.slides import to_pptx
from dashboards.briefing.workbook import to_xlsx
from dashboards.i18n import Locale
from dashboards.selection import BriefingSelection
from tests.dashboards.briefing_files import (
    Figure,
    Told,
    charts,
    from_html,
    from_xlsx,
    numbers,
    slides,
    table_texts,
)
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

TAGS = {"kk": "kk-KZ", "ru": "ru-RU", "tr": "tr-TR", "en": "en-GB"}
KAZAKH = set("ӘәҒғҚқҢңӨөҰұҮүҺһІі")


@pytest.fixture(scope="module")
def briefings(warehouse: Warehouse, locales: Mapping[Language, Locale]) -> dict[str, Briefing]:
    """The whole briefing in the four languages."""
    return {each: compose(warehouse, locales[each], BriefingSelection()) for each in LANGUAGES}


@pytest.fixture(scope="module")
def documents(briefings: dict[str, Briefing]) -> dict[str, str]:
    """The briefings as HTML; what draws is none of their content."""
    return {each: to_html(briefing, "/* plotly */") for each, briefing in briefings.items()}


@pytest.fixture(scope="module")
def decks(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    """The briefings as slides."""
    return {each: to_pptx(briefing) for each, briefing in briefings.items()}


@pytest.fixture(scope="module")
def books(briefings: dict[str, Briefing]) -> dict[str, bytes]:
    """The briefings as workbooks."""
    return {each: to_xlsx(briefing) for each, briefing in briefings.items()}


@pytest.fixture(scope="module")
def told(documents: dict[str, str], books: dict[str, bytes]) -> dict[tuple[str, str], Told]:
    """What every file of HTML and every workbook tells, by language and form."""
    return {(each, "html"): from_html(content) for each, content in documents.items()} | {
        (each, "xlsx"): from_xlsx(content) for each, content in books.items()
    }


@pytest.mark.slow
def test_every_language_and_form_tells_the_same_figures(told: dict[tuple[str, str], Told]) -> None:
    """Numbers, units, periods and statuses are equal in all eight files that name them."""
    first, *others = (each.figures for each in told.values())
    assert len(first) > 60
    for each in others:
        assert rounded(each) == rounded(first)


def rounded(figures: dict[str, Figure]) -> dict[str, Figure]:
    """A workbook keeps fifteen digits of a number, some of which change in the last."""
    return {
        name: replace(each, **{end: digits(getattr(each, end)) for end in ("value", "low", "high")})
        for name, each in figures.items()
    }


def digits(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.12e}")


def test_every_language_and_form_gives_the_same_verdicts(told: dict[tuple[str, str], Told]) -> None:
    """So are the verdicts on targets, plans and claims."""
    first, *others = (each.verdicts for each in told.values())
    assert first["verdict:trade-23bn"] == "no_date"
    assert first["verdict:kazakhstan-5-days-2023"] == "missed"
    assert all(each == first for each in others)


def test_readers_of_all_languages_read_the_same_numbers(
    told: dict[tuple[str, str], Told], decks: dict[str, bytes]
) -> None:
    """The texts themselves, parsed as each language writes numbers, give equal numbers cell by cell."""
    for form in ("html", "xlsx"):
        read = [
            [numbers(text, each) for text in told[each, form].texts if not is_verdict(text)]
            for each in LANGUAGES
        ]
        assert read[0] == read[1] == read[2] == read[3]
    texts = {each: table_texts(slides(content)) for each, content in decks.items()}
    for each, content in texts.items():
        assert content == told[each, "html"].texts


def is_verdict(text: str) -> bool:
    """Verdicts hold names of methods and years in an order of words that is each language's own."""
    return "\n" in text or len(text) > 90 or text[:1] in "✓✗~?≈⊘"


def test_the_text_of_a_number_is_the_number(briefings: dict[str, Briefing]) -> None:
    """What is read is the kept value, scaled to its unit and rounded as it is written."""
    for language, briefing in briefings.items():
        for section in briefing.sections:
            for cell in section.cells:
                read = numbers(cell.text, language)
                shown = [scaled(cell, each) for each in cell.span if each is not None]
                for each in read:
                    assert min(abs(each - value) for value in shown) <= tolerance(each, cell), cell


def scaled(cell: Cell, value: float) -> float:
    return value / 1e9 if cell.unit == "USD" else value


def tolerance(read: float, cell: Cell) -> float:
    return 0.051 if cell.unit == "USD" else 0.5 + abs(read) * 1e-9


def test_slides_draw_the_exact_numbers_of_every_language(
    briefings: dict[str, Briefing], decks: dict[str, bytes]
) -> None:
    """Native charts keep the numbers in full, the same in all languages; what is missing is missing."""
    drawn = {each: list(charts(slides(content))) for each, content in decks.items()}
    meant = [
        (f"chart {section.id}", [series.values for series in section.chart.series])
        for section in briefings["en"].sections
        if section.chart
    ]
    assert meant == drawn["en"]
    assert drawn["kk"] == drawn["ru"] == drawn["tr"] == drawn["en"]


def test_workbooks_draw_native_charts_of_the_same_numbers(
    briefings: dict[str, Briefing], books: dict[str, bytes]
) -> None:
    """Each chart is a part of the package and refers to cells that hold the series."""
    for language, content in books.items():
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [name for name in package.namelist() if "/charts/chart" in name]
        sheet = openpyxl.load_workbook(io.BytesIO(content))["charts"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        kept = [each.value for each in cells if isinstance(each.value, int | float)]
        meant = [
            value
            for section in briefings[language].sections
            if section.chart
            for values in zip(*(each.values for each in section.chart.series), strict=True)
            for value in values
        ]
        count = sum(section.chart is not None for section in briefings[language].sections)
        assert len(parts) == count == 5
        assert list(map(digits, kept)) == [digits(each) for each in meant if each is not None]


def test_slides_have_titles_alternatives_evidence_and_notes(decks: dict[str, bytes]) -> None:
    """Each slide has its message as its title, each chart a text for those who do not see it."""
    for language, content in decks.items():
        deck = slides(content)
        assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)
        assert 3 <= len(deck.slides) <= 10
        for slide in list(deck.slides)[1:-1]:
            assert slide.shapes.title.text_frame.text
            names = {shape.name: shape for shape in slide.shapes}
            assert names["evidence"].text_frame.text.count(":") >= 1
            assert "https://" in slide.notes_slide.notes_text_frame.text
            for shape in slide.shapes:
                if shape.has_chart:
                    assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            xml = package.read("ppt/slides/slide2.xml").decode()
        runs = re.findall(r"<a:rPr[^>]*>", xml)
        assert runs
        assert all(f'lang="{TAGS[language]}"' in run for run in runs)


def test_charts_can_be_edited(decks: dict[str, bytes]) -> None:
    """A chart brings the workbook that it is drawn from."""
    with zipfile.ZipFile(io.BytesIO(decks["kk"])) as package:
        names = package.namelist()
    assert sum(name.startswith("ppt/charts/chart") for name in names) == 5
    assert sum(name.startswith("ppt/embeddings/") for name in names) == 5


def test_kazakh_letters_are_in_a_font_that_has_them(decks: dict[str, bytes]) -> None:
    """No run leaves its font to chance, for the default of a template may lack Kazakh letters."""
    for slide in slides(decks["kk"]).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                for run in (run for each in shape.text_frame.paragraphs for run in each.runs):
                    assert run.font.name == "Arial" or not KAZAKH & set(run.text)


def test_html_asks_for_nothing_and_runs_nothing_else(documents: dict[str, str]) -> None:
    """No address is loaded; the policy names the hashes of the two scripts that may run."""
    for content in documents.values():
        assert not re.findall(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=", content)
        assert content.count("'sha256-") == 2
        assert "default-src 'none'" in content


def test_nothing_reads_as_missing_by_accident(documents: dict[str, str]) -> None:
    """No text says nan or None."""
    for content in documents.values():
        shown = re.sub(
            r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", content, flags=re.DOTALL
        )
        assert not re.search(r"\b(nan|None|null|undefined)\b", shown)


def test_the_same_build_makes_the_same_workbook(briefings: dict[str, Briefing]) -> None:
    """A scheduled job that runs twice writes the same bytes."""
    assert to_xlsx(briefings["kk"]) == to_xlsx(briefings["kk"])
