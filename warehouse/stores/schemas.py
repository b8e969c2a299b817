"""The schemas of a PostgreSQL database that hold builds: how one is made, served, and dropped."""

from __future__ import annotations

import secrets
from contextlib import suppress

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    func,
    select,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import AddConstraint, CreateSchema, CreateTable, DropSchema

from warehouse import schema

HOME = "altyn_kopir"
"""The schema that lists the builds; the names of theirs begin with its name."""

_ONE_BUILDER = 0x616B6F70
"""The key of the advisory lock; no other program is likely to take "akop"."""

_builds = Table(
    "builds",
    MetaData(schema=HOME),
    Column("schema_name", String, primary_key=True),
    Column("is_served", Boolean, nullable=False),
)


def served(connection: Connection) -> str | None:
    """Name the schema of the served build, None where none was ever. Fails where none can be."""
    return connection.scalar(select(_builds.c.schema_name).where(_builds.c.is_served))


def begin(connection: Connection) -> str | None:
    """Become the one builder of this transaction; answers what `served` does."""
    connection.execute(select(func.pg_advisory_xact_lock(_ONE_BUILDER)))
    connection.execute(CreateSchema(HOME, if_not_exists=True))
    connection.execute(CreateTable(_builds, if_not_exists=True))
    return served(connection)


def make(connection: Connection) -> MetaData:
    """Make a schema with the tables of a build; foreign keys follow when every row is in."""
    # A name is never used twice: what a process still knows of is that build or nothing.
    name = f"{HOME}_{secrets.token_hex(6)}"
    connection.execute(CreateSchema(name))
    made = MetaData(schema=name)
    for table in schema.metadata.sorted_tables:
        copy = table.to_metadata(made, schema=name)
        for column in copy.columns:
            if isinstance(column.type, String):
                # By code point, as Python and SQLite sort.
                column.type = String(collation="C")
            if column.computed is not None:
                column.computed.persisted = True
        connection.execute(CreateTable(copy, include_foreign_key_constraints=[]))
    return made


def finish(connection: Connection, made: MetaData) -> None:
    """Tie the tables of a whole build together, and serve it from the end of this transaction."""
    for table in made.sorted_tables:
        for key in table.foreign_key_constraints:
            connection.execute(AddConstraint(key, isolate_from_table=False))
        connection.execute(text(f"ANALYZE {_quoted(connection, str(made.schema), table.name)}"))
    connection.execute(_builds.update().values(is_served=False))
    connection.execute(_builds.insert().values(schema_name=made.schema, is_served=True))


def drop_others(connection: Connection) -> None:
    """Drop what is served no more, but for what somebody still reads: that is for the next build."""
    others = connection.scalars(select(_builds.c.schema_name).where(~_builds.c.is_served)).all()
    connection.rollback()
    for name in others:
        with suppress(OperationalError), connection.begin():
            if not connection.scalar(select(func.pg_try_advisory_xact_lock(_ONE_BUILDER))):
                return
            held = _quoted(connection, name, schema.build.name)
            connection.execute(text(f"LOCK TABLE {held} IN ACCESS EXCLUSIVE MODE NOWAIT"))
            connection.execute(DropSchema(name, cascade=True))
            connection.execute(_builds.delete().where(_builds.c.schema_name == name))


def _quoted(connection: Connection, *names: str) -> str:
    return ".".join(map(connection.dialect.identifier_preparer.quote, names))
