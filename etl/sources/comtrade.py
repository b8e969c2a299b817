"""The records of UN Comtrade, whatever they came in: which are flows, of what, and add up or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from etl.economies import WORLD, Economies
from etl.refusals import Refusal, rows
from etl.sources.comtrade_fields import (
    LEFT_OUT,
    NEEDED,
    READ,
    TOTALS,
    VALUES,
    Field,
    field,
    iso_name,
)
from etl.sources.distinct import Verdicts, by_distinct
from etl.sources.economy_codes import EconomyCodes, economy_codes
from etl.sources.reading import amounts, refuse_cells, refused, trade_rows, without_repeats
from etl.sources.source import Reading

_SLACK_USD = 200.0
"""Partners of the records of before 2022 exceed their world by up to 166 USD, cut to the dollar."""

_BESIDE = {"cifvalue": "CIF", "fobvalue": "FOB"}
_SHOWN = 50
_MANY = 20
_ANEW = "Take the records from UN Comtrade anew."
_ADDED_UP = "added up by the UN Statistics Division from the detail reported"


def read_records(
    name: str, records: pd.DataFrame, economies: Economies, *, place: str = "row"
) -> Reading:
    """Read records, text cells and `row`, into rows in US dollars of the table `trade`.

    Columns are named as in the API, in snake_case, or as in the records of before 2022. Records of
    one second partner, customs procedure or transport, of a part of a flow, or of a group of
    economies are left out with a count. A flow is FOB or CIF only where `fobvalue` or `cifvalue` is
    its value. `place` is what the document calls a record.
    """
    faults = [*_header_faults(name, records)]
    if faults:
        return refused("trade", *faults)
    frame, passed = _only_totals(records.rename(columns=field))
    reporters = economies_of(name, frame, economies, "reporter")
    partners = economies_of(name, frame, economies, "partner")
    value_field = next(column for column in VALUES if column in frame.columns)
    value, faults = amounts(name, frame[value_field], frame["row"], "primaryValue")
    faults += [*reporters.refusals, *partners.refusals, *_worlds(name, frame, reporters)]
    found = pd.DataFrame(
        {
            "reporter": reporters.codes,
            "partner": partners.codes,
            "value": value,
            "row": frame["row"],
        }
    )
    for what, read in READ.items():
        verdicts = _verdicts(read, frame)
        faults += verdicts.refusals(name, frame["row"], read.shown, read.remedy)
        found[what] = verdicts.meaning
    faults = faults or [*_value_faults(name, frame, value)]
    if faults:
        return refused("trade", *faults)
    found["valuation"] = _valuation(frame, found)
    kept, left_out = _kept(found, [*reporters.groups, *partners.groups])
    return _reading(name, kept, place, [*passed, *left_out])


def _header_faults(name: str, records: pd.DataFrame) -> Iterator[Refusal]:
    columns = Counter(field(column) for column in records.columns)
    for needed, any_of in NEEDED.items():
        if not any(column in columns for column in any_of):
            yield Refusal(name, 1, needed, "", "is missing from the fields", _ANEW)
    for column, count in columns.items():
        if count > 1:
            yield Refusal(name, 1, column, "", f"is there {count} times", "Keep each field once.")
    if records.empty:
        yield Refusal(name, 1, "file", "", "holds no record", _ANEW)


def _only_totals(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The records that break nothing down, and how many were left out."""
    is_total = pd.Series(True, index=frame.index)  # noqa: FBT003 - the cells of a mask
    for column, code in TOTALS.items():
        if column in frame.columns:
            is_total &= frame[column].str.strip().isin([code, ""])
    parts = int((~is_total).sum())
    breakdowns = "by second partner, customs procedure or transport"
    sentences = [f"Left out: {parts} records that break flows down ({breakdowns})."]
    return frame[is_total].reset_index(drop=True), sentences if parts else []


def economies_of(name: str, frame: pd.DataFrame, economies: Economies, who: str) -> EconomyCodes:
    """Look up by number and name, and by what `iso_name` makes of the ISO code."""
    number = f"{who}code" if f"{who}code" in frame.columns else ""
    blank = pd.Series("", index=frame.index, dtype="str")
    called = frame.get(f"{who}desc", frame.get(who, blank)).str.strip()
    pairs = pd.DataFrame({"iso": frame.get(f"{who}iso", blank), "called": called})
    iso = by_distinct(
        pairs, [*pairs], lambda *pair: (iso_name(*pair, is_numbered=bool(number)), "")
    ).meaning
    looked_up = frame[["row", number] if number else ["row"]].assign(**{who: called, "iso": iso})
    names = [who] if (iso == "").all() else [who, "iso"]
    return economy_codes(name, looked_up, economies, names, number=number, zero=WORLD)


def _verdicts(read: Field, frame: pd.DataFrame) -> Verdicts:
    """What each record of the frame says, its columns named by `field`."""
    present = [column for column in read.columns if column in frame.columns]
    if not present:
        meaning, fault = (
            pd.Series(text, index=frame.index, dtype="str") for text in read.judge({})
        )
        return Verdicts(meaning, fault, frame[[]])
    return by_distinct(
        frame, present, lambda *cells: read.judge(dict(zip(present, cells, strict=True)))
    )


