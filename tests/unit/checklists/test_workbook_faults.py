"""Sheets as managers fill them in: what is understood, and how every fault is named by its cell."""

import copy
import datetime
from typing import Any

import pytest

from api.checklists.workbook_faults import BadWorkbook
from api.checklists.workbook_in import from_xlsx
from tests.support.workbooks import ABOUT, ITEMS, SECTIONS, by_hand

HEADINGS = ITEMS[0]


def faults(**sheets: Any) -> list[tuple[str, str]]:
    with pytest.raises(BadWorkbook) as bad:
        from_xlsx(by_hand(**sheets))
    assert all(fault.message.endswith((".", "?")) for fault in bad.value.faults)
    return [(fault.place, fault.code) for fault in bad.value.faults]


def items(*rows: list[Any], further: tuple[str, ...] = ()) -> list[list[Any]]:
    return [[*HEADINGS, *further], *rows]


def first(*further: tuple[str, Any]) -> dict[str, Any]:
    """The first item of a sheet whose first row has these further columns."""
    headings, values = zip(*further, strict=True)
    row = ["卫生", "a", "地面", "合格判定", 5, *values]
    found: dict[str, Any] = from_xlsx(by_hand(Items=items(row, ITEMS[2], further=headings))).content[
        "sections"
    ][0]["items"][0]
    return found


def of_kind(kind: str, heading: str, value: Any) -> dict[str, Any]:
    """An item of this kind with one further column."""
    row = ["s2", "x", "内容", kind, 5, value]
    found: dict[str, Any] = from_xlsx(by_hand(Items=items(ITEMS[1] + [""], row, further=(heading,)))).content[
        "sections"
    ][1]["items"][0]
    return found


def test_a_sheet_with_the_least_that_is_needed() -> None:
    draft = from_xlsx(by_hand())
    assert (draft.code, draft.name, draft.kind) == ("SHOP-1", {"zh": "门店检查", "en": ""}, "visit")
    a, b = (item for section in draft.content["sections"] for item in section["items"])
    assert (a["points"], a["flag"], a["fix_hours"], a["photo"]["rule"]) == (5, "general", 168, "none")
    assert (b["kind"], b["points"], b["min"]) == ("numeric", 10, None)


@pytest.mark.parametrize(
    ("heading", "typed", "field", "meant"),
    [
        ("级别", "红线", "flag", "redline"),
        ("Severity", "KEY ITEM", "flag", "key"),
        ("级别\nSeverity", "关键项 Key item", "flag", "key"),
        ("拍照", "必拍", "photo", {"rule": "always", "min": 0, "max": 5, "camera_only": False}),
        ("允许不适用", "√", "allow_na", True),
        ("May be N/A", True, "allow_na", True),
        ("必须作答", "N", "required", False),
        ("加分项", 1, "bonus", True),
        ("合格线", "８０％", "pass_line", 80),
        ("合格线", "62.5", "pass_line", 62.5),
        ("Pass line", 80, "pass_line", 80),
        ("整改时限", "48小时", "fix_hours", 48),
        ("Hours to fix", "４８", "fix_hours", 48),
        ("整改人", "店长", "owner_role", "store_manager"),
        ("备注要求", "不合格时", "note_rule", "on_fail"),
        ("时段", "早上、晚班，夜间 Night", "dayparts", ["morning", "evening", "night"]),
        ("门店标签", 'gas；"a, b"', "tags", ["gas", "a, b"]),
        ("门店标签", 7.0, "tags", ["7"]),
        ("权重", "０．５", "weight", 0.5),
    ],
)
def test_what_managers_type_is_understood(heading: str, typed: Any, field: str, meant: Any) -> None:
    item = first((heading, typed))
    assert (item["applies"] | item)[field] == meant


@pytest.mark.parametrize(
    ("kind", "heading", "typed", "field", "meant"),
    [
        ("数值", "上限", "８", "max", 8),
        ("NUM", "Lower limit", "−18", "min", -18),
        ("Count of faults", "每处扣分", "0.5分", "step", 0.5),
        ("date", "到期提醒", "30天", "warn_days", 30),
        ("扫码", "允许的条码", 6901234567892.0, "codes", ["6901234567892"]),
        ("数值测量", "单位", "℃", "unit", "℃"),
    ],
)
def test_what_belongs_to_a_kind(kind: str, heading: str, typed: Any, field: str, meant: Any) -> None:
    assert of_kind(kind, heading, typed)[field] == meant


def test_sections_may_be_left_out_and_sections_blank_below() -> None:
    rows = items(
        ["地面", "a", "一", "合格", 5], ["", "b", "二", "合格", 5], ["Chiller", "c", "三", "合格", 5]
    )
    content = from_xlsx(by_hand(Sections=[], Items=rows)).content
    assert [(s["key"], s["name"], [i["key"] for i in s["items"]]) for s in content["sections"]] == [
        ("s1", {"zh": "地面", "en": ""}, ["a", "b"]),
        ("s2", {"zh": "", "en": "Chiller"}, ["c"]),
    ]


def test_columns_may_be_moved_hints_deleted_and_notes_kept_elsewhere() -> None:
    rows = [["explained here"], list(reversed(HEADINGS)), *(list(reversed(row)) for row in ITEMS[1:])]
    assert from_xlsx(by_hand(Items=rows, 笔记=[["=1+1"]])).content == from_xlsx(by_hand()).content


