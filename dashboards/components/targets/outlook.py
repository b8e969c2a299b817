"""What the figures would come to if they went on as before, how far off that was, how probable it is."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.components import Content
from dashboards.components.chart import chart
from dashboards.components.table import table
from dashboards.components.targets.asked import Asked
from dashboards.components.targets.path import history_of
from dashboards.components.targets.words import amount
from dashboards.exhibit import Exhibit, figures
from dashboards.figures.projection import Band, Way, projection
from dashboards.figures.trend import trend
from dashboards.i18n import Locale
from dashboards.marks import Reference
from dashboards.messages import message
from warehouse.catalog import ends
from warehouse.queries import projections

_METHODS: Mapping[str, str] = {
    "damped_trend": message("Damped trend (exponential smoothing)"),
    "drift": message("Random walk with drift"),
    "log_linear": message("Log-linear trend"),
}
_BANDS = ("low_80", "high_80", "low_95", "high_95")


def outlook(asked: Asked) -> list[Component]:
    """Show the projection of a target's figures, its past errors, and the chances of the target."""
    warehouse, target = asked.request.warehouse, asked.standing.target
    projected = projections.projection(warehouse, target.indicator_id, target.scope)
    if projected.empty:
        return []
    tested = projections.backtest(warehouse, target.indicator_id, target.scope)
    chances = projections.attainment(warehouse, target.id)
    warned = _warned(tested, asked.locale)
    return [
        _projection(asked, projected, warned),
        *([_backtest(asked, tested, projected)] if not tested.empty else []),
        *([_chances(asked, chances, warned)] if not chances.empty else []),
    ]


def _warned(tested: pd.DataFrame, locale: Locale) -> list[str]:
    """Warn of methods of which none was nearer than the last known figure would have been."""
    by_method = tested.groupby("method")[["error", "error_no_change"]].mean()
    if by_method.empty or (by_method["error"] < by_method["error_no_change"]).any():
        return []
    return [locale.text("Not one of them did better than the last figure taken as it was.")]


def _projection(asked: Asked, projected: pd.DataFrame, warned: Sequence[str]) -> Component:
    locale, standing = asked.locale, asked.standing
    chosen = projected[projected["is_chosen"].astype(bool)]
    others = projected[~projected["is_chosen"].astype(bool)]
    method = _method(str(chosen["method"].iloc[0]), locale)
    history = history_of(asked)
    aim = amount(standing.target, asked.unit, locale)
    rows = pd.concat([chosen, others]).assign(status="derived")
    rows = rows.assign(series=[_method(each, locale) for each in rows["method"]])
    kept = ["series", "period", "value", "status", *_BANDS, "method", "is_chosen"]
    exhibit = Exhibit(
        "projection",
        title=locale.text("If it went on as before: {method}", method=method),
        subtitle=locale.text(
            "{title}; {unit}; middle of what is to be expected, with the ranges of 80% and 95%; logarithmic scale",
            title=standing.indicator.short[locale.language],
            unit=locale.unit(asked.unit),
        ),
        summary=_summary(asked, chosen),
        data=figures(pd.concat([history, rows[kept]]), asked.unit),
        sources=list({each.source.id: each.source for each in standing.dated}.values()),
        figure=projection(
            history,
            asked.unit,
            locale,
            name=standing.indicator.short[locale.language],
            ways=[Way(method, _years(chosen), list(chosen["value"]))],
            bands=_bands(chosen, locale),
            level=Reference(ends(standing.target.span)[1], f"{locale.text('Target')}: {aim}"),
            logarithmic=True,
        ),
        remarks=[*_remarks(chosen, locale), *warned],
    )
    notes = [html.P(each, className="source") for each in exhibit.remarks]
    return chart(asked.request, exhibit, notes=notes)


def _bands(chosen: pd.DataFrame, locale: Locale) -> list[Band]:
    return [
        Band(
            locale.text("range of {share}", share=locale.share(percent / 100, percent / 100)),
            _years(chosen),
            list(chosen[f"low_{percent}"]),
            list(chosen[f"high_{percent}"]),
        )
        for percent in (95, 80)
    ]


def _years(rows: pd.DataFrame) -> list[float]:
    return [float(each) for each in rows["period"]]


def _summary(asked: Asked, chosen: pd.DataFrame) -> str:
    locale, unit = asked.locale, asked.unit
    told = chosen[chosen["period"].isin(["2030", "2035", "2040"])]
    return "; ".join(
        f"{row['period']}: {locale.quantity(row['value'], row['value'], unit)}"
        f" ({locale.quantity(row['low_80'], row['high_80'], unit)})"
        for row in told.to_dict("records")
    )


