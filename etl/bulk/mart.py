"""The one aggregation, as expressions of Ibis: records → cut → mart, whatever engine works them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr import datatypes as dt
from ibis.expr.types import BooleanValue, Table

from etl.bulk.forms import Form, folded
from etl.economies import WORLD
from etl.layouts.figures import CHAPTERS

AMOUNT = dt.Decimal(18, 3)
"""Of one record: up to a quadrillion, to a thousandth of its unit; finer digits are rounded half up.

Sums of decimals are exact in any order, so that two engines give the same to the last digit.
"""
_SUM = dt.Decimal(38, 3)
_WRITTEN = r"^[0-9]{1,15}(\.[0-9]+)?\z"

CHAPTER = 2
"""So many digits of a code of the Harmonized System are its chapter."""

KEY = ("reporter", "partner", "flow", "product", "period")
"""What no two records may have in common."""


@dataclass(frozen=True)
class Columns:
    """The columns of some records: those of each role that are there, and that of the value.

    Those of roles are named as in `cell`, for a role may be called as its column is.
    """

    roles: Mapping[str, tuple[str, ...]]
    of_all: frozenset[str]
    """The roles that every record is asked; the others only one of an OTS economy."""
    value: str

    @property
    def cells(self) -> list[str]:
        """The columns of all roles."""
        return [column for columns in self.roles.values() for column in columns]


def cell(column: str) -> str:
    """Name what stands in a column of the data, as opposed to what it means."""
    return f"{column}_cell"


def columns_of(form: Form, header: Iterable[str]) -> Columns:
    """Find in a header what the form asks for."""
    present = [folded(column) for column in header]
    roles = {
        name: tuple(cell(column) for column in role.columns if column in present)
        for name, role in form.roles.items()
    }
    of_all = frozenset(name for name, role in form.roles.items() if role.of_all)
    return Columns(roles, of_all, next(value for value in form.values if value in present))


def records(raw: Table, columns: Columns) -> Table:
    """The cells that matter as text, the value as `written` and as `amount`, and what ails it."""
    named = {cell(folded(name)): raw[name] for name in raw.columns}
    cells = {name: named[name].cast("string").fill_null("") for name in columns.cells}
    value = named[cell(columns.value)]
    if value.type().is_string():
        amount = ibis.cases((value.re_search(_WRITTEN), value.try_cast(AMOUNT)))
        is_empty = value.fill_null("") == ""
    else:
        cast = value.try_cast(AMOUNT)
        amount, is_empty = ibis.cases((cast >= 0, cast)), value.isnull()
    written = value.cast("string").fill_null("")
    told = raw.select(**cells, written=written, amount=amount, is_empty=is_empty)
    return told.mutate(is_wrong=told.amount.isnull() & ~told.is_empty)


def cut(told: Table, columns: Columns, ours: Table) -> Table:
    """Add records up by their cells, in one pass over the data.

    Those of which neither reporter nor partner has a `spelling` of `ours` (`is_ours`) are only asked
    what `Columns.of_all` names, so that they come to few rows; the mart can take none of them.
    """
    who = (*columns.roles["reporter"], *columns.roles["partner"])
    # A join is worked out once; a list of spellings would be, again and again, in every expression.
    for column in who:
        spelt = ours.rename({f"{column}_ours": "spelling"})
        told = told.left_join(spelt, told[column] == spelt[f"{column}_ours"])
    is_ours = _any([told[f"{column}_ours"].notnull() for column in who])
    asked = {column for role in columns.of_all for column in columns.roles[role]}
    keys = {
        column: told[column] if column in asked else is_ours.ifelse(told[column], "")
        for column in columns.cells
    }
    return told.group_by(**keys, is_ours=is_ours).agg(
        value=told.amount.sum().cast(_SUM),
        records=told.amount.count(),
        empty=told.count(where=told.is_empty),
        wrong=told.count(where=told.is_wrong),
    )


def counts(kept: Table) -> Table:
    """How many records there are, how many are `ours`, and how many have a `wrong` value or none."""
    every = kept.records + kept.wrong + kept.empty
    return kept.aggregate(
        records=every.sum().fill_null(0),
        ours=every.sum(where=kept.is_ours).fill_null(0),
        wrong=kept.wrong.sum().fill_null(0),
        empty=kept.empty.sum().fill_null(0),
    )


def understood(kept: Table, columns: Columns, meanings: Mapping[str, Table | str]) -> Table:
    """Put what the cells of our records mean beside them; those that mean nothing are left out.

    `meanings` holds, per role, the cells that stand for something, and what for; or what all
    records mean, where no column says it.
    """
    found = kept.filter(kept.is_ours & (kept.records > 0))
    for role, meaning in meanings.items():
        if isinstance(meaning, str):
            found = found.mutate(**{role: ibis.literal(meaning)})
        else:
            found = found.inner_join(meaning, list(columns.roles[role]))
    if "classification" not in meanings:
        found = found.mutate(classification=ibis.literal(""))
    return found


def keyed(found: Table) -> Table:
    """Add up what has one `KEY`; more than one of `records` is a repeated key."""
    return found.group_by(list(KEY)).agg(
        value=found.value.sum().cast(_SUM),
        records=found.records.sum(),
        classification=found.classification.min(),
    )


def repeats(found: Table, keys: Table, columns: Columns, most: int) -> Table:
    """The cells of records with a repeated key, of the first `most` keys, and how many there are."""
    again = keys.filter(keys.records > 1).order_by(list(KEY)).limit(most)
    counted = again.select(*KEY, count=again.records)
    return found.inner_join(counted, list(KEY)).select(*KEY, "count", *columns.cells)


def mart(keys: Table, sides: Mapping[str, Table]) -> Table:
    """Add keys up by chapter and by those `sides` that each reporter and partner belongs to.

    A repeated key is counted in `repeated` and not added.
    """
    found = keys
    for who in ("reporter", "partner"):
        found = found.inner_join(sides[who], who)
    found = found.filter(~((found.reporter_side == WORLD) & (found.partner_side == WORLD)))
    is_once = found.records == 1
    key = ("reporter_side", "partner_side", "flow", "period")
    return found.group_by(*key, chapter=found.product.left(CHAPTER)).agg(
        value=found.value.sum(where=is_once).cast(_SUM),
        reporters=found.reporter.nunique(where=is_once),
        records=found.count(where=is_once),
        repeated=found.count(where=~is_once),
        first_edition=found.classification.min(where=is_once),
        last_edition=found.classification.max(where=is_once),
    )


def written(added: Table, form: Form, told: tuple[str, str]) -> Table:
    """The sums in the columns of the layout `chapter` and in the order of their key; values as text.

    `told` is what the names of the files say: the edition of the Harmonized System, and that of the
    data. The former gives way where the records of a sum name one.
    """
    classification, edition = told
    first, last = added.first_edition, added.last_edition
    is_one = (first == last) & (first != "")
    same = {
        "unit": form.unit,
        "source": form.source,
        "valuation": form.valuation,
        "status": form.status,
        "edition": edition,
    }
    found = added.mutate(
        reporter=added.reporter_side,
        partner=added.partner_side,
        product=added.chapter,
        classification=is_one.ifelse(first, classification),
        value=added.value.cast("string"),
        **{name: ibis.literal(text) for name, text in same.items()},
    )
    return found.select(*CHAPTERS.read_columns, "edition", "repeated").order_by(list(KEY))


def side(
    who: str, codes: Collection[str], ours: Collection[str], form: Form
) -> Mapping[str, Sequence[str]]:
    """Say under which codes (`…_side`) each reporter or partner is added up: its own, the world's.

    Its own if it is ours. Where the world stands among the partners it is taken as reported, and no
    partner is added to it.
    """
    own = [(code, code) for code in sorted(codes) if code in ours]
    is_reported = who == "partner" and form.has_world
    world = [(code, WORLD) for code in sorted(codes) if code == WORLD or not is_reported]
    pairs = [*own, *world]
    return {who: [pair[0] for pair in pairs], f"{who}_side": [pair[1] for pair in pairs]}


def _any(tests: Sequence[BooleanValue]) -> BooleanValue:
    found = tests[0]
    for test in tests[1:]:
        found |= test
    return found
