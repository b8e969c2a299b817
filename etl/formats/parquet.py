"""Tables in Parquet as text, under the same promise as `delimited`: read whole or refused."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.formats.delimited import Delimited
from etl.formats.document import Document
from etl.refusals import Refusal

_MAGIC = b"PAR1"
_LARGEST = 4 << 30
"""Bytes of the columns once unpacked: a small file may promise more than a machine can hold."""

_BROKEN = (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, UnicodeError)
"""What pyarrow raises for bytes that only begin as Parquet does."""

_ANEW = "Write the file anew, with columns of text and a timestamp with its time zone."


def is_parquet(document: Document) -> bool:
    """Whether the bytes begin as a Parquet file does."""
    return document.content.startswith(_MAGIC)


def parquet_header(document: Document) -> list[str]:
    """The names of the columns; none where the file cannot be read."""
    try:
        return list(_opened(document).schema_arrow.names)
    except _BROKEN:
        return []


def read_parquet(document: Document, *, wanted: Collection[str]) -> Delimited:
    """The `wanted` columns as text and `row`, counted as if a header stood above them.

    Timestamps with a zone are written in UTC, those without one without; whole numbers in digits.
    Refused are broken files, a column that is missing or of any other type, and what unpacks to over 4 GiB.
    """
    try:
        return _table(document, list(wanted))
    except _BROKEN as error:
        reason = f"is no whole Parquet file: {str(error)[:200]}"
        return _refused(document, "file", "", reason)


def _table(document: Document, wanted: list[str]) -> Delimited:
    file = _opened(document)
    groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
    size = sum(group.total_byte_size for group in groups)
    if max(size, file.metadata.num_rows) > _LARGEST:
        return _refused(document, "file", f"{size:,} bytes", "unpacks to over 4 GiB")
    for name in wanted:
        if name not in file.schema_arrow.names:
            return _refused(document, name, "", "is a column that is missing")
    table = file.read(columns=wanted)
    for field in table.schema:
        if not _is_plain(field.type):
            reason = "is a column of neither text nor whole numbers nor timestamps"
            return _refused(document, field.name, str(field.type), reason)
    frame = pd.DataFrame({name: _texts(table[name]) for name in wanted})
    return Delimited(frame.assign(row=range(2, len(frame) + 2)))


def _opened(document: Document) -> pq.ParquetFile:
    return pq.ParquetFile(pa.BufferReader(document.content), page_checksum_verification=True)


def _is_plain(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in (*tests, pa.types.is_integer, pa.types.is_timestamp))


def _texts(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_timestamp(column.type) and column.type.tz:
        # The instants stay; without this the text would need the machine's own table of zones.
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    text = column.cast(pa.string()).fill_null("")
    return pd.Series(text.to_numpy(zero_copy_only=False), dtype="str")


def _refused(document: Document, field: str, value: str, reason: str) -> Delimited:
    return Delimited(pd.DataFrame(), (Refusal(document.name, 1, field, value, reason, _ANEW),))
