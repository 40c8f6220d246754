"""Numbers and signs as people type them, made plain.

Chinese keyboards give full-width digits and signs; spreadsheets give binary numbers. What is meant is
the same, so both are brought to one form before anything reads them.
"""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[-+]?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,12})?")
_SIGNS: dict[int, str | int] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: " ",
    0x00A0: " ",
    0x2212: "-",
    0x2013: "-",
    0x2014: "-",
    0x3001: ",",
    0x3002: ".",
    0x201C: '"',
    0x201D: '"',
    0x2265: ">=",
    0x2264: "<=",
    0xFE65: ">",
    0xFE64: "<",
}


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as plain ones; nothing else is changed."""
    return text.translate(_SIGNS)


def number_of(text: str) -> int | float | None:
    """The number that a text is, exactly as written, or None."""
    plain = half_width(text).strip().replace(" ", "")
    return as_json(Decimal(plain.replace(",", ""))) if _NUMBER.fullmatch(plain) else None


def number_in_cell(value: float) -> int | float:
    """The number that a spreadsheet shows: 15 digits, so that 0.1 + 0.2 is 0.3."""
    return as_json(Decimal(f"{value:.15g}"))


def as_json(number: Decimal) -> int | float:
    """A decimal as the JSON number that reads the same."""
    return int(number) if number == number.to_integral_value() else float(number)


def number_text(number: int | float) -> str:
    """A number in digits, without powers of ten and without zeros at the end."""
    if isinstance(number, int):
        return str(number)
    digits = format(Decimal(repr(number)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
