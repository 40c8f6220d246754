"""A checklist as a workbook that a manager can read, print, fill in and send back.

A draft may be written while it has faults: what does not fit its column stands there as it is, and
coming back it is named as a fault. User's words are always texts and never formulas.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from api.checklists import workbook_help as words
from api.checklists.content import FIX_HOURS, KINDS, with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.workbook_cells import PERCENT
from api.checklists.workbook_columns import ABOUT, CHOICES, ITEMS, PICTURES, SECTIONS, SHEETS
from api.checklists.workbook_scan import MAX_ROWS
from api.checklists.workbook_sections import section_labels
from api.checklists.workbook_style import FURTHER, LINE_HEIGHT, MAIN, OF_KIND, WHERE, Style, lines, printed
from api.checklists.workbook_table import OWNER, Column, Sheet

MAX_CELL = 32_767
HINTS, HEADINGS, FIRST = 0, 1, 2
_SPARE = 300
_LISTS = "Lists 词表"
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_UNSPEAKABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_PRINTED = {
    ITEMS.en: "allow_na",
    SECTIONS.en: "repeat/name/en",
    CHOICES.en: "percent",
    PICTURES.en: "caption/en",
}
"""The last column that is printed; how to judge is printed too where something stands there."""
Thing = Mapping[str, Any]


class CannotHold(ValueError):
    """A sheet has no room for this checklist, or no sign for one of its letters."""


def to_xlsx(draft: ChecklistDraft) -> bytes:
    """The workbook. Raises CannotHold where a workbook would lose something."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties(
            {"title": f"{draft.code} {draft.name.get('zh', '')}".strip(), "created": _NO_DATE}
        )
        _Writer(book).write(draft)
    return out.getvalue()


