"""The mart in Arrow and as Parquet; loaded while the engine works, for pyarrow takes its time."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq


def standing(added: pa.Table) -> pa.Table:
    """The sums of any record, each column such that it might be empty, as only some engines say."""
    rows = pa.table({name: added[name] for name in added.column_names if name != "repeated"})
    is_any = [bool(count) for count in added["records"].to_pylist()]
    return (rows if all(is_any) else rows.filter(is_any)).combine_chunks()


def packed(rows: pa.Table) -> bytes:
    """The bytes of the file that is kept, with a checksum of every page."""
    file = io.BytesIO()
    pq.write_table(rows, file, compression="zstd", write_page_checksum=True)
    return file.getvalue()
