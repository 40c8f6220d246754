"""A roster from a table.

Columns: `store_code`, `username`, `starts_at` and `ends_at` by the store's own clock (`2026-11-25 09:00`). A
shift is over within a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.core.tables import MAX_FAULTS, BadTable, RowError, read_csv

_COLUMNS = ("store_code", "username", "starts_at", "ends_at")
_FIRST, _LAST = 2000, 2100
LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class ShiftRow:
    """A shift as a table has it; the times are on the store's wall."""

    line: int
    store: str
    username: str
    starts_at: datetime
    ends_at: datetime


def from_roster_csv(text: str) -> list[ShiftRow]:
    """The shifts of a table. Raises BadTable naming every bad row by line, column and reason."""
    faults: list[RowError] = []
    rows: list[ShiftRow] = []
    for line, cells in read_csv(text, _COLUMNS, ()):
        row, wrong = _shift(line, cells)
        faults += wrong
        if row:
            rows.append(row)
    if not rows and not faults:
        faults.append(RowError(1, "", "empty", "There is no shift in this file."))
    if faults:
        raise BadTable(faults[:MAX_FAULTS])
    return rows


def _shift(line: int, cells: Mapping[str, str]) -> tuple[ShiftRow | None, list[RowError]]:
    faults = [
        RowError(line, name, "required", f"The shift has no {name}.")
        for name in ("store_code", "username")
        if not cells[name]
    ]
    begin, end = _time(cells["starts_at"]), _time(cells["ends_at"])
    faults += [
        RowError(line, name, "invalid", f"{cells[name]!r} is no time such as 2026-11-25 09:00.")
        for name, at in (("starts_at", begin), ("ends_at", end))
        if at is None
    ]
    if begin is None or end is None:
        return None, faults
    if not begin < end <= begin + LONGEST:
        faults.append(RowError(line, "ends_at", "order", "A shift ends after it begins, and within a day."))
    row = ShiftRow(line, cells["store_code"], cells["username"].lower(), begin, end)
    return row, faults


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    fits = at.tzinfo is None and len(text) > len("2026-11-25") and _FIRST <= at.year <= _LAST
    return at if fits else None
