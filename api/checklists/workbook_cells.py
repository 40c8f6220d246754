"""What one cell of a sheet may hold: how a value is written into it, and what a typed cell means.

A cell that is read comes from the spreadsheet as text, number, yes/no or date. Texts are kept to the
letter; everything else forgives blanks, full-width signs and both languages. Percents are written as
text ("80%"), because a spreadsheet turns a typed 80% into 0.8 and nobody could tell it from 0.8 %.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import whitespace
from typing import Any

from api.checklists.condition_text import ConditionError, condition_text, parse_condition
from api.checklists.plain_text import half_width, number_in_cell, number_of, number_text
from api.checklists.workbook_words import YES_NO, Words, value_of

_BETWEEN = ",\uff0c\u3001;\uff1b|\uff5c\r\n"
_LISTED = re.compile(
    rf'[\s{_BETWEEN}]*(?:"((?:[^"]|"")*)"|([^\s{_BETWEEN}"][^{_BETWEEN}]*))\s*(?:[{_BETWEEN}]|$)'
)
_BARE = re.compile(rf'[^\s{_BETWEEN}"](?:[^{_BETWEEN}"]*[^\s{_BETWEEN}"])?')
_BAND = re.compile(
    rf'[\s{_BETWEEN}]*(?:"((?:[^"]|"")*)"|([^\s"=:\uff1a≥>{_BETWEEN}]+))'
    r"(?:\s*(?:>=|≥|=|:|\uff1a)\s*|\s+)([-+]?\d+(?:[.\uff0e]\d+)?)\s*分?\s*"
    rf"(?:[{_BETWEEN}]|$)"
)
_UNITS = re.compile(r"\s*(分|小时|天|日|张|次|轮|h|hours?|days?)\s*$", re.IGNORECASE)


class CellError(ValueError):
    """The cell cannot be read; a stable code, and words for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Codec:
    """How one kind of cell is read and written. Neither side is asked about blank cells."""

    read: Callable[[Any], Any]
    write: Callable[[Any], str | int | float]
    keeps_blanks: bool = False
    """True where a cell of blanks alone is a text and not an empty cell."""
    is_text: bool = True
    """True where the sheet keeps what is typed as text, so that it makes no date or formula of it."""

    def is_blank(self, cell: Any) -> bool:
        """True when there is nothing in the cell."""
        return cell is None or (isinstance(cell, str) and not (cell if self.keeps_blanks else cell.strip()))


def as_text(cell: Any) -> str:
    """The text of a cell, to the letter. Raises CellError on a date."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if abs(cell) >= 1e15:
            raise CellError("too_many_digits", "A spreadsheet keeps 15 digits; format the cell as text.")
        return number_text(number_in_cell(cell))
    if not isinstance(cell, str):
        message = f"The spreadsheet made a date of this ({cell}); format the cell as text and type it again."
        raise CellError("date", message)
    return cell


def _text(value: Any) -> str:
    """A text as it is; what is none (in a draft with faults) as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_key(cell: Any) -> str:
    return half_width(as_text(cell)).strip()


def _read_number(cell: Any) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return number_in_cell(cell)
    text = as_text(cell)
    found = number_of(_UNITS.sub("", text))
    if found is None:
        raise CellError("not_a_number", f"“{text[:40]}” is not a number.")
    return found


def _read_whole(cell: Any) -> int:
    found = _read_number(cell)
    if not isinstance(found, int):
        raise CellError("not_whole", f"{number_text(found)} is not a whole number.")
    return found


def _write_number(value: Any) -> str | int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e12 < value < 1e12:
        return _text(value)
    return value


def _read_percent(cell: Any) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = number_in_cell(cell)
        if -1 <= found <= 1 and found != 0:
            shown, times = number_text(found), number_text(number_in_cell(found * 100))
            message = f"Is this {shown}% or {times}%? Format the cell as text and write it with the sign."
            raise CellError("percent_unclear", message)
        return found
    text = as_text(cell)
    number = number_of(half_width(text).strip().removesuffix("%"))
    if number is None:
        raise CellError("not_a_percent", f"“{text[:40]}” is not a percentage.")
    return number


def _write_percent(value: Any) -> str:
    number = _write_number(value)
    return number if isinstance(number, str) else f"{number_text(number)}%"


