"""Workbooks as managers make them, for tests: written cell by cell, or an exported one with changes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from api.checklists.workbook_faults import cell_name

Sheets = dict[str, list[list[Any]]]

ABOUT: list[list[Any]] = [["编号", "SHOP-1"], ["名称(中文)", "门店检查"]]
SECTIONS: list[list[Any]] = [["大类编号", "名称（中文）"], ["s1", "卫生"], ["s2", "商品"]]
ITEMS: list[list[Any]] = [
    ["检查大类", "编号", "检查内容（中文）", "类型", "分值"],
    ["卫生", "a", "地面干净", "合格判定", 5],
    ["s2", "b", "冷柜温度", "数值测量", "１０"],
]


def by_hand(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A small sound workbook typed by hand; sheets that are given replace its own."""
    return workbook({"Checklist": ABOUT, "Sections": SECTIONS, "Items": ITEMS, **sheets})


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook with these cells; texts that begin with = are formulas, as when typed."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def cells_of(body: bytes) -> Sheets:
    """All sheets as rows of cells."""
    with CalamineWorkbook.from_object(io.BytesIO(body)) as book:
        return {
            name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in book.sheet_names
        }


def place_of(sheets: Sheets, sheet: str, heading: str, row: int) -> str:
    """The cell under a heading, F12."""
    column = next(
        c for cells in sheets[sheet][:3] for c, cell in enumerate(cells) if heading in str(cell).split("\n")
    )
    return cell_name(row, column)


def rezipped(body: bytes, changes: Mapping[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same zip with parts replaced, added, or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as before, zipfile.ZipFile(out, "w", method) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        for name, part in ({**parts, **changes}).items():
            if part is not None:
                after.writestr(name, part)
    return out.getvalue()
