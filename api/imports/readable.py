"""Tables that cannot be taken, as the answer that names every bad row."""

from collections.abc import Callable
from typing import TypeVar

from api.core.errors import FieldError, Validation
from api.core.tables import BadTable

T = TypeVar("T")


def readable(read: Callable[[], T]) -> T:
    """What was read. Raises Validation where the table is bad."""
    try:
        return read()
    except BadTable as bad:
        raise Validation(
            f"{len(bad.errors)} faults; nothing was imported.",
            errors=[FieldError(f"/{e.line}/{e.column}", e.code, e.message) for e in bad.errors],
            extras={"rows": [{"line": e.line, "column": e.column, "code": e.code} for e in bad.errors]},
        ) from None
