"""The pages of targets: what was promised, what became of it, and what it would take."""

from __future__ import annotations

import csv
import io
import random
import re

import pytest
from flask.testing import FlaskClient

from dashboards.progress.methods import Path, judge
from dashboards.selection import TargetSelection
from tests.dashboards.serving import Part, ask, ids, page_of, part, parts, rows_of, tags, text
from tests.tables import cells
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse

every_language = pytest.mark.parametrize("language", LANGUAGES)


def opened(client: FlaskClient, place: str, query: str = "", language: str = "en") -> Part:
    """A page of ours, which is whole."""
    page = page_of(ask(client, f"/{language}/{place}", query))
    assert not {"nan", "NaN", "None", "inf"} & set(text(page).split()), f"{place}{query}"
    return page


def verdict(page: Part, target: str) -> str:
    """What a page says of a target."""
    return text(part(page, f"verdict-{target}"))


def table(page: Part, name: str) -> list[list[str]]:
    """The body of a table, cell by cell."""
    rows = [each for each in parts(part(page, f"table-{name}")) if each["type"] == "Tr"]
    return [[text(cell) for cell in row["props"]["children"]] for row in rows[1:]]


def all_targets(warehouse: Warehouse) -> list[str]:
    """The id of every target in the warehouse's file."""
    return [row[0] for row in rows_of(warehouse.path, "select id from target order by id")]


@every_language
def test_every_target_stands_on_the_page_once(
    client: FlaskClient, warehouse: Warehouse, language: str
) -> None:
    """With a verdict of its own, and a page of its own that is linked."""
    page = opened(client, "targets", language=language)
    verdicts = [each for each in ids(page) if each.startswith("verdict-")]
    assert sorted(verdicts) == [f"verdict-{each}" for each in all_targets(warehouse)]
    links = {each["props"].get("href") for each in parts(page)}
    assert f"/{language}/targets/trade-23bn" in links


def test_plans_whose_date_has_passed_have_an_outcome(client: FlaskClient) -> None:
    """A sign and a word before the figure that shows it."""
    page = opened(client, "targets")
    _, rows = cells("""
        | target                 | outcome                                                                  |
        | kazakhstan-5-days-2023 | ✗ missed: 6 days (April 2024)                                            |
        | titr-4000kt-2024       | ✓ kept: 4,484 thousand tonnes (2024)                                     |
        | titr-3200kt-2022       | ~ kept late: 1,485 thousand tonnes (2022); 4,484 thousand tonnes (2024)  |
        | titr-96k-teu-2025      | ✗ missed: 77,000 TEU (2025, estimate)                                    |
        | tur-uzb-5bn-2023       | ✗ missed: US$ 3.16 bn (2023)                                             |
        | tur-aze-15bn-2023      | ? no evidence                                                            |
        | titr-18-days-2023      | ? no evidence                                                            |
    """)
    for target, outcome in rows:
        assert verdict(page, target) == outcome


def test_the_tally_counts_the_outcomes_of_the_page(
    client: FlaskClient, warehouse: Warehouse
) -> None:
    """Each count is that of the verdicts below it; a plan that was told twice is one, a forecast none."""
    found = rows_of(
        warehouse.path, "SELECT id FROM target WHERE kind IN ('projection', 'estimate')"
    )
    forecasts = {f"verdict-{target}" for (target,) in found}
    page = opened(client, "targets", "?state=passed")
    (tally,) = [each for each in parts(page) if each["props"].get("className") == "tally"]
    counted = re.findall(r"(\d+) (\S) ", text(tally))
    stories = [
        each
        for each in parts(part(page, "targets-passed"))
        if each["props"].get("className") == "story"
    ]
    plans = {
        (at, text(tags(step, "Strong")[0]), text(each))
        for at, told in enumerate(stories)
        for step in tags(told, "Li")
        for each in parts(step)
        if str(each["props"].get("id")).startswith("verdict-")
        and each["props"]["id"] not in forecasts
    }
    said = [outcome[0] for _at, _promise, outcome in plans]
    assert [(str(said.count(sign)), sign) for sign in "✓~✗?"] == counted


