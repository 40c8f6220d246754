"""Complaints from a table.

Columns: `store` (the store's code), `reference` (the complaint's name where it comes from; the same reference
is the same complaint), `date` (2026-11-25); optional are `kind` and `note`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.core.tables import MAX_FAULTS, BadTable, RowError, read_csv

_REQUIRED = ("store", "reference", "date")
_OPTIONAL = ("kind", "note")
_WIDTHS = {"store": 64, "reference": 80, "kind": 120, "note": 2000}
_FIRST = date(1990, 1, 1)


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint as a table has it; `store` is a code."""

    line: int
    store: str
    reference: str
    on_date: date
    kind: str
    note: str


def from_complaint_csv(text: str, today: date) -> list[ComplaintRow]:
    """The complaints of a table; none lies after `today`.

    Raises BadTable naming every bad row by line, column and reason.
    """
    faults: list[RowError] = []
    rows: list[ComplaintRow] = []
    seen: dict[str, int] = {}
    for line, cells in read_csv(text, _REQUIRED, _OPTIONAL):
        row, wrong = _complaint(line, cells, today)
        if row.reference and row.reference in seen:
            words = f"{row.reference} stands in line {seen[row.reference]} already."
            wrong.append(RowError(line, "reference", "twice", words))
        seen.setdefault(row.reference, line)
        faults += wrong
        rows.append(row)
    if not rows and not faults:
        faults.append(RowError(1, "", "empty", "There is no complaint in this file."))
    if faults:
        raise BadTable(faults[:MAX_FAULTS])
    return rows


def _complaint(line: int, cells: Mapping[str, str], today: date) -> tuple[ComplaintRow, list[RowError]]:
    faults = [
        RowError(line, name, "required", f"The complaint has no {name}.")
        for name in ("store", "reference")
        if not cells[name]
    ]
    faults += [
        RowError(line, name, "too_long", f"Longer than {width} characters.")
        for name, width in _WIDTHS.items()
        if len(cells[name]) > width
    ]
    on_date, wrong = _day(line, cells["date"], today)
    row = ComplaintRow(line, cells["store"], cells["reference"], on_date, cells["kind"], cells["note"])
    return row, faults + wrong


def _day(line: int, text: str, today: date) -> tuple[date, list[RowError]]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, [RowError(line, "date", "invalid", f"{text!r} is no day such as 2026-11-25.")]
    if not _FIRST <= day <= today:
        return today, [RowError(line, "date", "out_of_range", f"{text} lies in the future or too far back.")]
    return day, []
