"""What a data package says of itself: the descriptor of the Data Package standard, version 2.

https://datapackage.org/standard/data-package/. The `profile` of version 1 stands beside it, for
readers that know no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from warehouse.catalog import Build
from warehouse.extract import Field, Reference, Shape

NAME = "altyn-kopir"
DESCRIPTOR = "datapackage.json"

Json = dict[str, Any]

_PROFILES = "https://datapackage.org/profiles/2.0"
_DESCRIPTION = (
    "The whole warehouse of Altyn Köpir: trade, transit and digital payments between Kazakhstan and"
    " the Organization of Turkic States, every figure with its source and the place in it, and what"
    " was promised and claimed. Each table is a CSV file and the same rows as Parquet."
)
_CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-(?:NC|ND|SA))*)[ -]([0-9]\.[0-9])( IGO)?")
_NOT_STATED = ("not stated", "none stated")
_LICENCES = {
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}


@dataclass(frozen=True)
class File:
    """A file as it was written; `path` is inside the package, `hash` begins with its algorithm."""

    path: str
    bytes: int
    hash: str


@dataclass(frozen=True)
class Resource:
    """A table as it was written, twice, and whom its rows come from (`id, title, url, licence`)."""

    shape: Shape
    rows: int
    csv: File
    parquet: File
    sources: Sequence[Mapping[str, Any]]


def descriptor(build: Build, asof: str, resources: Sequence[Resource]) -> Json:
    """Describe a package of these resources, as of a day or, without one, as the build has them."""
    described = [_resource(resource) for resource in resources]
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "profile": "tabular-data-package",
        "name": NAME,
        "title": "Altyn Köpir: the economy between Kazakhstan and the Organization of Turkic States",
        "description": _DESCRIPTION + _as_of(asof),
        "version": build.id,
        "created": build.built_at,
        **({"asof": asof} if asof else {}),
        **{
            name: _distinct(item for resource in described for item in resource.get(name, ()))
            for name in ("licenses", "sources")
        },
        "resources": described,
    }


def licence(text: str, url: str) -> Json:
    """Name a licence by its Open Definition id and address, where the text is that of a known one.

    Any other text stays what it is, with the `url` at which the source states its terms.
    """
    if text.casefold() in _NOT_STATED:
        return {"name": "notspecified", "title": text}
    if text in _LICENCES:
        name, path = _LICENCES[text]
        return {"name": name, "path": path, "title": text}
    if match := _CREATIVE_COMMONS.fullmatch(text):
        terms, version, igo = match.groups()
        path = f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
        # Those for international organisations are licences of their own and have no id there.
        named = {"path": f"{path}igo/"} if igo else {"name": f"CC-{terms}-{version}", "path": path}
        return {**named, "title": text}
    return {"path": url, "title": text}


def _as_of(asof: str) -> str:
    if not asof:
        return ""
    return (
        f" As of {asof}: figures, targets and claims known since a later day are left out, editions"
        " superseded later are still the newest, and what is worked out of today's figures is empty;"
        " the other tables are as the build has them."
    )


def _resource(resource: Resource) -> Json:
    shape = resource.shape
    whose = {
        "licenses": _distinct(licence(row["licence"], row["url"]) for row in resource.sources),
        "sources": [{"title": row["title"], "path": row["url"]} for row in resource.sources],
    }
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "profile": "tabular-data-resource",
        "type": "table",
        "name": shape.name,
        "description": shape.description,
        **asdict(resource.csv),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "rows": resource.rows,
        **(whose if resource.sources else {}),
        "schema": _schema(shape),
        "parquet": asdict(resource.parquet),
    }


def _schema(shape: Shape) -> Json:
    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(field) for field in shape.fields],
        "missingValues": [""],
        "primaryKey": [*shape.key],
        "foreignKeys": [_foreign_key(reference) for reference in shape.references],
    }


def _field(field: Field) -> Json:
    constraints = {
        "required": field.is_required or None,
        "minimum": field.minimum,
        "enum": [*field.enum] or None,
    }
    said = {name: value for name, value in constraints.items() if value is not None}
    # A text that is never missing may still be empty.
    may_be_empty = field.is_required and field.kind == "string"
    return {
        "name": field.name,
        "type": field.kind,
        **({"description": field.description} if field.description else {}),
        **({"unit": field.unit} if field.unit else {}),
        **({"missingValues": []} if may_be_empty else {}),
        **({"constraints": said} if said else {}),
    }


def _foreign_key(reference: Reference) -> Json:
    return {
        "fields": [*reference.columns],
        "reference": {"resource": reference.table, "fields": [*reference.targets]},
    }


def _distinct(items: Iterable[Json]) -> list[Json]:
    return list({tuple(item.items()): item for item in items}.values())
