"""UN Comtrade v1: the records of one question, as its interface answers them in JSON."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.economies import Catalogue
from etl.formats.document import Document
from etl.formats.strict_json import Json, is_list, is_object, items, member, parsed, shown, text
from etl.refusals import Refusal
from etl.sources.comtrade import read_records
from etl.sources.reading import refused
from etl.sources.source import Reading, Source

_CAPS = {500: "without a key", 100_000: "with a key", 250_000: "with a paid key"}
"""At how many records an answer ends, whether there are more or not.
https://uncomtrade.org/docs/un-comtrade-api/"""

_MOST_FIELDS = 100
_MARKS = {True: "true", False: "false"}
_ASK = "Ask UN Comtrade anew; check the codes of the question in its lists of reference."
_LESS = "Ask for fewer partners or periods at a time, so that no answer is as long as that."


def recognises(document: Document) -> bool:
    """Whether the bytes look like an answer of the interface."""
    content = document.content
    is_object_of_json = content[:100].lstrip()[:1] == b"{"
    return is_object_of_json and b'"elapsedTime"' in content and b'"data"' in content


def read(document: Document, economies: Catalogue) -> Reading:
    """Read the records as `comtrade.read_records`; the row of a record is its place in `data`.

    Refused are an answer as long as answers may be, for it may go on, one that counts other records
    than it has, and one of none: a wrong code is answered so, with status 200.
    """
    answer = parsed(document)
    if isinstance(answer, Refusal):
        return refused("trade", answer)
    faults = list(_answer_faults(document.name, answer))
    if faults:
        return refused("trade", *faults)
    records = [_cells(record) for record in items(member(answer, "data"))]
    frame = pd.DataFrame.from_records(records).fillna("").astype("str")
    frame = frame.assign(row=range(1, len(frame) + 1))
    return read_records(document.name, frame, economies, place="record")


def _answer_faults(name: str, answer: Json) -> Iterator[Refusal]:
    said = text(member(answer, "error")) or text(member(answer, "message"))
    data = member(answer, "data")
    if said:
        yield Refusal(name, 1, "error", said, "is an error in place of records", _ASK)
    elif not is_list(data):
        yield Refusal(name, 1, "data", shown(data), "is no list of records", _ASK)
    elif not data:
        yield Refusal(name, 1, "data", "", "holds no record of what was asked", _ASK)
    else:
        yield from _record_faults(name, text(member(answer, "count")), data)


def _record_faults(name: str, count: str, records: Json) -> Iterator[Refusal]:
    if count != str(len(records)):
        reason = f"is not the number of its records, {len(records)}"
        yield Refusal(name, 1, "count", count, reason, _ASK)
    if len(records) in _CAPS:
        reason = f"is where answers {_CAPS[len(records)]} end, so there may be more"
        yield Refusal(name, 1, "count", count, reason, _LESS)
    wrong = [row for row, record in enumerate(records, start=1) if not is_object(record)]
    for row in wrong[:50]:
        yield Refusal(name, row, "data", shown(records[row - 1]), "is no record", _ASK)
    fields = {field for record in records if is_object(record) for field in record}
    if len(fields) > _MOST_FIELDS:
        yield Refusal(name, 1, "data", "", f"has {len(fields)} fields: records have 47", _ASK)


def _cells(record: Json) -> dict[str, str]:
    return {key: _cell(value) for key, value in record.items()}


def _cell(value: Json) -> str:
    if value is None:
        return ""
    return _MARKS[value] if isinstance(value, bool) else shown(value)


COMTRADE_JSON = Source(
    "comtrade-json", "UN Comtrade v1: the records of one question, JSON", recognises, read
)
