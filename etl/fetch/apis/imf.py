"""IMF SDMX 3: International Trade in Goods by Partner Country (IMTS), the former DOTS.

A key is COUNTRY.INDICATOR.COUNTERPART_COUNTRY.FREQUENCY, codes joined by plus signs, `~` the newest
version of the dataflow, G001 the world. An unknown dataflow or key is a 204 without a word.
https://data.imf.org/en/Resource-Pages/IMF-API
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.fetch.apis.api import ECONOMIES, Answer, Api, Question, Wanted, indivisible, not_asked
from etl.fetch.apis.bodies import parsed, said, shape
from etl.sources.imf_json import FLOW, FLOWS

WORLD = "G001"


def _questions(wanted: Wanted) -> Iterator[Question]:
    for economy in wanted.economies:
        partners = [other for other in ECONOMIES if other != economy]
        key = ".".join((economy, "+".join(FLOWS), "+".join([WORLD, *partners]), "A"))
        yield Question(
            f"/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/~/{key}",
            (
                ("dimensionAtObservation", "TIME_PERIOD"),
                ("attributes", "dsd"),
                ("measures", "all"),
                ("c[TIME_PERIOD]", f"ge:{wanted.first}-A1+le:{wanted.last}-A1"),
            ),
            may_be_empty=wanted.first >= wanted.this_year - 1,
        )


def _judge(question: Question, content: bytes) -> Answer:
    document = parsed(question, content)
    if isinstance(document, Answer):
        return document
    if not isinstance(document, dict):
        return shape(question, "an object")
    if document.get("errors"):
        return said(question, str(document["errors"]))
    try:
        series: Any = [one for data in document["data"]["dataSets"] for one in data["series"]]
        flows = {_flow(structure) for structure in document["data"]["structures"]}
    except (AttributeError, KeyError, TypeError):
        return shape(question, "SDMX-JSON 2 with data sets and their structures")
    if not series:
        return Answer(is_empty=True)
    return not_asked(question, "dataflow", flows, {FLOW})


def _flow(structure: dict[str, Any]) -> str:
    """The agency and id of a structure's dataflow, from its URN `…Dataflow=IMF.STA:IMTS(1.0.0)`."""
    urns = [str(link["urn"]) for link in structure["links"] if ".Dataflow=" in str(link["urn"])]
    return urns[0].partition(".Dataflow=")[2].partition("(")[0] if urns else "unnamed"


IMF = Api(
    id="imf",
    kind="imf-json",
    about="IMF IMTS: trade among the OTS economies and with the world, by year",
    base="https://api.imf.org",
    questions=_questions,
    judge=_judge,
    parts=indivisible,
    pause=1.0,
)