def test_a_restated_target_is_one_story(client: FlaskClient) -> None:
    """Five days by 2023, said twice, then by 2027: one article, the oldest first."""
    page = opened(client, "targets")
    stories = [each for each in parts(page) if each["props"].get("className") == "story"]
    (told,) = [each for each in stories if "verdict-kazakhstan-5-days-2023" in ids(each)]
    assert [each for each in ids(told) if each.startswith("verdict-")] == [
        "verdict-kazakhstan-5-days-2023-smailov",
        "verdict-kazakhstan-5-days-2023",
        "verdict-kazakhstan-5-days-2027",
    ]
    assert "Stated 3 times" in text(told)


def test_a_target_without_a_date_has_no_verdict(client: FlaskClient) -> None:
    """Only the growth that it would take: from 13.006 bn in 2025 to 23 bn."""
    page = opened(client, "targets")
    assert verdict(page, "trade-23bn") == "No verdict: nobody has said by when."
    view = opened(client, "targets/trade-23bn")
    assert verdict(view, "trade-23bn").startswith("No verdict: nobody has said by when.")
    assert "table-methods" not in ids(view)
    growth = dict(row[1:3] for row in table(view, "growth"))
    assert growth["2030"] == f"{((23 / 13.00639964407) ** (1 / 5) - 1) * 100:.1f}%"


def test_an_assumed_year_is_said_to_be_assumed_and_gives_verdicts(client: FlaskClient) -> None:
    """Of the worked example: 4.460 bn in 2010, 12.980 bn in 2022, assumed for 2030."""
    view = opened(client, "targets/trade-23bn", "?due=2030&latest=2022")
    said = verdict(view, "trade-23bn")
    assert "ASSUMED" in said
    path = Path(4.460262, 2010, 12.98030075629, 2022, 23, 2030, "up")
    ratios = [f"{each.ratio:.2f}" for each in judge(path)]
    assert [row[1] for row in table(view, "methods")] == ratios
    assert table(view, "methods")[0][2] == "✓ on track"
    assert [row[0] for row in table(view, "flips")]


@every_language
def test_one_verdict_in_four_languages(client: FlaskClient, language: str) -> None:
    """The file of the methods holds the same numbers and keys whatever the language."""
    answers = [
        client.get(f"/{each}/targets/trade-23bn/methods.csv?due=2035") for each in ("en", language)
    ]
    told = [
        [
            (row["method"], row["value"], row["verdict"], row["due_is_assumed"])
            for row in csv.DictReader(io.StringIO(each.get_data(as_text=True).lstrip("\ufeff")))
        ]
        for each in answers
    ]
    assert told[0] == told[1]
    assert [row[0] for row in told[0]] == ["cagr", "unsd", "linear", "escap"]
    assert {row[3] for row in told[0]} == {"true"}


def test_the_missed_plan_shows_its_evidence_and_its_new_date(client: FlaskClient) -> None:
    """Five days by the end of 2023: six were reported in April 2024, and 2027 was named."""
    view = opened(client, "targets/kazakhstan-5-days-2023")
    said = verdict(view, "kazakhstan-5-days-2023")
    assert said.startswith("✗ missed: 6 days (April 2024)")
    assert "5 days, 2027" in said
    assert "targets/kazakhstan-5-days-2027" in str(part(view, "story"))


def test_a_base_without_a_date_gives_the_share_of_the_distance_only(client: FlaskClient) -> None:
    """“Previously 12 days”: six of the seven days are gone, but nobody knows since when."""
    page = opened(client, "targets")
    assert verdict(page, "kazakhstan-5-days-2027").startswith("No verdict by a method")
    view = opened(client, "targets/kazakhstan-5-days-2027")
    assert "Share of the distance closed: 86%" in verdict(view, "kazakhstan-5-days-2027")
    chosen = opened(client, "targets/kazakhstan-5-days-2027", "?base=2023-03")
    assert table(chosen, "methods")[0][1:3] == ["0.00", "~ limited progress"]


def test_ranges_stay_ranges(client: FlaskClient) -> None:
    """Of a target and of the growth that it takes."""
    view = opened(client, "targets/intra-ots-share-5-10")
    assert "5–10%" in text(view)
    falling = opened(client, "targets/middle-corridor-14-18-days", "?due=2030")
    low, high = table(falling, "growth")[0], table(falling, "growth")[-1]
    assert (low[0], high[0]) == ("Growth a year, at least", "Growth a year, at most")