def _worlds(name: str, frame: pd.DataFrame, reporters: EconomyCodes) -> Iterator[Refusal]:
    wrong = reporters.codes[reporters.codes == WORLD]
    reason = "is the world, which reports nothing; partner and reporter may have changed places"
    yield from refuse_cells(
        name, wrong, frame["row"], field="reporter", reason=reason, remedy=_ANEW
    )


def _value_faults(name: str, frame: pd.DataFrame, value: pd.Series) -> Iterator[Refusal]:
    """Refuse a value that is neither of the CIF and FOB values that stand beside it."""
    beside = [_number(frame[column]) for column in _BESIDE if column in frame.columns]
    if not beside:
        return
    is_given = np.any([numbers > 0 for numbers in beside], axis=0)
    is_one = np.any([numbers == _number(value) for numbers in beside], axis=0)
    reason = "is neither the CIF nor the FOB value of its record"
    yield from refuse_cells(
        name,
        value[is_given & ~is_one],
        frame["row"],
        field="primaryValue",
        reason=reason,
        remedy=_ANEW,
    )


def _valuation(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    shown = pd.Series("not stated", index=frame.index, dtype="str")
    value = _number(found["value"])
    beside = [column for column in _BESIDE if column in frame.columns]
    is_import = found["flow"].isin(["import", "re-import"])
    for column in beside:  # where both are the value, an import is CIF and an export FOB
        is_it = (_number(frame[column]) == value) & (value > 0)
        is_first = is_import if column == "cifvalue" else ~is_import
        shown = shown.mask(is_it & (is_first | (shown == "not stated")), _BESIDE[column])
    return shown


def _number(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _kept(found: pd.DataFrame, groups: list[str]) -> tuple[pd.DataFrame, list[str]]:
    is_out = {
        "parts of flows (domestic, foreign, processing)": found["flow"] == LEFT_OUT,
        "commodities without a code of the HS": found["product"] == LEFT_OUT,
        f"groups of economies ({', '.join(groups)})": (found["reporter"] == LEFT_OUT)
        | (found["partner"] == LEFT_OUT),
        "no value": found["value"] == "",
    }
    sentences = [
        f"Left out: {which.sum()} records of {what}."
        for what, which in is_out.items()
        if which.any()
    ]
    left_out = pd.concat(is_out, axis=1).any(axis=1)
    return found[~left_out] if left_out.any() else found, sentences


def _reading(name: str, found: pd.DataFrame, place: str, passed: list[str]) -> Reading:
    is_added_up = found["status"] == "added up"
    table = trade_rows(
        reporter=found["reporter"],
        partner=found["partner"],
        flow=found["flow"],
        product=found["product"],
        classification=found["classification"].mask(found["product"] == "TOTAL", ""),
        period=found["period"],
        value=found["value"],
        unit="USD",
        source="comtrade",
        valuation=found["valuation"],
        status=found["status"].mask(is_added_up, "final"),
        place=f"{place} " + found["row"].astype("str"),
        note=is_added_up.map({True: _ADDED_UP, False: ""}),
        row=found["row"],
    )
    table, faults = without_repeats(name, "trade", table)
    if table.empty:
        faults.append(Refusal(name, 1, "file", "", "holds no flow of goods in all", _ANEW))
    excess, shortfalls = _against_world(name, table)
    if faults or excess:
        return refused("trade", *faults, *excess)
    return Reading("trade", table, passed_over=(*passed, *shortfalls))


def _against_world(name: str, table: pd.DataFrame) -> tuple[list[Refusal], list[str]]:
    """Refuse a world that its partners exceed; count those that they do not reach.

    Partners may fall short: trade kept secret is only in the world (Qatar's fuels of 2018 by 1.7 %).
    """
    key = ["reporter", "flow", "product", "period"]
    usd = table[[*key, "row"]].assign(usd=table["value"].astype(float))
    is_world = table["partner"] == WORLD
    listed = usd[~is_world].groupby(key, sort=False)["usd"].agg(["sum", "size"])
    both = usd[is_world].join(listed, on=key, how="inner")
    gap, slack = both["sum"] - both["usd"], _SLACK_USD + both["size"] / 2
    refusals = [
        Refusal(
            name,
            row["row"],
            "primaryValue",
            f"{row['usd']:.2f}",
            f"is the world's figure ({', '.join(row[part] for part in key)}), but the partners add"
            f" up to {row['sum']:.2f}",
            _ANEW,
        )
        for row in rows(both[gap > slack].head(_SHOWN))
    ]
    is_short = -gap > slack
    if not is_short.any() or len(both) == 0:
        return refusals, []
    # Where a document names few partners, all fall short of the world, and that says nothing.
    is_list = both["size"] >= _MANY
    short = int((is_short & is_list).sum())
    sentence = f"The partners fall short of the world in {short} of {int(is_list.sum())} totals."
    return refusals, [sentence] if short else []
