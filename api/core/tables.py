"""Reading tables that people made: every bad row is named, and nothing is taken from a bad table."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAX_ROWS = 200_000
MAX_FAULTS = 200


@dataclass(frozen=True)
class RowError:
    """One fault. Lines count from 1, the header being line 1."""

    line: int
    column: str
    code: str
    message: str


@dataclass
class BadTable(Exception):
    """The table cannot be taken; `errors` names what is wrong, at most 200 of them."""

    errors: list[RowError] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{len(self.errors)} faults, the first in line {self.errors[0].line}"


def read_csv(text: str, required: Sequence[str], optional: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line, cells stripped; columns that are absent are "". Raises BadTable."""
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        raise BadTable([RowError(1, "", "empty", "The file is empty.")])
    names = [name.strip().lower() for name in header[1]]
    faults = _header_faults(names, required, optional)
    if faults:
        raise BadTable(faults)
    found: list[tuple[int, dict[str, str]]] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            message = f"{len(cells)} cells where the header has {len(names)}."
            faults.append(RowError(line, "", "cells", message))
        if len(found) >= MAX_ROWS:
            raise BadTable([RowError(line, "", "too_long", f"More than {MAX_ROWS:,} rows.")])
        found.append(
            (line, dict.fromkeys(optional, "") | dict(zip(names, (c.strip() for c in cells), strict=False)))
        )
    if faults:
        raise BadTable(faults[:MAX_FAULTS])
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadTable([RowError(reader.line_num, "", "not_csv", f"Not proper CSV: {error}.")]) from None
        yield first, cells
        first = reader.line_num + 1


def _header_faults(names: Sequence[str], required: Sequence[str], optional: Sequence[str]) -> list[RowError]:
    missing = [
        RowError(1, n, "missing_column", f"The column {n} is missing.") for n in required if n not in names
    ]
    known = {*required, *optional}
    unknown = [
        RowError(1, n, "unknown_column", f"The column {n or '(blank)'} is not known.")
        for n in names
        if n not in known
    ]
    twice = [
        RowError(1, n, "column_twice", f"The column {n} is there twice.")
        for n in set(names)
        if names.count(n) > 1
    ]
    return missing + unknown + twice
