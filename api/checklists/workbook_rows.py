"""The rows of one sheet, read by the table of columns; whatever cannot be read is a fault of its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.checklists.workbook_cells import CellError
from api.checklists.workbook_faults import CellFault, cell_name
from api.checklists.workbook_table import Column, Sheet, plain_heading

HEADINGS_WITHIN = 10
Table = Sequence[Sequence[Any]]


@dataclass
class Row:
    """What one row says: field → value for every cell that is filled and readable."""

    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    """Field → cell, for every column of the sheet."""
    bad: set[str] = field(default_factory=set)
    """Fields whose cell could not be read."""


@dataclass
class Faults:
    """What was found so far."""

    found: list[CellFault] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    """The cells that were found wrong."""
    codes: set[str] = field(default_factory=set)

    def add(self, sheet: Sheet, cell: str, code: str, message: str) -> None:
        """One more."""
        fault = CellFault(sheet.en, cell, code, message)
        self.found.append(fault)
        self.places.add(fault.place)
        self.codes.add(code)


def read_rows(sheet: Sheet, table: Table, faults: Faults) -> list[Row]:
    """The filled rows under the headings. A sheet that is all blank has none."""
    if not any(str(cell).strip() for cells in table for cell in cells):
        return []
    start = _heading_row(sheet, table)
    if start is None:
        faults.add(sheet, "A1", "no_headings", f"The headings of the sheet {sheet.title} are missing.")
        return []
    columns = _columns(sheet, table, start, faults)
    return [
        _row(sheet, columns, number, cells, faults)
        for number, cells in enumerate(table[start + 1 :], start=start + 1)
        if any(not column.codec.is_blank(cells[place]) for place, column in columns.items())
    ]


def read_lines(sheet: Sheet, table: Table, faults: Faults) -> Row:
    """A sheet of labels and values as one row: the label in its first column, the value in its second."""
    named = _by_heading(sheet)
    row = Row()
    for number, cells in enumerate(table):
        label, value = ([*cells, "", ""])[:2]
        column = named.get(plain_heading(str(label)))
        place = cell_name(number, 1)
        if column is None:
            if str(value).strip() and str(label).strip():
                message = f"“{str(label)[:40]}” is not known on this sheet."
                faults.add(sheet, cell_name(number, 0), "unknown_line", message)
        elif column.field in row.cells:
            faults.add(sheet, cell_name(number, 0), "twice", f"The line {column.en} is there twice.")
        else:
            row.cells[column.field] = place
            _take(sheet, column, value, place, row, faults)
    return row


def _by_heading(sheet: Sheet) -> Mapping[str, Column]:
    return {
        plain_heading(name): column
        for column in sheet.columns
        for name in (column.zh, column.en, column.heading)
    }


def _heading_row(sheet: Sheet, table: Table) -> int | None:
    named = _by_heading(sheet)
    counts = [
        sum(1 for cell in cells if isinstance(cell, str) and plain_heading(cell) in named)
        for cells in table[:HEADINGS_WITHIN]
    ]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _columns(sheet: Sheet, table: Table, start: int, faults: Faults) -> dict[int, Column]:
    named = _by_heading(sheet)
    columns: dict[int, Column] = {}
    for place, cell in enumerate(table[start]):
        column = named.get(plain_heading(str(cell)))
        at = cell_name(start, place)
        if column is None:
            if str(cell).strip() or any(str(cells[place]).strip() for cells in table[start + 1 :]):
                message = f"There is no column “{str(cell).strip()[:40]}” on this sheet."
                faults.add(sheet, at, "unknown_column", message)
        elif column in columns.values():
            faults.add(sheet, at, "column_twice", f"The column {column.en} is there twice.")
        else:
            columns[place] = column
    for column in sheet.columns:
        if column.required and column not in columns.values():
            message = f"The column {column.zh} {column.en} is missing."
            faults.add(sheet, cell_name(start, 0), "missing_column", message)
    return columns


def _row(
    sheet: Sheet, columns: Mapping[int, Column], number: int, cells: Sequence[Any], faults: Faults
) -> Row:
    row = Row()
    for place, column in columns.items():
        name = cell_name(number, place)
        row.cells[column.field] = name
        _take(sheet, column, cells[place], name, row, faults)
    return row


def _take(sheet: Sheet, column: Column, cell: Any, name: str, row: Row, faults: Faults) -> None:
    if column.codec.is_blank(cell):
        return
    try:
        row.values[column.field] = column.codec.read(cell)
    except CellError as error:
        row.bad.add(column.field)
        faults.add(sheet, name, error.code, str(error))


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by their places as an object: text/zh becomes the zh of the text."""
    made: dict[str, Any] = {}
    for path, value in values.items():
        *groups, last = path.split("/")
        inner = made
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = value
    return made


def both_languages(thing: dict[str, Any], *names: str) -> None:
    """Fills in the languages that are missing of these texts, also of those that are missing altogether."""
    for name in names:
        thing[name] = {"zh": "", "en": "", **thing.get(name, {})}