def test_choices_and_grades_stand_under_their_item() -> None:
    rows = items(["s1", "fuel", "燃料", "单选", 5], ["s2", "look", "外观", "分级", 5])
    choices = [
        ["检查项编号", "选项编号", "名称（中文）", "得分百分比"],
        ["fuel", "gas", "燃气", "100%"],
        ["", "coal", "煤", "0"],
        ["look", "ok", "好", 100],
        ["look", "bad", "差", 0],
    ]
    fuel, look = (s["items"][0] for s in from_xlsx(by_hand(Items=rows, Choices=choices)).content["sections"])
    assert [(c["key"], c["percent"]) for c in fuel["choices"]] == [("gas", 100), ("coal", 0)]
    assert [(c["key"], c["percent"]) for c in look["grades"]] == [("ok", 100), ("bad", 0)]


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [
        ("级别", "很重要", "not_a_word"),
        ("允许不适用", "maybe", "not_yes_no"),
        ("整改时限", "两天", "not_a_number"),
        ("整改时限", 1.5, "not_whole"),
        ("整改时限", 0, "invalid"),
        ("合格线", 0.8, "percent_unclear"),
        ("合格线", "most", "not_a_percent"),
        ("合格线", "120%", "invalid"),
        ("检查条件", "a = fail", "self"),
        ("检查条件", "zz = fail", "unknown_item"),
        ("检查条件", "b = fail", "not_earlier"),
        ("检查条件", "when dirty", "not_a_condition"),
        ("门店标签", 'a"b, "', "not_a_list"),
        ("门店标签", datetime.date(2026, 3, 5), "date"),
        ("门店标签", 1.2345678901234567e17, "too_many_digits"),
        ("上限", 8, "not_for_kind"),
        ("颜色", "red", "unknown_column"),
        ("分值", 5, "column_twice"),
    ],
)
def test_every_cell_that_cannot_be_read_is_named(heading: str, typed: Any, code: str) -> None:
    row = [*ITEMS[1], typed]
    place = "Items!F1" if code in ("unknown_column", "column_twice") else "Items!F2"
    assert faults(Items=items(row, ITEMS[2], further=(heading,))) == [(place, code)]


def test_all_faults_are_named_at_once() -> None:
    rows = items(
        ["卫生", "a", "", "合格判定", "five"],
        ["后厨", "a", "二", "guess", -1],
        ["商品", "b b", "三", "数值", ""],
        ["商品", "c", "四", "单选", 1],
    )
    about = [["编号", "no good"], ["名称", "?"], ["合格线", "high"], ["等级", "A 60, B 90"]]
    assert faults(Checklist=about, Items=rows) == [
        ("Checklist!A2", "unknown_line"),
        ("Checklist!B3", "not_a_number"),
        ("Checklist!B1", "invalid"),
        ("Checklist!A1", "required"),
        ("Items!E2", "not_a_number"),
        ("Items!D3", "not_a_word"),
        ("Items!A3", "unknown_section"),
        ("Checklist!B4", "order"),
        ("Items!C2", "required"),
        ("Items!B3", "twice"),
        ("Items!E3", "invalid"),
        ("Items!B4", "invalid"),
        ("Items!E4", "invalid"),
        ("Items!D5", "invalid"),
    ]


def test_faults_of_other_sheets_are_named_where_they_stand() -> None:
    sections = [*copy.deepcopy(SECTIONS), ["s2", "再来"], ["s4", ""]]
    sections[0] += ["权重", "最少遍数", "检查条件"]
    sections[1] += ["x", "1", ""]
    sections[2] += ["", "", "a > 5"]
    choices = [
        ["检查项编号", "选项编号", "名称（中文）", "得分百分比"],
        ["zz", "k", "n", "1%"],
        ["a", "k", "n", "5%"],
    ]
    pictures = [["检查项编号", "图片SHA-256", "示范"], ["b", "abc", "upside down"]]
    assert set(faults(Sections=sections, Choices=choices, Pictures=pictures)) == {
        ("Sections!C2", "not_a_number"),
        ("Sections!D2", "required"),
        ("Sections!E3", "not_a_condition"),
        ("Sections!A4", "twice"),
        ("Sections!A4", "invalid"),
        ("Sections!A5", "invalid"),
        ("Sections!B5", "required"),
        ("Choices!A2", "unknown_item"),
        ("Choices!A3", "not_for_kind"),
        ("Pictures!B2", "invalid"),
        ("Pictures!C2", "not_a_word"),
    }


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"Checklist": []}, [("Checklist!A1", "required"), ("Checklist!A1", "required")]),
        ({"Items": []}, [("Items!A1", "no_headings")]),
        ({"Items": [["检查大类", "编号"], ["s1", "a"]]}, [("Items!A1", "missing_column")] * 2),
        ({"检查项": ITEMS}, [("Items", "sheet_twice")]),
        ({"Checklist": [*ABOUT, ["Code", "again"]]}, [("Checklist!A3", "twice")]),
        ({"Items": [HEADINGS]}, [("Sections!A2", "invalid"), ("Sections!A3", "invalid")]),
        (
            {"Items": items(["", "a", "一", "合格", 5])},
            [("Items!A2", "required"), ("Sections!A3", "invalid")],
        ),
    ],
)
def test_what_is_missing_or_there_twice(sheets: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(**sheets) == found


def test_too_many_items_are_one_fault() -> None:
    rows = [["卫生", f"k{n}", "文字", "合格", 1] for n in range(501)]
    assert faults(Items=items(*rows)) == [("Items!A502", "too_many")]


def test_no_more_than_200_faults_are_named() -> None:
    rows = [["卫生", f"k {n}", "", "guess", "x"] for n in range(120)]
    assert len(faults(Items=items(*rows))) == 200
