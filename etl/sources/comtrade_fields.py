"""What the fields of UN Comtrade's records mean, one set of cells at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from etl.economies import WORLD, Economies
from etl.sources import verdict
from etl.sources.verdict import Verdict

LEFT_OUT = ""
"""The meaning of what has no place in our rows."""

VALUES = ("primaryvalue", "tradevalueusd")
TOTALS = {"partner2code": "0", "customscode": "C00", "motcode": "0", "moscode": "0"}
"""The codes for all second partners, customs procedures, modes of transport and of supply."""

_FLOWS = {"x": "export", "m": "import", "rx": "re-export", "rm": "re-import"}
_PARTS_OF_FLOWS = (
    *("dx", "fm", "mip", "mop", "xip", "xop", "domestic export", "foreign import"),
    *("import of goods for inward processing", "import of goods after outward processing"),
    *("export of goods after inward processing", "export of goods for outward processing"),
)
_MEANINGS_OF_FLOWS = {
    **dict.fromkeys(_PARTS_OF_FLOWS, LEFT_OUT),
    **_FLOWS,
    **{flow: flow for flow in _FLOWS.values()},
}
_CODE = re.compile("[0-9]{2}|[0-9]{4}|[0-9]{6}")
_LEGACY_CHAPTER = re.compile(r"([1-9][0-9]?)\.0")
_NO_CODE = re.compile("[0-9]{4}[A-Z]{2}")
"""9999AA, "commodities not specified", has no place in the Harmonized System."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_MONTH = re.compile("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False, "": None}
_ANEW = "Take the records from UN Comtrade anew, every code as text with its leading zeros."


def field(column: str) -> str:
    """A field's name without letter case and underscores: refYear and ref_year are one."""
    return column.replace("_", "").strip().casefold()


def _goods(cells: Mapping[str, str]) -> Verdict:
    if cells.get("typecode", "C") == "C":
        return "C", ""
    return LEFT_OUT, "is no type of goods: services are not merchandise trade"


def _flow(cells: Mapping[str, str]) -> Verdict:
    written = [cell.casefold() for cell in cells.values() if cell]
    meanings = {_MEANINGS_OF_FLOWS.get(cell) for cell in written}
    if len(meanings) > 1:
        return LEFT_OUT, "is the code of one flow and the name of another"
    meaning = next(iter(meanings), None)
    return (LEFT_OUT, "is no flow known here") if meaning is None else (meaning, "")


def _period(cells: Mapping[str, str]) -> Verdict:
    """A year, or a month as 2018-05; `refMonth` is 52 for a year."""
    year = cells.get("refyear") or cells.get("year", "")
    written = cells.get("period") or year
    month = _MONTH.fullmatch(written)
    if not month and not _YEAR.fullmatch(written):
        return LEFT_OUT, "is neither a year nor a month"
    is_other = bool(year) and written[:4] != year
    is_other |= cells.get("freqcode", "") not in ("", "M" if month else "A")
    if ref_month := cells.get("refmonth", ""):
        is_other |= ref_month.zfill(2) != month[2] if month else ref_month != "52"
    if is_other:
        return LEFT_OUT, "is another period than its year, month and frequency say"
    return f"{month[1]}-{month[2]}" if month else written, ""


def _product(cells: Mapping[str, str]) -> Verdict:
    code, level = cells["cmdcode"], cells.get("aggrlevel", "")
    if _NO_CODE.fullmatch(code):
        return LEFT_OUT, ""
    chapter = _LEGACY_CHAPTER.fullmatch(code)
    if chapter and not level:
        code = chapter[1].zfill(2)
    if code != "TOTAL" and not _CODE.fullmatch(code):
        return LEFT_OUT, "is neither TOTAL nor a code of 2, 4 or 6 digits"
    digits = "0" if code == "TOTAL" else str(len(code))
    if level not in ("", digits):
        return LEFT_OUT, "has another number of digits than its level says"
    return code, ""


