"""Keyset pages: a cursor names the last row seen, so rows that come or go never shift a page."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from api.core.errors import FieldError, Validation

T = TypeVar("T")
MAX_LIMIT = 200
DEFAULT_LIMIT = 50


def encode_cursor(value: Any) -> str:
    """An opaque text for a small JSON value."""
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> Any:
    """The value again. Raises Validation on a cursor that we did not make."""
    try:
        return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise bad_cursor() from None


def bad_cursor() -> Validation:
    """The error for a cursor that does not fit."""
    return Validation(errors=[FieldError("/cursor", "bad_cursor", "This cursor is not one of ours.")])


def page(
    session: Any,
    query: sa.Select[T],
    keys: Sequence[Any],
    *,
    cursor: str | None,
    limit: int,
    key_of: Callable[[T], Sequence[Any]],
    parse: Sequence[Callable[[Any], Any]],
    descending: bool = False,
) -> tuple[list[T], str | None]:
    """One page of `query` ordered by `keys`, and the cursor of the next page or None.

    `key_of` gives a row's key values as JSON can hold them; `parse` turns them back.
    """
    if cursor:
        raw = decode_cursor(cursor)
        if not isinstance(raw, list) or len(raw) != len(keys):
            raise bad_cursor()
        try:
            last = [p(v) for p, v in zip(parse, raw, strict=True)]
        except (ValueError, TypeError, AttributeError):
            raise bad_cursor() from None
        query = query.where(_after(keys, last, descending))
    order = [k.desc() if descending else k.asc() for k in keys]
    rows: list[T] = list(session.execute(query.order_by(*order).limit(limit + 1)).scalars())
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, encode_cursor(list(key_of(rows[-1]))) if more and rows else None


def _after(keys: Sequence[Any], last: Sequence[Any], descending: bool) -> sa.ColumnElement[bool]:
    """The rows that come after `last`: (a, b) > (x, y), written out for every database."""
    options: list[sa.ColumnElement[bool]] = []
    for i, key in enumerate(keys):
        equal = [k == v for k, v in zip(keys[:i], last[:i], strict=True)]
        step = key < last[i] if descending else key > last[i]
        options.append(sa.and_(*equal, step))
    return sa.or_(*options)