def _remarks(chosen: pd.DataFrame, locale: Locale) -> list[str]:
    """From where it goes on, and what a reader must know of the figures that it goes by."""
    first = chosen.iloc[0]
    said = [
        locale.text(
            "A projection and no promise: it knows the figures of {first}–{last} only, and nothing of"
            " plans. It is the one of three methods that was least wrong in the past.",
            first=first["first_period"],
            last=first["origin"],
        )
    ]
    if first["origin_status"] != "final":
        said.append(
            locale.text(
                "The last figure that it goes by, of {period}, is not final: {status}.",
                period=first["origin"],
                status=locale.status(str(first["origin_status"])),
            )
        )
    changes = str(first["source_changes"] or "")
    if changes:
        said.append(
            locale.text("The source changes in {years}: that break is in it too.", years=changes)
        )
    return said


def _backtest(asked: Asked, tested: pd.DataFrame, projected: pd.DataFrame) -> Component:
    """Set the past errors side by side: method by years ahead, with the number of tries."""
    locale = asked.locale
    chosen = set(projected.loc[projected["is_chosen"].astype(bool), "method"])
    named = tested.assign(
        series=[
            locale.text("{method}, {years} years ahead", method=_method(each, locale), years=ahead)
            for each, ahead in zip(tested["method"], tested["horizon"], strict=True)
        ],
        value=tested["error"] * 100,
        status="derived",
    )
    exhibit = Exhibit(
        "backtest",
        title=locale.text("How far off the methods were"),
        subtitle=locale.text(
            "Mean error of forecasts made from past years, percent of the figure that came"
        ),
        summary="",
        data=figures(named.drop(columns=["indicator_id", "scope", "error"]), "percent"),
        sources=[],
    )
    twin = table(
        "backtest", f"{exhibit.title}; {exhibit.subtitle}", *_errors(tested, chosen, locale)
    )
    notes = [html.P(html.Strong(words), className="source") for words in _warned(tested, locale)]
    return chart(asked.request, exhibit, twin=twin, notes=notes)


def _errors(
    tested: pd.DataFrame, chosen: Container[str], locale: Locale
) -> tuple[list[str], list[list[Content]]]:
    """Heads and rows of the past errors: a method a row, a number of years ahead a column."""
    horizons = sorted(tested["horizon"].unique())
    heads = [
        locale.text("Method"),
        *(locale.text("Years ahead: {years}", years=ahead) for ahead in horizons),
        locale.text("Forecasts tried"),
    ]
    picked = locale.text("chosen")
    rows: list[list[Content]] = []
    for method, of_method in tested.groupby("method", sort=False):
        errors = dict(zip(of_method["horizon"], of_method["error"], strict=True))
        mark = f" ({picked})" if method in chosen else ""
        cells: list[Content] = [_share(errors.get(ahead), locale) for ahead in horizons]
        rows.append(
            [
                f"{_method(str(method), locale)}{mark}",
                *cells,
                locale.number(int(of_method["folds"].sum())),
            ]
        )
    rows.append(
        [
            locale.text("For comparison: the last figure, unchanged"),
            *(_share(_unchanged(tested, ahead), locale) for ahead in horizons),
            "",
        ]
    )
    return heads, rows


def _unchanged(tested: pd.DataFrame, ahead: int) -> float | None:
    """How far off the last known figure was so many years ahead."""
    return next(iter(tested.loc[tested["horizon"] == ahead, "error_no_change"]), None)


def _share(error: float | None, locale: Locale) -> str:
    if error is None or pd.isna(error):
        return "–"
    return locale.quantity(error * 100, error * 100, "percent", 1)


def _chances(asked: Asked, chances: pd.DataFrame, warned: Sequence[str]) -> Component:
    """Draw how probable it is, year by year, that the figure of that year meets the target."""
    locale = asked.locale
    frame = chances.assign(
        series=locale.text("Probability"), value=chances["probability"] * 100, status="derived"
    )
    aim = amount(asked.standing.target, asked.unit, locale)
    exhibit = Exhibit(
        "attainment",
        title=locale.text("How probable the target is, year by year"),
        subtitle=locale.text(
            "Probability that the figure of that year is {target} or better, if it went on as before",
            target=aim,
        ),
        summary="; ".join(
            f"{row['period']}: {locale.share(row['probability'], row['probability'])}"
            for row in chances.to_dict("records")
        ),
        data=figures(frame[["series", "period", "value", "status"]], "percent"),
        sources=[asked.latest.source] if asked.latest else [],
        figure=trend(frame.assign(status="final"), "percent", locale).update_layout(height=300),
        remarks=list(warned),
    )
    notes = [html.P(each, className="source") for each in exhibit.remarks]
    return chart(asked.request, exhibit, notes=notes)


def _method(name: str, locale: Locale) -> str:
    return locale.text(_METHODS[name]) if name in _METHODS else name