@pytest.mark.parametrize(
    ("place", "growth", "said"),
    [
        ("trade-23bn", "7", "+7%: 2034"),
        ("trade-23bn", "0", "0%: never"),
        ("trade-23bn", "-3", "−3%: never"),
        ("kazakhstan-5-days-2027", "-10", "−10%: 2026"),
    ],
)
def test_what_if(client: FlaskClient, place: str, growth: str, said: str) -> None:
    """A growth that is tried out says when it meets the target, and is drawn; falling ones too."""
    view = opened(client, f"targets/{place}", f"?growth={growth}")
    assert text(part(view, "growth-said")) == said
    slider = part(view, "growth")["props"]
    assert (slider["type"], slider["value"]) == ("range", growth)
    assert slider["aria-valuetext"] == said
    steps = [
        each["props"]["data-option"]
        for each in parts(part(view, "growth-steps"))
        if "data-option" in each["props"]
    ]
    assert steps == [str(step) for step in range(int(slider["min"]), int(slider["max"]) + 1)]


def test_a_projection_stands_with_its_past_errors(client: FlaskClient) -> None:
    """The method and its backtest beside the bands; nothing of it on a past day."""
    view = opened(client, "targets/trade-23bn")
    charts = {each for each in ids(view) if each.startswith("chart-")}
    assert {"chart-projection", "chart-backtest", "chart-attainment"} <= charts
    assert sum("chosen" in row[0] for row in table(view, "backtest")) == 1
    past = opened(client, "targets/trade-23bn", "?asof=2024-06-30")
    assert "chart-projection" not in ids(past)


def test_a_past_day_knows_what_had_been_said(client: FlaskClient) -> None:
    """In June 2023 the Prime Minister's plan was open; that of September had not been said."""
    page = opened(client, "targets", "?asof=2023-06-30")
    assert "verdict-kazakhstan-5-days-2023" not in ids(page)
    assert "missed" not in verdict(page, "kazakhstan-5-days-2023-smailov")
    view = opened(client, "targets/kazakhstan-5-days-2023", "?asof=2023-06-30")
    assert "Nobody had said this by that day." in text(view)
    assert "No target" not in text(opened(client, "targets", "?asof=1990-01-01"))


@pytest.mark.parametrize("place", ["nothing", "TRADE-23BN", "trade-23bn'--", "%F0%9F%90%AA", "a b"])
def test_a_target_that_nobody_stated_is_not_found(client: FlaskClient, place: str) -> None:
    """Whatever stands in the address."""
    assert client.get(f"/en/targets/{place}").status_code == 404


def test_what_cannot_be_judged_says_so(client: FlaskClient) -> None:
    """A base after the latest figure, and an unknown year."""
    view = opened(client, "targets/trade-23bn", "?due=2030&base=2024&latest=2020")
    assert "no way can be judged" in text(view)
    view = opened(client, "targets/trade-23bn", "?due=2099")
    assert "due=2099" in text(view)


@pytest.mark.slow
@every_language
def test_any_target_with_any_choice_is_a_whole_page(
    client: FlaskClient, warehouse: Warehouse, language: str
) -> None:
    """Random targets, years, growths and days: no hole where a number was, in any language."""
    chance = random.Random(language)
    opened(client, "targets/trade-23bn", "?growth=25&latest=1999", language)
    opened(client, "targets/titr-4000kt-2024", "?growth=5&due=2027", language)
    for target in chance.sample(all_targets(warehouse), 8):
        choices = {
            "due": chance.choice(("", *TargetSelection.options["due"])),
            "growth": chance.choice(("", *TargetSelection.options["growth"])),
            "asof": chance.choice(("", "2024-12-31")),
        }
        query = "?" + "&".join(f"{name}={value}" for name, value in choices.items() if value)
        opened(client, f"targets/{target}", query, language)


def test_the_scorecard_is_a_file(client: FlaskClient, warehouse: Warehouse) -> None:
    """Each target a row: what was promised, what became of it, in the kept units."""
    answer = client.get("/en/targets/scorecard.csv")
    told = csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")))
    rows = {row["target_id"]: row for row in told}
    assert sorted(rows) == all_targets(warehouse)
    missed = rows["kazakhstan-5-days-2023"]
    assert (missed["outcome"], missed["evidence_value"]) == ("missed", "6.0")
    assert rows["trade-23bn"]["verdict_cagr"] == ""
    few = client.get("/en/targets/scorecard.csv?topic=digital").get_data(as_text=True)
    assert len(few.splitlines()) == 2
