"""A form of document that only tests know: a text table of trade under one line that says what it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from etl.economies import Catalogue
from etl.formats.document import Document
from etl.layouts import named
from etl.refusals import Refusal
from etl.snapshots import Provenance
from etl.sources.source import Reading, Source
from tests.tables import cells, table

_HEAD = re.compile(r"plain(?: edition=(?P<edition>\S+))?(?P<partial> partial)?\n")
_FILLER = {
    "reporter": "KAZ",
    "partner": "TUR",
    "flow": "export",
    "product": "TOTAL",
    "classification": "",
    "period": "2024",
    "value": "1",
    "unit": "USD",
    "source": "wits",
    "valuation": "FOB",
    "status": "final",
    "place": "the table",
    "note": "",
}


def document(text: str, head: str = "plain") -> bytes:
    """A document of this form: only the columns that a test speaks of, the rest filled in."""
    return f"{head}\n{text.strip()}\n".encode()


def provenance(day: str, name: str = "plain.txt", **more: str) -> Provenance:
    """The record of a document of this form that was taken at noon of a day."""
    return replace(Provenance("plain", name, f"{day}T12:00:00Z"), **more)


def _recognises(given: Document) -> bool:
    return given.content.startswith(b"plain")


def _read(given: Document, _catalogue: Catalogue) -> Reading:
    """Read the table; a value of "?" is refused, alone in a document that says it is partial."""
    text = given.content.decode()
    head = _HEAD.match(text)
    columns = [name for name in named("trade").columns if name != "vintage"]
    if head is None:
        fault = Refusal(given.name, 1, "file", "", "is cut off", "Take it again.")
        return Reading("trade", pd.DataFrame(columns=[*columns, "row"], dtype="str"), (fault,))
    body = text[head.end() :]
    shown = cells(body)[0]
    rows = table(body, **{name: cell for name, cell in _FILLER.items() if name not in shown})
    rows = rows[columns].assign(row=range(3, len(rows) + 3))
    is_wrong = rows["value"] == "?"
    faults = tuple(
        Refusal(given.name, row, "value", "?", "is not understood", "Ask the publisher.")
        for row in rows["row"][is_wrong]
    )
    return Reading(
        "trade",
        rows[~is_wrong].reset_index(drop=True),
        faults,
        edition=head["edition"] or "",
        is_partial=bool(head["partial"]),
        passed_over=("1 row of the world.",) if "world" in body else (),
    )


PLAIN = Source("plain", "a text table of trade", _recognises, _read)