def _read_yes_no(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    text = as_text(cell)
    found = value_of(YES_NO, text)
    if found is None:
        raise CellError("not_yes_no", f"“{text[:40]}” is neither 是 Yes nor 否 No.")
    return found == "yes"


def _write_yes_no(value: Any) -> str:
    return YES_NO["yes" if value else "no"].label if isinstance(value, bool) else _text(value)


def _read_list(cell: Any) -> list[str]:
    text = as_text(cell)
    found: list[str] = []
    place = 0
    while text[place:].strip(_BETWEEN + whitespace):
        part = _LISTED.match(text, place)
        if part is None:
            message = "Parts are separated by commas; a part with a comma or a quote stands in quotes."
            raise CellError("not_a_list", message)
        quoted, bare = part.groups()
        found.append(bare.strip() if quoted is None else quoted.replace('""', '"'))
        place = part.end()
    return found


def _write_list(value: Any) -> str:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return _text(value)
    return ", ".join(_listed(one) for one in value)


def _listed(text: str) -> str:
    return text if _BARE.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _read_name(cell: Any) -> str:
    """A name that is quoted where blanks matter."""
    text = as_text(cell).strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('""', '"') if quoted else text


def _write_name(value: Any) -> str:
    text = _text(value)
    plain = text and text == text.strip() and not (text[0] == text[-1] == '"')
    return text if plain else _in_quotes(text)


def _read_bands(cell: Any) -> list[list[Any]]:
    text = as_text(cell)
    found: list[list[Any]] = []
    place = 0
    while text[place:].strip(_BETWEEN + whitespace):
        band = _BAND.match(text, place)
        number = number_of(band.group(3)) if band else None
        if band is None or number is None:
            raise CellError("not_bands", "Bands are written as A 90, B 75, C 60, D 0.")
        quoted, bare = band.group(1), band.group(2)
        found.append([bare if quoted is None else quoted.replace('""', '"'), number])
        place = band.end()
    return found


def _write_bands(value: Any) -> str:
    try:
        bands = ", ".join(f"{_band_name(name)} {number_text(least)}" for name, least in value)
        return bands if _read_bands(bands) == [list(band) for band in value] else _text(value)
    except (TypeError, ValueError):
        return _text(value)


def _band_name(name: str) -> str:
    return name if re.fullmatch(r"\w+", name) else _in_quotes(name)


def _read_condition(cell: Any) -> dict[str, Any]:
    try:
        return parse_condition(as_text(cell))
    except ConditionError as error:
        raise CellError("not_a_condition", str(error)) from None


def _write_condition(value: Any) -> str:
    try:
        return condition_text(value)
    except ValueError:
        return _text(value)


def words_or_other(choice: Words) -> Codec:
    """One word of a few, or any other word."""

    def read(cell: Any) -> str:
        name = _read_name(cell)
        return name if name != as_text(cell).strip() else value_of(choice, name) or name

    def write(value: Any) -> str:
        if isinstance(value, str) and value in choice:
            return choice[value].label
        text = _write_name(value)
        return text if value_of(choice, text) is None else _in_quotes(text)

    return Codec(read, write)


def words(choice: Words) -> Codec:
    """One word of a few."""

    def read(cell: Any) -> str:
        return _word(choice, as_text(cell))

    def write(value: Any) -> str:
        return choice[value].label if isinstance(value, str) and value in choice else _text(value)

    return Codec(read, write)


def word_list(choice: Words) -> Codec:
    """Several words of a few."""

    def read(cell: Any) -> list[str]:
        return [_word(choice, part) for part in _read_list(cell)]

    def write(value: Any) -> str:
        if not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
            return _text(value)
        return _write_list([choice[one].label if one in choice else one for one in value])

    return Codec(read, write)


def _word(choice: Words, text: str) -> str:
    found = value_of(choice, text)
    if found is None:
        raise CellError(
            "not_a_word", f"“{text[:40]}” is none of {', '.join(w.label for w in choice.values())}."
        )
    return found


TEXT = Codec(as_text, _text, keeps_blanks=True)
KEY = Codec(_read_key, _text)
NUMBER = Codec(_read_number, _write_number, is_text=False)
WHOLE = Codec(_read_whole, _write_number, is_text=False)
PERCENT = Codec(_read_percent, _write_percent)
YES = Codec(_read_yes_no, _write_yes_no)
LIST = Codec(_read_list, _write_list)
NAME = Codec(_read_name, _write_name)
BANDS = Codec(_read_bands, _write_bands)
CONDITION = Codec(_read_condition, _write_condition)
