"""The tables that a build reads, by the folder of data/ in which they lie."""

from __future__ import annotations

from etl.layouts import catalog, corrections, figures, statements
from etl.layouts.table import Table

TABLES: tuple[Table, ...] = (
    *catalog.TABLES,
    *figures.TABLES,
    *statements.TABLES,
    *corrections.TABLES,
)


def named(name: str) -> Table:
    """The table of that name, those that only snapshots hold among them."""
    return next(table for table in (*TABLES, figures.CHAPTERS) if table.name == name)
