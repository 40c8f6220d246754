"""Counting in how many bits two whole numbers differ, inside the database; the same on every one."""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

_ALL = (1 << 64) - 1


class differing_bits(GenericFunction[int]):
    """How many of 64 bits differ between two BIGINTs."""

    type = sa.Integer()
    inherit_cache = True


@compiles(differing_bits, "postgresql")
def _postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    one, other = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"bit_count(CAST({one} # {other} AS bit(64)))"


def teach_sqlite(connection: sqlite3.Connection) -> None:
    """SQLite cannot count bits by itself; called for each new connection."""
    connection.create_function("differing_bits", 2, _differing, deterministic=True)


def _differing(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else ((one ^ other) & _ALL).bit_count()


def signed(number: int) -> int:
    """64 bits as databases keep them."""
    return number - (1 << 64) if number >> 63 else number
