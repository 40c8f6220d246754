"""Walks the XML of a workbook without building anything, and stops where it grows too large."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from api.checklists.workbook_faults import BadWorkbook, CellFault, cell_name

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELLS = 250_000
Start = Callable[[str, Mapping[str, str]], None]
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def walk(
    content: bytes,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls the handlers with names that have lost their prefixes. Raises ExpatError on anything that is
    not plain XML in UTF-8; a document type, with which entities could come in, is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise expat.ExpatError("not UTF-8")
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(content, True)


def _no_doctype(*_: object) -> NoReturn:
    raise expat.ExpatError("a document type")


@dataclass
class StringScan:
    """How long each shared text is."""

    lengths: list[int] = field(default_factory=list)
    _length: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Another text begins."""
        if tag == "si":
            self._length = 0

    def text(self, words: str) -> None:
        """Part of a text."""
        self._length += len(words)

    def end(self, tag: str) -> None:
        """A text is complete."""
        if tag == "si":
            self.lengths.append(self._length)


@dataclass
class SheetScan:
    """Where the cells of one sheet are, and how much text they come to."""

    sheet: str
    shared: Sequence[int]
    left: int
    """How many characters may still come."""
    errors: list[CellFault] = field(default_factory=list)
    """Cells whose formula has come to an error; a reader would take them for blank."""
    _row: int = -1
    _column: int = -1
    _cells: int = 0
    _type: str = ""
    _value: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell or what is in it begins."""
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = -1
        elif tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            self._filled()
            self._value = []

    def text(self, words: str) -> None:
        """Part of a value."""
        if self._value is not None:
            self._value.append(words)

    def end(self, tag: str) -> None:
        """A value is complete."""
        if tag not in ("v", "is") or self._value is None:
            return
        value = "".join(self._value)
        self._value = None
        self.left -= len(value)
        if self._type == "s" and value.strip().isdecimal() and len(value) < 12:
            place = int(value)
            self.left -= self.shared[place] if place < len(self.shared) else 0
        if self.left < 0:
            self._refuse("too_large", "There is too much text in this workbook.")
        if self._type == "e" and len(self.errors) < 200:
            message = f"The formula in this cell has come to {value[:20]}; write the value instead."
            self.errors.append(
                CellFault(self.sheet, cell_name(self._row, self._column), "error_value", message)
            )

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._cells += 1
        self._type = attributes.get("t", "")
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise expat.ExpatError("a crooked cell")
            self._column = _column(found.group(1))
            self._row = int(found.group(2)) - 1
        if self._cells > MAX_CELLS:
            self._refuse("too_large", "There are too many cells on this sheet.")

    def _filled(self) -> None:
        if self._row >= MAX_ROWS:
            self._refuse("too_long", f"A sheet has at most {MAX_ROWS:,} rows.")
        if self._column >= MAX_COLUMNS:
            self._refuse("too_wide", f"A sheet has at most {MAX_COLUMNS} columns.")

    def _refuse(self, code: str, message: str) -> NoReturn:
        place = cell_name(max(self._row, 0), max(self._column, 0))
        raise BadWorkbook([CellFault(self.sheet, place, code, message)])


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