@dataclass
class _Writer:
    book: Workbook
    lists: dict[int, str] = field(default_factory=dict)
    """Words to pick from → where they stand."""

    def __post_init__(self) -> None:
        self.style = Style(self.book)
        self.sheets = {sheet.en: self.book.add_worksheet(sheet.title) for sheet in SHEETS}
        self._help(self.book.add_worksheet("Help 说明"))
        self._lists(self.book.add_worksheet(_LISTS))

    def write(self, draft: ChecklistDraft) -> None:
        """All sheets."""
        content = draft.content
        sections = content.get("sections", [])
        self._about({**content, "code": draft.code, "name": draft.name, "kind": draft.kind})
        labels = section_labels(sections)
        of_section = next(
            (c for c in ("name/zh", "name/en") if labels == [_at(s, c) for s in sections]), "key"
        )
        owners = {
            ITEMS.en: (SECTIONS, of_section),
            CHOICES.en: (ITEMS, "key"),
            PICTURES.en: (ITEMS, "key"),
        }
        items = [
            (label, item)
            for label, section in zip(labels, sections, strict=True)
            for item in section["items"]
        ]
        rows: dict[str, list[tuple[Any, Thing, Thing]]] = {
            SECTIONS.en: [(None, section, _section_defaults()) for section in sections],
            ITEMS.en: [(label, item, _item_defaults(item)) for label, item in items],
            CHOICES.en: [(_at(item, "key"), one, {}) for _, item in items for one in _choices(item)],
            PICTURES.en: [
                (_at(item, "key"), one, {}) for _, item in items for one in _things(item.get("references"))
            ],
        }
        for sheet in (SECTIONS, ITEMS, CHOICES, PICTURES):
            self._table(sheet, rows[sheet.en], owners.get(sheet.en))
        self.sheets[ABOUT.en].activate()

    def _about(self, about: Thing) -> None:
        sheet = self.sheets[ABOUT.en]
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 46)
        sheet.set_column(2, 2, 64)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, "检查表 Checklist", self.style.title())
        defaults = {**with_defaults({"sections": []}), "kind": "visit"}
        for row, column in enumerate(ABOUT.columns, start=2):
            sheet.set_row(row, 32)
            value = _at(about, column.field)
            value = _at(defaults, column.field) if value is None else value
            star = " *" if column.required else ""
            sheet.write_string(row, 0, f"{column.zh} {column.en}{star}", self.style.label())
            form = self.style.value(text=column.codec.is_text, middle=True)
            self._cell(sheet, ABOUT, row, 1, column, value, form)
            sheet.write_string(row, 2, f"{column.help_zh}\n{column.help_en}", self.style.hint())
            self._pick(sheet, column, row, row, 1)
        sheet.freeze_panes(2, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:C40"})
        printed(sheet, landscape=True)

    def _table(
        self, about: Sheet, rows: list[tuple[Any, Thing, Thing]], owner: tuple[Sheet, str] | None
    ) -> None:
        if len(rows) + FIRST > MAX_ROWS:
            raise CannotHold(f"There are too many rows for the sheet {about.title}.")
        sheet = self.sheets[about.en]
        last = FIRST + len(rows) + _SPARE
        sheet.set_row(HEADINGS, 36)
        height = {HINTS: max(lines(f"{c.help_zh}\n{c.help_en}", c.width + 2) for c in about.columns)}
        for place, column in enumerate(about.columns):
            text = column.codec.is_text
            form = self.style.value(
                text=text, centred=bool(column.choice) or not text or column.codec is PERCENT
            )
            sheet.set_column(place, place, column.width, self.style.made(num_format="@") if text else None)
            sheet.write_string(HINTS, place, f"{column.help_zh}\n{column.help_en}", self.style.hint())
            star = " *" if column.required else ""
            heading = f"{column.zh}{star}\n{column.en}"
            sheet.write_string(HEADINGS, place, heading, self.style.heading(_colour(column)))
            for row, (of, thing, defaults) in enumerate(rows, start=FIRST):
                value = of if column.field == OWNER else _at(thing, column.field)
                if not (column.always or column.required) and value == _at(defaults, column.field):
                    value = None
                written = self._cell(sheet, about, row, place, column, value, form)
                height[row] = max(height.get(row, 1), lines(written, column.width))
            self._pick(sheet, column, FIRST, last, place)
        for row, count in height.items():
            sheet.set_row(row, min(count * LINE_HEIGHT + 4, 400))
        if owner is not None:
            self._pick_owner(sheet, *owner, last)
        if about is ITEMS:
            self._coloured(sheet, last)
        has_guides = about is ITEMS and any(thing.get("guide") for _, thing, _ in rows)
        self._framed(sheet, about, FIRST + len(rows), has_guides=has_guides)

    def _cell(
        self,
        sheet: Worksheet,
        about: Sheet,
        row: int,
        place: int,
        column: Column,
        value: Any,
        form: Any,
    ) -> str:
        """Writes the cell; says what stands in it."""
        written = None if value is None else column.codec.write(value)
        if written is None or written == "":
            sheet.write_blank(row, place, None, form)
        elif isinstance(written, str):
            if len(written) > MAX_CELL or _UNSPEAKABLE.search(written):
                raise CannotHold(
                    f"A cell of the sheet {about.title} cannot hold the {column.en} of row {row + 1}."
                )
            sheet.write_string(row, place, written, form)
        else:
            sheet.write_number(row, place, written, form)
        return str(written or "")

    def _pick(self, sheet: Worksheet, column: Column, first: int, last: int, place: int) -> None:
        """A list to pick from; other words are warned of, because more of them are understood."""
        if column.choice is not None:
            self._validate(sheet, self.lists[id(column.choice)], first, last, place)

    def _pick_owner(self, sheet: Worksheet, of: Sheet, path: str, last: int) -> None:
        letter = chr(65 + [column.field for column in of.columns].index(path))
        self._validate(sheet, f"='{of.title}'!${letter}${FIRST + 1}:${letter}$1000", FIRST, last, 0)

    def _validate(self, sheet: Worksheet, source: str, first: int, last: int, place: int) -> None:
        sheet.data_validation(
            first,
            place,
            last,
            place,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_title": "不在列表里 Not in the list",
                "error_message": "确定要这样填吗？Keep it as it is?",
            },
        )

    def _coloured(self, sheet: Worksheet, last: int) -> None:
        """Redlines red, key items amber, and a line where another section begins."""
        place = [column.field for column in ITEMS.columns].index("flag")
        for begins, colours in (
            ("红线", {"bg_color": "#FBE3E1", "font_color": "#9B1C1C"}),
            ("关键", {"bg_color": "#FDF1D6", "font_color": "#7A5200"}),
        ):
            form = self.book.add_format(colours)
            rule = {"type": "text", "criteria": "begins with", "value": begins, "format": form}
            sheet.conditional_format(FIRST, place, last, place, rule)
        line = self.book.add_format({"top": 1, "top_color": MAIN})
        criteria = f'=AND($A{FIRST + 1}<>$A{FIRST},$A{FIRST + 1}<>"")'
        between = {"type": "formula", "criteria": criteria, "format": line}
        sheet.conditional_format(FIRST, 0, last, len(ITEMS.columns) - 1, between)

    def _framed(self, sheet: Worksheet, about: Sheet, end: int, *, has_guides: bool) -> None:
        fields = [column.field for column in about.columns]
        sheet.freeze_panes(FIRST, 3 if about is ITEMS else 2)
        sheet.autofilter(HEADINGS, 0, max(end - 1, HEADINGS), len(fields) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:CV20000"})
        wide = fields.index("guide/en" if has_guides else _PRINTED[about.en])
        sheet.print_area(HEADINGS, 0, max(end - 1, HEADINGS), wide)
        printed(sheet, landscape=True, repeat=(HEADINGS, HEADINGS))

    def _lists(self, sheet: Worksheet) -> None:
        choices = {id(c.choice): c.choice for about in SHEETS for c in about.columns if c.choice is not None}
        for place, (name, choice) in enumerate(choices.items()):
            for row, word in enumerate(choice.values()):
                sheet.write_string(row, place, word.label)
            letter = chr(65 + place)
            self.lists[name] = f"='{_LISTS}'!${letter}$1:${letter}${len(choice)}"
        sheet.hide()

    def _help(self, sheet: Worksheet) -> None:
        sheet.hide_gridlines(2)
        for place, width in enumerate((30, 34, 62, 62)):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, words.TITLE, self.style.title())
        row = 2
        for zh, en in (*words.STEPS, *words.NOTES):
            sheet.set_row(row, 32)
            sheet.merge_range(row, 0, row, 3, "", self.style.plain())
            sheet.write_string(row, 0, f"{zh}\n{en}", self.style.plain())
            row += 1
        row = self._conditions(sheet, row + 1)
        sheet.write_string(row, 0, words.COLUMNS_TITLE, self.style.title())
        for at, about in enumerate(SHEETS):
            for column in about.columns:
                row += 1
                cells = (about.title, f"{column.zh} {column.en}", column.help_zh, column.help_en)
                form = self.style.made(text_wrap=True, bg_color="#F4F6F8" if at % 2 else "#FFFFFF")
                for place, cell in enumerate(cells):
                    sheet.write_string(row, place, cell, form)
        printed(sheet, landscape=True)

    def _conditions(self, sheet: Worksheet, row: int) -> int:
        sheet.write_string(row, 0, words.CONDITIONS_TITLE, self.style.title())
        for text, zh, en in words.CONDITIONS:
            row += 1
            for place, cell in enumerate((text, en, zh)):
                sheet.write_string(row, place, cell, self.style.plain(bold=place == 0))
        for note in words.CONDITIONS_NOTE:
            row += 1
            sheet.write_string(row, 0, note, self.style.made())
        return row + 2


