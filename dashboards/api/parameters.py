"""What may be asked: the parameters of each address, checked by pydantic and told to OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from warehouse import periods
from warehouse.catalog import FLOWS
from warehouse.queries.exchange import ALL, PREFERRED, Page, Span
from warehouse.schema.figures import SIDES

_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_POINT = f"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"

Choices = Mapping[str, tuple[str, ...]]


def _is_point(text: str) -> str:
    if "/" in text or not periods.is_period(text):
        raise ValueError("write a year, a month or a day that there is: 2010, 2010-03, 2010-03-31")
    return text


def _is_day(text: str) -> str:
    if len(text) != len("2010-03-31"):
        raise ValueError("write a day: 2010-03-31")
    return _is_point(text)


_POINT_SCHEMA = {
    "type": "string",
    "anyOf": [
        {"pattern": f"^{_YEAR}$"},
        {"pattern": f"^{_MONTH}$"},
        {"format": "date"},
    ],
}

Id = Annotated[str | None, WithJsonSchema({"type": "string"})]
"""One of the names that the build knows; which ones is checked, and told, build by build."""

Point = Annotated[Annotated[str, AfterValidator(_is_point)] | None, WithJsonSchema(_POINT_SCHEMA)]
Day = Annotated[
    Annotated[str, AfterValidator(_is_day)] | None,
    WithJsonSchema({"type": "string", "format": "date"}),
]
_PRODUCT = "^(?:TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6})$"
Product = Annotated[
    Annotated[str, Field(pattern=_PRODUCT)] | None,
    WithJsonSchema({"type": "string", "pattern": _PRODUCT}),
]
_CHAPTER = "^[0-9]{2}$"
Chapter = Annotated[
    Annotated[str, Field(pattern=_CHAPTER)] | None,
    WithJsonSchema({"type": "string", "pattern": _CHAPTER}),
]
_PERIOD = rf"^(?:{_POINT}|(?:\.\.|{_POINT})/{_POINT})$"
PeriodText = Annotated[
    Annotated[str, Field(pattern=_PERIOD)] | None,
    WithJsonSchema({"type": "string", "pattern": _PERIOD}),
]
Flow = Annotated[
    Literal["export", "import", "re-export", "re-import"] | None,
    WithJsonSchema({"type": "string", "enum": list(FLOWS)}),
]
Role = Annotated[
    Literal["exporter", "importer"] | None,
    WithJsonSchema({"type": "string", "enum": list(SIDES)}),
]
Level = Annotated[
    Literal["TOTAL", "HS2", "HS4", "HS6"] | None,
    WithJsonSchema({"type": "string", "enum": ["TOTAL", "HS2", "HS4", "HS6"]}),
]

INDICATOR = Field(None, description="Id of an indicator, as in /api/v1/indicators.")
SOURCE = Field(
    PREFERRED,
    description=(
        "Whose figures: `preferred` for the source that speaks for each period, `all` for every"
        " source, or the id of one, as in /api/v1/sources. Always the newest edition of each."
    ),
)
REPORTER = Field(None, description="Code of the reporting economy, ISO 3166-1 alpha-3.")
PARTNER = Field(None, description="Code of the partner economy; WLD is the total over partners.")
PRODUCT = Field(None, description="TOTAL, or 2, 4 or 6 digits of the Harmonized System.")
BASIS = Field(
    PREFERRED,
    description="`preferred` for the preferred source of each side, or one source for both.",
)

CHOICES = {
    "indicator": "indicator",
    "topic": "topic",
    "scope": "scope",
    "definition": "definition",
    "source": "source",
    "basis": "source",
    "dataset": "source",
    **dict.fromkeys(("reporter", "partner", "exporter", "importer"), "economy"),
}
"""Which list of `exchange.choices` a parameter is one of."""

_BESIDES = {"source": (PREFERRED, ALL), "basis": (PREFERRED,)}


class Paged(BaseModel):
    """Which rows to give."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: int = Field(1, ge=1, le=1_000_000, description="The page, from 1.")
    page_size: int = Field(1_000, ge=1, le=10_000, description="Rows on a page.")

    def at(self) -> Page:
        """The page asked for."""
        return Page(self.page, self.page_size)


