"""A checklist from the sheets that a manager filled in. Every fault is named by its cell, all at once."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from api.checklists.content import MAX_ITEMS, faults_in, with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.workbook_columns import ABOUT, CHOICES, ITEMS, PICTURES, SECTIONS
from api.checklists.workbook_faults import MAX_FAULTS, BadWorkbook, CellFault, bad_file
from api.checklists.workbook_package import checked
from api.checklists.workbook_rows import Faults, Row, Table, both_languages, nested, read_lines, read_rows
from api.checklists.workbook_sections import section_named
from api.checklists.workbook_table import OWNER, Column, Sheet, plain_heading

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HOPELESS = {"missing_sheet", "no_headings", "missing_column", "too_many"}
"""After one of these everything else would be a fault as well, and bury it."""
_ITEM_COLUMNS: Mapping[str, Column] = {column.field: column for column in ITEMS.columns}


@dataclass
class _Part:
    """A section or an item on its way: what it says, and where that stands."""

    sheet: Sheet
    row: Row
    content: dict[str, Any]
    inner: list["_Part"] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """Pointer below this part → sheet and cell, for what stands elsewhere."""

    def where(self) -> dict[str, str]:
        """Pointer below this part → sheet and cell."""
        found: dict[str, str] = {}
        for path, cell in self.row.cells.items():
            steps = path.split("/")
            for end in range(1, len(steps) + 1):
                found.setdefault("/" + "/".join(steps[:end]), f"{self.sheet.en}!{cell}")
        key = found.get("/key") or next(iter(found.values()), f"{self.sheet.en}!A1")
        return {"": key, **found, **self.places}


def from_xlsx(body: bytes) -> ChecklistDraft:
    """The checklist of a workbook, with all its defaults. Raises BadWorkbook naming every fault."""
    tables = _tables(checked(body))
    faults = Faults()
    about = _about(tables, faults)
    sections = _sections(tables, faults)
    _items(tables, sections, faults)
    content = _content(about, sections)
    places = _places(about, sections)
    for fault in faults_in(content) if not faults.codes & _HOPELESS else ():
        place = _place(fault.pointer, places)
        follows = fault.pointer.endswith("/items") and "unknown_section" in faults.codes
        if place not in faults.places and not follows:
            sheet, _, cell = place.partition("!")
            faults.found.append(CellFault(sheet, cell, fault.code, fault.message))
    if faults.found:
        raise BadWorkbook(faults.found[:MAX_FAULTS])
    name = {"zh": about.values.get("name/zh", ""), "en": about.values.get("name/en", "")}
    return ChecklistDraft(
        about.values["code"], name, about.values.get("kind", "visit"), with_defaults(content)
    )


def _tables(body: bytes) -> dict[str, Table]:
    """Rows of the sheets that are ours, by their English names."""
    found: dict[str, Table] = {}
    try:
        with CalamineWorkbook.from_object(io.BytesIO(body)) as book:
            for tab in book.sheet_names:
                sheet = _sheet_called(tab)
                if sheet is None:
                    continue
                if sheet.en in found:
                    message = f"The sheet {sheet.title} is there twice."
                    raise BadWorkbook([CellFault(sheet.en, "", "sheet_twice", message)])
                found[sheet.en] = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise bad_file("not_xlsx", "This is not an XLSX workbook, or it is damaged.") from None
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise bad_file("not_xlsx", "This workbook cannot be read.") from None
    return found


def _sheet_called(tab: str) -> Sheet | None:
    plain = plain_heading(tab)
    for sheet in (ABOUT, SECTIONS, ITEMS, CHOICES, PICTURES):
        if plain in (plain_heading(sheet.zh), plain_heading(sheet.en), plain_heading(sheet.title)):
            return sheet
    return None


def _about(tables: Mapping[str, Table], faults: Faults) -> Row:
    if ABOUT.en not in tables:
        faults.add(ABOUT, "", "missing_sheet", f"The sheet {ABOUT.title} is missing.")
        return Row()
    row = read_lines(ABOUT, tables[ABOUT.en], faults)
    code = row.values.get("code")
    at = row.cells.get("code", "A1")
    if code is None and "code" not in row.bad:
        faults.add(ABOUT, at, "required", "The code of the checklist is missing.")
    elif code is not None and not _CODE.fullmatch(code):
        faults.add(ABOUT, at, "invalid", "A code begins with a letter or digit; then also . _ -; up to 64.")
    names = [row.values.get(f"name/{language}", "") for language in ("zh", "en")]
    at = row.cells.get("name/zh", "A1")
    if not any(name.strip() for name in names):
        faults.add(ABOUT, at, "required", "The name of the checklist is missing in both languages.")
    elif max(map(len, names)) > 200:
        faults.add(ABOUT, at, "too_long", "A name has at most 200 characters.")
    if len(row.values.get("kind", "")) > 40:
        faults.add(ABOUT, row.cells["kind"], "too_long", "A kind has at most 40 characters.")
    return row


def _sections(tables: Mapping[str, Table], faults: Faults) -> list[_Part]:
    rows = read_rows(SECTIONS, tables[SECTIONS.en], faults) if SECTIONS.en in tables else []
    return [_section(row) for row in rows]


def _section(row: Row) -> _Part:
    content = nested(row.values)
    both_languages(content, "name")
    if "repeat" in content:
        both_languages(content["repeat"], "name")
    return _Part(SECTIONS, row, content)


def _items(tables: Mapping[str, Table], sections: list[_Part], faults: Faults) -> None:
    """Puts every item into its section, with its choices and pictures."""
    if ITEMS.en not in tables:
        faults.add(ITEMS, "", "missing_sheet", f"The sheet {ITEMS.title} is missing.")
        return
    if not any(str(cell).strip() for cells in tables[ITEMS.en] for cell in cells):
        faults.add(ITEMS, "A1", "no_headings", f"The sheet {ITEMS.title} is blank.")
    are_listed = bool(sections)
    found: dict[str, _Part] = {}
    current: _Part | None = None
    rows = read_rows(ITEMS, tables[ITEMS.en], faults)
    if len(rows) > MAX_ITEMS:
        at = next(iter(rows[MAX_ITEMS].cells.values()))
        faults.add(ITEMS, at, "too_many", f"A checklist has at most {MAX_ITEMS} items.")
    for row in rows:
        current = _section_of(row, sections, current, are_listed, faults)
        item = _item(row, faults)
        current.inner.append(item)
        found.setdefault(item.content.get("key", ""), item)
    for sheet in (CHOICES, PICTURES):
        above = None
        for row in read_rows(sheet, tables[sheet.en], faults) if sheet.en in tables else ():
            above = row.values.get(OWNER, above)
            owner = found.get(above or "")
            if owner is None and OWNER not in row.bad:
                message = f"There is no item {above} on the sheet Items." if above else "The item is missing."
                faults.add(sheet, row.cells.get(OWNER, "A1"), "unknown_item", message)
            elif owner is not None and sheet is PICTURES:
                _append(owner, "references", "caption", _Part(sheet, row, {}))
            elif owner is not None:
                _choice(owner, row, faults)


def _section_of(
    row: Row, sections: list[_Part], current: _Part | None, are_listed: bool, faults: Faults
) -> _Part:
    label = row.values.get(OWNER, "").strip() and row.values[OWNER]
    if not label and current is not None:
        return current
    place = section_named(label, [section.content for section in sections]) if label else None
    if place is not None:
        return sections[place]
    at = row.cells.get(OWNER, "A1")
    if not label:
        if OWNER not in row.bad:
            faults.add(ITEMS, at, "required", "The section is missing.")
    elif are_listed:
        faults.add(ITEMS, at, "unknown_section", f"There is no section “{label[:40]}” on the sheet Sections.")
    if are_listed or not label:
        return current or (sections[0] if sections else _new_section("", at, sections))
    return _new_section(label, at, sections)


def _new_section(label: str, at: str, sections: list[_Part]) -> _Part:
    """A section that is named in the rows of items alone."""
    chinese = not label.isascii()
    content = {
        "key": f"s{len(sections) + 1}",
        "name": {"zh": label if chinese else "", "en": "" if chinese else label},
    }
    sections.append(_Part(ITEMS, Row(cells={"key": at}), content))
    return sections[-1]


def _item(row: Row, faults: Faults) -> _Part:
    values = {path: value for path, value in row.values.items() if path != OWNER}
    kind = values.get("kind")
    for path in list(values):
        kinds = _ITEM_COLUMNS[path].kinds
        if kinds and kind not in kinds:
            del values[path]
            if kind is not None:
                message = f"Only items of the kind {', '.join(kinds)} have this."
                faults.add(ITEMS, row.cells[path], "not_for_kind", message)
    content = nested(values)
    both_languages(content, "text")
    if "guide" in content:
        both_languages(content, "guide")
        if not any(words.strip() for words in content["guide"].values()):
            del content["guide"]
    return _Part(ITEMS, row, content)


def _choice(item: _Part, row: Row, faults: Faults) -> None:
    kind = item.content.get("kind")
    if kind in ("single", "multiple", "graded"):
        _append(item, "grades" if kind == "graded" else "choices", "name", _Part(CHOICES, row, {}))
    elif kind is not None:
        message = "Only graded items and choices have these; see the kind of the item."
        faults.add(CHOICES, row.cells.get(OWNER, "A1"), "not_for_kind", message)


def _append(item: _Part, name: str, words: str, part: _Part) -> None:
    part.content = nested({path: value for path, value in part.row.values.items() if path != OWNER})
    both_languages(part.content, words)
    listed = item.content.setdefault(name, [])
    for pointer, cell in part.where().items():
        item.places[f"/{name}/{len(listed)}{pointer}"] = cell
    item.places.setdefault(f"/{name}", part.where()[""])
    listed.append(part.content)


def _content(about: Row, sections: Sequence[_Part]) -> dict[str, Any]:
    scoring = nested({path: value for path, value in about.values.items() if path.startswith("scoring/")})
    return {
        **scoring,
        "sections": [
            {**section.content, "items": [item.content for item in section.inner]} for section in sections
        ],
    }


def _places(about: Row, sections: Sequence[_Part]) -> dict[str, str]:
    """Pointer → sheet and cell, for all that was read."""
    found = {"/scoring": f"{ABOUT.en}!A1", "/sections": f"{SECTIONS.en}!A1"}
    found |= {f"/{path}": f"{ABOUT.en}!{cell}" for path, cell in about.cells.items()}
    for i, section in enumerate(sections):
        found |= {f"/sections/{i}{pointer}": cell for pointer, cell in section.where().items()}
        for j, item in enumerate(section.inner):
            where = item.where()
            where = {"/choices": where.get("/kind", where[""]), **where}
            found |= {f"/sections/{i}/items/{j}{pointer}": cell for pointer, cell in where.items()}
    return found


def _place(pointer: str, places: Mapping[str, str]) -> str:
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, f"{ITEMS.en}!A1")