def _at(thing: Any, path: str) -> Any:
    """What stands at this place, or None."""
    for step in path.split("/"):
        thing = thing.get(step) if isinstance(thing, Mapping) else None
    return thing


def _things(value: Any) -> Iterator[Thing]:
    return (one for one in (value if isinstance(value, list | tuple) else ()) if isinstance(one, Mapping))


def _choices(item: Thing) -> Iterator[Thing]:
    """Grades and choices; the grades that every graded item has by default are left out."""
    for name in ("grades", "choices"):
        if item.get(name) != _item_defaults(item).get(name):
            yield from _things(item.get(name))


def _section_defaults() -> Thing:
    return {"weight": None, "floor": None}


def _item_defaults(item: Thing) -> Thing:
    kind, flag = item.get("kind"), item.get("flag", "general")
    known = {"kind": kind if kind in KINDS else "text", "flag": flag if flag in FIX_HOURS else "general"}
    filled: Thing = with_defaults({"sections": [{"items": [known]}]})["sections"][0]["items"][0]
    return {name: value for name, value in filled.items() if name not in known}


def _colour(column: Column) -> str:
    if column.kinds:
        return OF_KIND
    if column.field == "show_if" or column.field.startswith("applies/"):
        return WHERE
    fields = [one.field for one in ITEMS.columns]
    return (
        FURTHER if column in ITEMS.columns and fields.index(column.field) > fields.index("guide/en") else MAIN
    )
