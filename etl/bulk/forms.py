"""The forms of bulk trade data: which columns say what, in which unit, and whose partners add up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from etl.economies import Economies
from etl.sources import comtrade_fields, verdict
from etl.sources.comtrade_fields import NEEDED, READ, VALUES, WHOLE, Field, field
from etl.sources.verdict import REMEDIES, Verdict

_BACI_FILE = re.compile(r"BACI_HS(?P<year>[0-9]{2})_Y[0-9]{4}_V(?P<version>[0-9]{6})")
_EDITIONS = {"92": "H0", "96": "H1", "02": "H2", "07": "H3", "12": "H4", "17": "H5", "22": "H6"}
_BACI_CODE = re.compile("[0-9]{5,6}")
_ANEW = "Take the files from CEPII anew."

Cells = Mapping[str, str]
"""The cells of some columns, by what `folded` names these."""


@dataclass(frozen=True)
class Role:
    """One thing that a record says: by which columns, whatever of them there are, and who judges.

    What only the records of OTS economies are asked is not `of_all`.
    """

    shown: str
    columns: tuple[str, ...]
    judge: Callable[[Cells, Economies], Verdict]
    remedies: str | Mapping[str, str]
    of_all: bool = False

    def remedy(self, fault: str) -> str:
        """How that fault is mended."""
        return self.remedies if isinstance(self.remedies, str) else self.remedies[fault]


@dataclass(frozen=True)
class Form:
    """One form of bulk data; `kind` is its name in `aggregate --as`.

    `needed` says which things must be there, and the columns any one of which is enough. Where
    `has_world` the totals over partners stand among the records; else the partners are added up.
    """

    kind: str
    about: str
    source: str
    unit: str
    valuation: str
    status: str
    needed: Mapping[str, tuple[str, ...]]
    values: tuple[str, ...]
    roles: Mapping[str, Role]
    has_world: bool
    told: Callable[[str], tuple[str, str]] = lambda _name: ("HS", "")
    """The edition of the Harmonized System and that of the data, by the name of a file."""


def _of_field(read: Field, *, of_all: bool = False) -> Role:
    return Role(
        read.shown, read.columns, lambda cells, _all: read.judge(cells), read.remedy, of_all
    )


def _of_comtrade(who: str) -> Role:
    def judge(cells: Cells, economies: Economies) -> Verdict:
        return comtrade_fields.economy(cells, who, economies)

    columns = (f"{who}code", f"{who}iso", f"{who}desc", who)
    return Role(who, columns, judge, REMEDIES, of_all=True)


def _by_number(column: str) -> Role:
    def judge(cells: Cells, economies: Economies) -> Verdict:
        return verdict.economy(economies, (), cells[column])

    return Role(column, (column,), judge, REMEDIES, of_all=True)


def _year(cells: Cells) -> Verdict:
    return READ["period"].judge({"period": cells["t"]})


def _product(cells: Cells) -> Verdict:
    """A code of six digits; whoever took it for a number lost the zero in front."""
    code = cells["k"]
    return (code.zfill(6), "") if _BACI_CODE.fullmatch(code) else ("", "is no code of 6 digits")


def _constant(meaning: str) -> Role:
    return _of_field(Field("", (), lambda _cells: (meaning, "")), of_all=True)


def _of_baci_file(name: str) -> tuple[str, str]:
    found = _BACI_FILE.match(name)
    if found is None:
        return "HS", ""
    version = found["version"]
    return _EDITIONS.get(found["year"], "HS"), f"{version[:4]}-{version[4:]}"


COMTRADE = Form(
    "comtrade",
    "UN Comtrade's records as reported, with the fields of its API or of its older downloads",
    source="comtrade",
    unit="USD",
    valuation="not stated",
    status="final",
    needed={what: columns for what, columns in NEEDED.items() if what != "primaryValue"},
    values=VALUES,
    roles={
        "reporter": _of_comtrade("reporter"),
        "partner": _of_comtrade("partner"),
        "flow": _of_field(READ["flow"], of_all=True),
        "goods": _of_field(READ["goods"], of_all=True),
        "period": _of_field(READ["period"]),
        "product": _of_field(READ["product"]),
        "classification": _of_field(READ["classification"]),
        "whole": _of_field(WHOLE),
    },
    has_world=True,
)

BACI = Form(
    "baci",
    "CEPII's BACI: flows that exporter and importer agree upon, by six digits (t,i,j,k,v,q)",
    source="baci",
    unit="thousand USD",
    valuation="FOB",
    status="estimate",
    needed={name: (name,) for name in ("t", "i", "j", "k")},
    values=("v",),
    roles={
        "reporter": _by_number("i"),
        "partner": _by_number("j"),
        "flow": _constant("export"),
        "period": _of_field(Field("t", ("t",), _year, _ANEW)),
        "product": _of_field(Field("k", ("k",), _product, _ANEW)),
    },
    has_world=False,
    told=_of_baci_file,
)

FORMS: Mapping[str, Form] = {form.kind: form for form in (COMTRADE, BACI)}
"""Every form that `aggregate` understands, by its kind."""

folded = partial(field)
"""A column's name without letter case and underscores."""