class Question(Paged):
    """What every table may be asked: the page, and how to write it."""

    format: Literal["json", "csv", "xlsx"] = Field("json", description="How to write the answer.")


class AsOf(BaseModel):
    """The day whose knowledge is asked for."""

    asof: Day = Field(None, description="Answer as on this day: 2023-09-28.")


class Spanned(BaseModel):
    """The periods asked for."""

    first: Point = Field(
        None, alias="from", description="Periods that end in or after this year, month or day."
    )
    last: Point = Field(
        None, alias="to", description="Periods that end no later than this year, month or day."
    )

    def span(self) -> Span:
        """The periods asked for."""
        return Span(self.first, self.last)


class Figures(BaseModel):
    """The figures asked for."""

    indicator: Id = INDICATOR
    definition: Id = Field(None, description="Definition of the group; the scope of its figures.")
    scope: Id = Field(
        None, description="What the figures are about: an economy's code or a scope's id."
    )
    source: str = SOURCE

    def about(self) -> str | None:
        """The scope asked for; empty, which none is, where two different ones are."""
        if self.scope and self.definition:
            return self.scope if self.scope == self.definition else ""
        return self.scope or self.definition


class Observations(Question, AsOf, Spanned, Figures):
    """Parameters of /observations."""


class Trade(Question, AsOf, Spanned):
    """Parameters of /trade."""

    reporter: Id = REPORTER
    partner: Id = PARTNER
    flow: Flow = Field(None, description="Direction, as the reporter sees it.")
    product: Product = PRODUCT
    source: str = SOURCE


class Chapters(Question, AsOf, Spanned):
    """Parameters of /chapters."""

    reporter: Id = Field(
        None,
        description="Code of the reporting economy; WLD is all reporters of the data together.",
    )
    partner: Id = PARTNER
    flow: Flow = Field(None, description="Direction, as the reporter sees it.")
    chapter: Chapter = Field(None, description="Chapter of the Harmonized System, two digits.")
    dataset: Id = Field(
        None, description="Whose bulk data, as in /api/v1/sources; left out, those of every source."
    )


class TwoSided(Question, Spanned):
    """Parameters of /two-sided."""

    exporter: Id = Field(None, description="Code of the exporting economy.")
    importer: Id = Field(None, description="Code of the importing economy.")
    product: Product = PRODUCT
    basis: str = BASIS


class Reliability(Question):
    """Parameters of /reliability."""

    reporter: Id = REPORTER
    role: Role = Field(None, description="Side of the flow.")
    product_level: Level = Field(None, description="Which products were analysed together.")
    basis: str = BASIS


class Statements(Question, AsOf):
    """Parameters of /targets and /claims."""

    indicator: Id = INDICATOR


class Indicators(Question):
    """Parameters of /indicators."""

    topic: Id = Field(None, description="Topic of the catalogue.")


class Sources(Question):
    """Parameters of /sources."""


class Lineage(Paged, AsOf, Spanned, Figures):
    """Parameters of /lineage: those of a figure, or those of a trade flow."""

    reporter: Id = REPORTER
    partner: Id = PARTNER
    flow: Flow = Field(None, description="Direction, as the reporter sees it.")
    product: Product = PRODUCT
    period: PeriodText = Field(None, description="The period, as it stands with the figure.")
    page_size: int = Field(20, ge=1, le=100, description="Figures on a page.")


def allowed(name: str, choices: Choices) -> tuple[str, ...]:
    """List what a parameter may be, if that is a choice of the build; else nothing."""
    if name not in CHOICES:
        return ()
    return (*_BESIDES.get(name, ()), *choices[CHOICES[name]])
