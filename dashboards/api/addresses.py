"""What each address of the API answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from flask import Response, request

from dashboards.api import formats, parameters, problems
from dashboards.api.formats import Answer, Meta
from dashboards.api.parameters import Choices
from dashboards.api.tables import tables
from warehouse.catalog import Build
from warehouse.engine import Row, Warehouse
from warehouse.queries import evidence, exchange
from warehouse.queries.exchange import Found
from warehouse.schema import source

Writer = Callable[[Answer], Response]


class Known:
    """What the build that is served knows, read once a build."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Ask a warehouse when asked."""
        self._warehouse = warehouse
        self._read: tuple[Build, Choices] | None = None

    def choices(self) -> Choices:
        """List what may be asked for."""
        build = self._warehouse.build()
        if self._read is None or self._read[0] != build:
            self._read = (build, exchange.choices(self._warehouse))
        return self._read[1]


@dataclass(frozen=True)
class Api:
    """The answers of one warehouse."""

    warehouse: Warehouse
    known: Known

    def observations(self, query: parameters.Observations) -> Response:
        """Figures of indicators, the preferred source's unless others are asked for."""
        ask = partial(
            exchange.observations,
            source_id=query.source,
            span=query.span(),
            page=query.at(),
            indicator_id=query.indicator,
            scope=query.about(),
        )
        return self._table("observations", query, ask, query.asof)

    def trade(self, query: parameters.Trade) -> Response:
        """Trade flows by reporter, partner and product, in US dollars."""
        ask = partial(
            exchange.flows,
            source_id=query.source,
            span=query.span(),
            page=query.at(),
            reporter_code=query.reporter,
            partner_code=query.partner,
            flow_code=query.flow,
            product_code=query.product,
        )
        return self._table("trade", query, ask, query.asof)

    def chapters(self, query: parameters.Chapters) -> Response:
        """Trade of the OTS by chapter, added up of bulk data of many economies, in US dollars."""
        ask = partial(
            exchange.chapters,
            source_id=query.dataset,
            span=query.span(),
            page=query.at(),
            reporter_code=query.reporter,
            partner_code=query.partner,
            flow_code=query.flow,
            product_code=query.chapter,
        )
        return self._table("chapters", query, ask, query.asof)

    def two_sided(self, query: parameters.TwoSided) -> Response:
        """What exporter and importer say of one flow, by the figures of today."""
        ask = partial(
            exchange.two_sided,
            span=query.span(),
            page=query.at(),
            exporter_code=query.exporter,
            importer_code=query.importer,
            product_code=query.product,
            basis=query.basis,
        )
        return self._table("two-sided", query, ask)

    def reliability(self, query: parameters.Reliability) -> Response:
        """How far each reporter is to be relied on, by the figures of today."""
        ask = partial(
            exchange.reliability,
            page=query.at(),
            reporter_code=query.reporter,
            role=query.role,
            product_level=query.product_level,
            basis=query.basis,
        )
        return self._table("reliability", query, ask)

    def targets(self, query: parameters.Statements) -> Response:
        """What was promised, planned or hoped, with the words."""
        ask = partial(exchange.targets, page=query.at(), indicator_id=query.indicator)
        return self._table("targets", query, ask, query.asof)

    def claims(self, query: parameters.Statements) -> Response:
        """Numbers that were said, with the words and the speaker."""
        ask = partial(exchange.claims, page=query.at(), indicator_id=query.indicator)
        return self._table("claims", query, ask, query.asof)

    def indicators(self, query: parameters.Indicators) -> Response:
        """The catalogue: what is measured, in which unit, and which way is good."""
        ask = partial(exchange.indicators, page=query.at(), topic=query.topic)
        return self._table("indicators", query, ask)

    def sources(self, query: parameters.Sources) -> Response:
        """The publications that figures and statements are read from, with their licences."""
        return self._table("sources", query, partial(exchange.sources, page=query.at()))

    def lineage(self, query: parameters.Lineage) -> Response:
        """The way back from figures: source, stored document, and the flows of a sum.

        Of a figure by its indicator, definition or scope; of a trade flow by its reporter, partner,
        flow or product.
        """
        ask = partial(
            evidence.trace,
            source_id=query.source,
            span=query.span(),
            page=query.at(),
            figure={"indicator_id": query.indicator, "scope": query.about()},
            flow={
                "reporter_code": query.reporter,
                "partner_code": query.partner,
                "flow_code": query.flow,
                "product_code": query.product,
            },
            period=query.period,
        )
        return self._answer(query, ask, formats.as_json, query.asof)

    def _table(
        self,
        name: str,
        query: parameters.Question,
        ask: Callable[[Warehouse], Found],
        asof: str | None = None,
    ) -> Response:
        """Answer with a table in the format asked for."""
        table = tables()[name]
        writers: dict[str, Writer] = {
            "json": formats.as_json,
            "csv": partial(formats.as_csv, table=table),
            "xlsx": partial(formats.as_xlsx, table=table),
        }
        return self._answer(query, ask, writers[query.format], asof)

    def _answer(
        self,
        query: parameters.Paged,
        ask: Callable[[Warehouse], Found],
        write: Writer,
        asof: str | None,
    ) -> Response:
        """Answer a question, unless it names what the build does not know."""
        known = self.known.choices()
        if faults := problems.unknown(query.model_dump(), known):
            return problems.refused(faults)
        warehouse = self.warehouse.as_of(asof or "")
        while True:
            build = warehouse.build()
            found = ask(warehouse)
            answer = Answer(
                found.rows, _meta(build, asof, query, found), _sources(warehouse, found)
            )
            # A build swapped in meanwhile would leave an answer that is half of each.
            if warehouse.build() == build:
                return write(answer)


def _meta(build: Build, asof: str | None, query: parameters.Paged, found: Found) -> Meta:
    pages = -(-found.total // query.page_size)
    following = urlencode({**request.args.to_dict(), "page": query.page + 1})
    return Meta(
        build=build.id,
        built_at=build.built_at,
        asof=asof,
        total=found.total,
        page=query.page,
        page_size=query.page_size,
        pages=pages,
        next=f"{request.path}?{following}" if query.page < pages else None,
    )


def _sources(warehouse: Warehouse, found: Found) -> dict[str, Row]:
    """The sources of some rows, by their ids; a row may have one on each side."""
    named = {
        value for row in found.rows for name, value in row.items() if name.endswith("source_id")
    }
    return exchange.by_id(warehouse, source, named)
