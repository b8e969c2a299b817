"""Figures of the corridor: ranges in time, amounts in rows, contradictions, the whole way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest

from dashboards.days import Axis, Bar, Panel
from dashboards.figures.ranges import Statement, ranges
from dashboards.figures.timeline import Names, timeline
from dashboards.figures.volume import volume
from dashboards.figures.waterfall import waterfall
from dashboards.i18n import Locale
from tests.tables import table
from warehouse.catalog import Language

NAMES = Names({"before": "Before", "now": "Stated", "plan": "Plan"}, "no date", "median")
MAY = (date(2023, 5, 1), date(2023, 5, 31))
BEFORE = Bar("before", (53, 53), "before", *MAY)
NOW = Bar("now", (19, 23), "now", *MAY)
PLAN = Bar("plan", (14, 18), "plan", date(2023, 12, 31), date(2023, 12, 31))
HOPE = Bar("plan", (10, 15), "hope")


@pytest.fixture(scope="session")
def english(locales: Mapping[Language, Locale]) -> Locale:
    """English, the language of the messages."""
    return locales["en"]


class TestTimeline:
    """Ranges where they stand in time."""

    def test_a_range_is_a_bar_from_low_to_high_at_its_days(self, english: Locale) -> None:
        """A single number is a thin bar around it."""
        before, now, plan = timeline([Panel("", [BEFORE, NOW, PLAN])], "days", english, NAMES).data
        assert [before.name, now.name, plan.name] == ["Before", "Stated", "Plan"]
        assert (now.base, now.y, now.x) == ((19,), (4,), (date(2023, 5, 16),))
        assert before.base[0] < 53 < before.base[0] + before.y[0]
        assert (now.text, before.text) == (("19–23",), ("53",))
        assert now.customdata == ("now",)

    def test_nothing_is_joined_but_what_one_source_tells(self, english: Locale) -> None:
        """An arrow points from the earlier days to those of the day."""
        figure = timeline([Panel("", [BEFORE, NOW], [(BEFORE, NOW)])], "days", english, NAMES)
        (arrow,) = figure.layout.annotations
        assert (arrow.ay, arrow.y, arrow.ax) == (53, 23, arrow.x)
        assert not [trace for trace in figure.data if trace.type != "bar"]

    def test_plans_and_what_is_not_firm_are_hatched(self, english: Locale) -> None:
        """So that colour is not all that tells them apart."""
        soft = Bar("now", (1, 2), "", *MAY, is_firm=False)
        now, plan = timeline([Panel("", [NOW, soft, PLAN])], "days", english, NAMES).data
        assert now.marker.pattern.shape == ("", "/")
        assert plan.marker.pattern.shape == ("/",)

    def test_a_plan_without_a_date_stands_behind_the_dated_ones(self, english: Locale) -> None:
        """Beyond a line that says so, each on its own place."""
        other = Bar("plan", (15, 15), "other")
        figure = timeline([Panel("", [NOW, PLAN, HOPE, other])], "days", english, NAMES)
        dated, hope, another = figure.data[1].x
        (line,) = figure.layout.shapes
        assert dated < line.x0 < hope < another < figure.layout.xaxis.range[1]
        assert [note.text for note in figure.layout.annotations] == ["no date"]

    def test_no_word_stands_upon_another(self, english: Locale) -> None:
        """Of two equal ones side by side one is written, a different one is raised by a line."""
        june = (date(2023, 6, 1), date(2023, 6, 30))
        far = Bar("plan", (14, 18), "plan", date(2028, 12, 31), date(2028, 12, 31))
        same, other = Bar("now", (19, 23), "", *june), Bar("now", (18, 23), "", *june)
        alike = timeline([Panel("", [NOW, same, far])], "days", english, NAMES).data[0]
        apart = timeline([Panel("", [NOW, other, far])], "days", english, NAMES).data[0]
        assert alike.text == ("19–23", "")
        assert apart.text == ("19–23", "18–23<br>\u00a0")

    def test_a_median_is_a_dot_and_its_bar_bears_no_text(self, english: Locale) -> None:
        """Months side by side have no room for it."""
        month = Bar("now", (12, 14), "May", *MAY, middle=13)
        bars, dots = timeline([Panel("", [month])], "days", english, NAMES).data
        assert bars.text == ("",)
        assert (dots.name, dots.y, dots.mode) == ("median", (13,), "markers")

    def test_panels_share_their_days_and_the_legend_names_a_kind_once(
        self, english: Locale
    ) -> None:
        """Each has its own scale and its title above."""
        panels = [Panel("Aktau", [NOW]), Panel("Alat", [Bar("now", (1, 2), "", *MAY)])]
        figure = timeline(panels, "days", english, NAMES)
        assert [trace.showlegend for trace in figure.data] == [True, False]
        assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
        assert [note.text for note in figure.layout.annotations] == ["<b>Aktau</b>", "<b>Alat</b>"]
        assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
        assert figure.layout.yaxis.range[1] > 23
        assert figure.layout.yaxis2.range[1] < 3

    def test_nothing_draws_nothing(self, english: Locale) -> None:
        """Without panels, and with an empty one."""
        assert not timeline([], "days", english, NAMES).data
        assert not timeline([Panel("x", [])], "days", english, NAMES).data

    def test_a_bar_is_never_too_narrow_to_be_seen(self) -> None:
        """A day among fifty years is as wide as a fiftieth; a year fills most of itself."""
        day = Bar("now", (1, 1), "", date(2020, 1, 1), date(2020, 1, 1))
        far = Bar("now", (1, 1), "", date(1970, 1, 1), date(1970, 12, 31))
        axis = Axis.of([Panel("", [day, far])])
        assert axis.width(day) == round(axis.days * 0.022)
        assert axis.width(far) == axis.width(day)
        alone = Axis.of([Panel("", [far])])
        assert 300 < alone.width(far) < 365


def test_amounts_are_drawn_from_zero(english: Locale) -> None:
    """Unlike days, which may be a range."""
    rows = [Statement("January–April", now=(1370, 1370))]
    (bars,) = ranges(rows, "kt", english, ("", "Reported", ""), from_zero=True).data
    assert (bars.base, bars.x, bars.text) == (0, (1370,), ("1,370",))


def test_contradictions_are_marked_over_the_year(english: Locale) -> None:
    """By how much at the most; a report that only rounds bears no mark."""
    text = """
        | series   | period | value | status | deviation | contradicts |
        | ministry | 2022   | 1485  | final  |           | yes         |
        | ministry | 2023   | 2764  | final  |           |             |
        | others   | 2022   | 1700  | stated | 0.1448    | yes         |
        | others   | 2022   | 1500  | stated | 0.0101    |             |
        """
    frame = table(text)
    frame = frame.assign(
        value=pd.to_numeric(frame["value"]),
        deviation=pd.to_numeric(frame["deviation"]),
        contradicts=frame["contradicts"] == "yes",
    )
    figure = volume(frame, "kt", english)
    (note,) = figure.layout.annotations
    assert (note.x, note.y, note.text) == (2022, 1700, "≠ +14%")
    assert figure.data[1].marker.symbol == ("x", "diamond")


def test_the_whole_way_is_compared_with_the_sum_and_not_added(english: Locale) -> None:
    """It begins at nought, under the sum of the legs."""
    frame = pd.DataFrame(
        {
            "label": ["a", "b", "all"],
            "low": [3.0, 0.75, 12.0],
            "high": [3.0, 1.0, 12.0],
            "source": ["x", "y", "z"],
            "whole": [False, False, True],
        }
    )
    figure = waterfall(frame, english, total="Sum")
    labels = [note.text for note in figure.layout.annotations]
    assert labels == ["a", "b", "<b>Sum</b>", "all"]
    fewest = figure.data[0]
    assert list(fewest.base) == [0, 3, 0, 0]
    assert list(fewest.x) == [3, 0.75, 3.75, 12]
