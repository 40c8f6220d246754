"""What a column of a sheet is, and the usual sorts of columns."""

import re
import unicodedata
from dataclasses import dataclass

from api.checklists import workbook_cells as cells
from api.checklists import workbook_words as words
from api.checklists.content_kinds import FIELDS_OF_KIND
from api.checklists.workbook_cells import Codec

OWNER = "of"
"""The field of the column that says which section or item a row belongs to."""


@dataclass(frozen=True)
class Column:
    """One column, or one line of the first sheet: its place, its heading, and what to write into it."""

    field: str
    zh: str
    en: str
    codec: Codec
    help_zh: str
    help_en: str
    width: int = 12
    choice: words.Words | None = None
    required: bool = False
    always: bool = False
    """True where a default is written down and not left blank."""

    @property
    def heading(self) -> str:
        """As it stands in the sheet, the languages under each other."""
        return f"{self.zh}\n{self.en}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of item that alone have this field; none when all have it."""
        return tuple(kind for kind, own in FIELDS_OF_KIND.items() if self.field in own)


@dataclass(frozen=True)
class Sheet:
    """A sheet and its columns."""

    zh: str
    en: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The name on its tab."""
        return f"{self.en} {self.zh}"


def plain_heading(text: str) -> str:
    """What is compared of a heading: letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def yes(field: str, zh: str, en: str, help_zh: str, help_en: str) -> Column:
    """A column of yes and no."""
    return Column(field, zh, en, cells.YES, help_zh, help_en, 11, choice=words.YES_NO)


def one_of(field: str, zh: str, en: str, choice: words.Words, help_zh: str, help_en: str) -> Column:
    """A column of one word of a few, picked from a list."""
    codec = cells.words(choice)
    width = 3 + max(2 * len(word.zh) + 1 + len(word.en) for word in choice.values())
    always = field in ("kind", "flag", "photo/rule")
    return Column(field, zh, en, codec, help_zh, help_en, width, choice, field == "kind", always)


def number(field: str, zh: str, en: str, help_zh: str, help_en: str) -> Column:
    """A column of numbers."""
    return Column(field, zh, en, cells.NUMBER, help_zh, help_en, 12)


def whole(field: str, zh: str, en: str, help_zh: str, help_en: str) -> Column:
    """A column of whole numbers."""
    return Column(field, zh, en, cells.WHOLE, help_zh, help_en, 12)


def percent(field: str, zh: str, en: str, help_zh: str, help_en: str) -> Column:
    """A column of percentages."""
    return Column(field, zh, en, cells.PERCENT, help_zh, help_en, 12)


def listed(field: str, zh: str, en: str, help_zh: str, help_en: str) -> Column:
    """A column of several words."""
    return Column(field, zh, en, cells.LIST, help_zh, help_en, 18)


def both(field: str, zh: str, en: str, help_zh: str, help_en: str, width: int) -> tuple[Column, Column]:
    """Two columns: a text in Chinese and in English."""
    return (
        Column(f"{field}/zh", f"{zh}（中文）", f"{en} (Chinese)", cells.TEXT, help_zh, help_en, width),
        Column(f"{field}/en", f"{zh}（英文）", f"{en} (English)", cells.TEXT, help_zh, help_en, width),
    )
