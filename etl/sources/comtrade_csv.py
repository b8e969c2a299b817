"""UN Comtrade's records as tables: the 47 fields of the API, cuts of them, and older downloads."""

from __future__ import annotations

from etl.economies import Economies
from etl.formats.delimited import read_delimited
from etl.formats.document import Document
from etl.formats.first_records import first_records
from etl.sources.comtrade import read_records
from etl.sources.comtrade_fields import FIELDS, NEEDED, field
from etl.sources.reading import refused
from etl.sources.source import Reading, Source


def _recognises(document: Document) -> bool:
    header = next(iter(first_records(document)), [])
    columns = {field(column) for column in header}
    return all(not columns.isdisjoint(any_of) for any_of in NEEDED.values())


def _read(document: Document, economies: Economies) -> Reading:
    """Read two million records in some ten seconds; only the columns that matter are kept."""
    header = next(iter(first_records(document)), [])
    wanted = [column.strip() for column in header if field(column) in FIELDS]
    table = read_delimited(document, wanted=wanted)
    if table.refusals:
        return refused("trade", *table.refusals)
    return read_records(document.name, table.frame, economies)


COMTRADE_CSV = Source(
    "comtrade-csv",
    "UN Comtrade's records as CSV, with the fields of its API or of its older downloads",
    _recognises,
    _read,
)
