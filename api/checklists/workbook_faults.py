"""What is wrong with a file that somebody sent: every fault with its sheet and cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_FAULTS = 200


@dataclass(frozen=True)
class CellFault:
    """One fault. `sheet` and `cell` are blank where it concerns the whole file or sheet."""

    sheet: str
    cell: str
    code: str
    message: str

    @property
    def place(self) -> str:
        """As people write it: Items!F12."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def pointer(self) -> str:
        """As errors name it: /Items/F12."""
        return "/" + "/".join(part for part in (self.sheet, self.cell) if part)


@dataclass
class BadWorkbook(Exception):
    """The file cannot be taken; `faults` says why, at most 200 times."""

    faults: Sequence[CellFault] = field(default_factory=list)

    def __str__(self) -> str:
        first = self.faults[0]
        return f"{len(self.faults)} faults, the first at {first.place or 'the file'}: {first.message}"


def bad_file(code: str, message: str) -> BadWorkbook:
    """The file as a whole cannot be taken."""
    return BadWorkbook([CellFault("", "", code, message)])


def cell_name(row: int, column: int) -> str:
    """F12 for row 11 and column 5, both counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