def _whole(cells: Mapping[str, str]) -> Verdict:
    """Whether a record breaks nothing down: it is of all procedures, transports and partners."""
    is_whole = all(cell in ("", TOTALS[column]) for column, cell in cells.items())
    return ("whole" if is_whole else LEFT_OUT), ""


def _classification(cells: Mapping[str, str]) -> Verdict:
    code = cells.get("classificationcode") or "HS"
    if re.fullmatch("H[0-9]|HS", code) and cells.get("classificationsearchcode", "HS") == "HS":
        return code, ""
    return LEFT_OUT, "is another classification than the Harmonized System"


def _status(cells: Mapping[str, str]) -> Verdict:
    """A record neither reported nor added up from reported ones is an estimate.

    The `legacyEstimationFlag` is of quantities alone, by Comtrade's own list of fields.
    """
    reported, added_up = (
        _TRUTHS.get(cells.get(name, "").casefold(), "?") for name in ("isreported", "isaggregate")
    )
    if "?" in (reported, added_up):
        return LEFT_OUT, "is neither true nor false"
    if reported is False and added_up is True:
        return "added up", ""
    return ("estimate" if reported is False and added_up is False else "final"), ""


def iso_name(iso: str, called: str, *, is_numbered: bool) -> str:
    """The ISO code of an economy as a name to look it up by, or "" where it says nothing.

    It speaks only where number and name are missing. Comtrade's own codes are no names: _CI is its
    code of the Channel Islands, and the one of "Europe EU, nes" is Monaco's.
    """
    if iso.startswith("_") or (is_numbered and called):
        return ""
    return WORLD if iso == "W00" else iso


def economy(cells: Mapping[str, str], who: str, economies: Economies) -> Verdict:
    """Look up the reporter or partner (`who`) of a record by number and name, or else by ISO code."""
    called = cells.get(f"{who}desc", cells.get(who, ""))
    number = f"{who}code"
    iso = iso_name(cells.get(f"{who}iso", ""), called, is_numbered=number in cells)
    names = [name for name in (called, iso) if name]
    return verdict.economy(economies, names, cells.get(number, ""), zero=WORLD)


@dataclass(frozen=True)
class Field:
    """One thing that a record says, by the columns that say it, the first of them in refusals."""

    shown: str
    columns: tuple[str, ...]
    judge: Callable[[Mapping[str, str]], Verdict]
    remedy: str = _ANEW


READ: Mapping[str, Field] = {
    "goods": Field("typeCode", ("typecode",), _goods, "Ask UN Comtrade for goods (typeCode C)."),
    "flow": Field("flowCode", ("flowcode", "flowdesc", "flow"), _flow),
    "period": Field("period", ("period", "refyear", "refmonth", "freqcode", "year"), _period),
    "product": Field("cmdCode", ("cmdcode", "aggrlevel"), _product),
    "classification": Field(
        "classificationCode",
        ("classificationcode", "classificationsearchcode"),
        _classification,
        "Ask UN Comtrade for the HS as reported (classification HS).",
    ),
    "status": Field("isReported", ("isreported", "isaggregate"), _status),
}
WHOLE = Field("customsCode", tuple(TOTALS), _whole)
"""What tells a record of a whole flow from those that break it down."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "primaryValue": VALUES,
    "cmdCode": ("cmdcode",),
    "flowCode": READ["flow"].columns,
    "period": ("period", "refyear", "year"),
    "reporterCode": ("reportercode", "reporteriso", "reporterdesc", "reporter"),
    "partnerCode": ("partnercode", "partneriso", "partnerdesc", "partner"),
}
"""What a record must say, and the columns that say it, any one of which is enough."""

FIELDS = frozenset(
    (
        *(column for which in READ.values() for column in which.columns),
        *(column for columns in NEEDED.values() for column in columns),
        *(*TOTALS, "cifvalue", "fobvalue"),
    )
)
"""The columns that are read; the others say nothing of values."""
