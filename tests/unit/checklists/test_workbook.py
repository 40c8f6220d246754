"""A checklist becomes a workbook and comes back as the same checklist, whatever stands in it."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from api.checklists.content import faults_in, with_defaults
from api.checklists.drafts import ChecklistDraft
from api.checklists.form_csv import from_form_csv
from api.checklists.json_files import BadFile, from_json, to_json
from api.checklists.library import from_library
from api.checklists.workbook_columns import SHEETS
from api.checklists.workbook_faults import BadWorkbook
from api.checklists.workbook_in import from_xlsx
from api.checklists.workbook_out import CannotHold, to_xlsx
from api.checklists.workbook_table import plain_heading
from api.core.config import ROOT
from tests.support.checklists import a_checklist
from tests.support.workbooks import cells_of

LIBRARY = from_library(json.loads((ROOT / "data" / "sop" / "checklists_zh_en.json").read_text("utf-8")))
NASTY = (
    "=1+1",
    "@SUM(A1)",
    "+86 21",
    "-5",
    "007",
    "1e5",
    "TRUE",
    "#N/A",
    "2026-11-25",
    " lead",
    "trail ",
    "two\nlines",
    "two\r\nlines",
    "\ttab",
    "\x00\x01\x1b",
    "_x0041_",
    "_x000D_",
    "https://example.org",
    "<b>&amp;</b>",
    '"quoted", ’quoted‘',
    "检查，“全角”；（Ａ１）",
    "🧊 ice",
    "é",
    "\ufeff",
    "a" * 2000,
)
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40)


def again(content: dict[str, Any], **changes: Any) -> ChecklistDraft:
    draft = ChecklistDraft("A-1", {"zh": "表", "en": ""}, "visit", content)
    return from_xlsx(to_xlsx(ChecklistDraft(**(vars(draft) | changes))))


@pytest.mark.parametrize("draft", LIBRARY, ids=lambda d: str(d.code))
def test_the_library_comes_back_to_the_letter(draft: ChecklistDraft) -> None:
    back = from_xlsx(to_xlsx(draft))
    assert back.content == with_defaults(draft.content)
    assert (back.code, back.name, back.kind) == (draft.code, draft.name, draft.kind)
    assert from_json(json.loads(to_json(draft))) == [draft]


def test_a_form_of_45_items_comes_back() -> None:
    grades = ["Critical"] * 14 + ["Serious"] * 15 + ["Minor"] * 16
    rows = [f'{n},{grade},Part {n % 9},"Item {n}, in words"' for n, grade in enumerate(grades, start=1)]
    draft = from_form_csv("\n".join(["item,severity,section,text", *rows]), "FORM", {"zh": "", "en": "Form"})
    back = from_xlsx(to_xlsx(draft))
    assert back.content == with_defaults(draft.content)
    assert sum(len(section["items"]) for section in back.content["sections"]) == 45


@settings(max_examples=60, deadline=None)
@given(st.integers())
def test_every_checklist_comes_back(seed: int) -> None:
    content = a_checklist(random.Random(seed))
    assert again(content).content == with_defaults(content)
    assert (
        from_json(json.loads(to_json(ChecklistDraft("A", {"zh": "", "en": "A"}, "x", content))))[0].content
        == content
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(), st.data())
def test_every_word_comes_back_to_the_letter(seed: int, data: st.DataObject) -> None:
    words = st.sampled_from(NASTY) | anything
    content = _reworded(a_checklist(random.Random(seed)), lambda: data.draw(words))
    assume(faults_in(content) == [])
    name = {"zh": data.draw(words)[:200], "en": "name"}
    kind = data.draw(words)[:40]
    back = again(content, name=name, kind=kind)
    assert (back.content, back.name, back.kind) == (with_defaults(content), name, kind)


def _reworded(content: dict[str, Any], word: Callable[[], str]) -> dict[str, Any]:
    """The same checklist with other words wherever words are free."""
    content = copy.deepcopy(content)
    for thing in [*content["sections"], *(item for s in content["sections"] for item in s["items"])]:
        for name in ("text", "name", "guide"):
            if name in thing:
                thing[name] = {"zh": word(), "en": word()}
        for name in ("store_types", "tags", "regions"):
            listed = thing.get("applies", {}).get(name)
            if listed:
                thing["applies"][name] = list({word().strip()[:64]: 1 for _ in listed})
        if "codes" in thing:
            thing["codes"] = list({word()[:80]: 1 for _ in range(3)})
        if "unit" in thing:
            thing["unit"] = word()[:20]
        for choice in thing.get("grades", thing.get("choices", [])):
            choice["name"] = {"zh": word(), "en": ""}
        for picture in thing.get("references", []):
            picture["caption"] = {"zh": word(), "en": word()}
        if thing.get("repeat"):
            thing["repeat"]["name"] = {"zh": "", "en": word()}
    bands = list(dict.fromkeys([word()[:10] or "A", "B", "C", "D"]))
    content["scoring"]["bands"] = [[name, 90 - 30 * i] for i, name in enumerate(bands[:3])] + [["Z9", 0]]
    content["scoring"]["key_cap"] = bands[0]
    return content


def test_no_word_is_ever_a_formula() -> None:
    content = _reworded(a_checklist(random.Random(4)), lambda: '=HYPERLINK("http://example.org","x")')
    sheets = cells_of(to_xlsx(ChecklistDraft("A-1", {"zh": "=1+1", "en": "+1"}, "=2", content)))
    found = [cell for rows in sheets.values() for row in rows for cell in row if str(cell).startswith("=")]
    assert len(found) > 20
    assert "=1+1" in found


@pytest.mark.parametrize("number", [0.001, 0.1, 2.675, 33.333, 999.999, 1000, 7])
def test_decimals_are_exact(number: float) -> None:
    content = a_checklist(random.Random(2), plain=True)
    content["sections"][0]["items"][0]["points"] = number
    content["sections"][0]["floor"] = min(number, 100)
    back = again(content).content["sections"][0]
    assert (back["items"][0]["points"], back["floor"]) == (number, min(number, 100))


def test_the_headings_of_each_sheet_are_unlike_each_other() -> None:
    for sheet in SHEETS:
        names = [plain_heading(n) for c in sheet.columns for n in {c.zh, c.en, c.heading}]
        assert len(names) == len(set(names)), sheet.title


def test_a_draft_without_anything_is_a_form_to_fill_in() -> None:
    body = to_xlsx(
        ChecklistDraft("NEW-1", {"zh": "新表", "en": ""}, "visit", {"scoring": {}, "sections": []})
    )
    assert {"Checklist 检查表", "Sections 检查大类", "Items 检查项", "Choices 选项"} < set(cells_of(body))
    with pytest.raises(BadWorkbook) as bad:
        from_xlsx(body)
    assert [(fault.place, fault.code) for fault in bad.value.faults] == [("Sections!A1", "invalid")]


def test_a_draft_with_faults_is_written_and_its_faults_named_when_it_comes_back() -> None:
    broken = {
        "scoring": {"bands": "A to D", "pass_line": "high"},
        "sections": [
            {
                "key": "s 1",
                "name": "words",
                "items": [{"kind": "guess", "points": True, "show_if": {"x": 1}}, {}],
            }
        ],
    }
    body = to_xlsx(ChecklistDraft("BAD-1", {"zh": "", "en": "Bad"}, "visit", broken))
    with pytest.raises(BadWorkbook) as bad:
        from_xlsx(body)
    found = {(fault.place, fault.code) for fault in bad.value.faults}
    assert {
        ("Checklist!B9", "not_bands"),
        ("Checklist!B8", "not_a_number"),
        ("Items!E3", "not_a_word"),
    } <= found


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\ud83d"])
def test_what_a_workbook_cannot_hold_is_refused_and_never_altered(sign: str) -> None:
    content = a_checklist(random.Random(1), plain=True)
    content["sections"][0]["items"][0]["text"] = {"zh": sign, "en": ""}
    with pytest.raises(CannotHold, match="row 3"):
        again(content)


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({}, "/format"),
        ({"format": "rounds-checklist", "version": 2}, "/version"),
        ([{"format": "rounds-checklist", "version": 1}], "/0/code"),
        ([{"format": "rounds-checklist", "version": 1}, 5], "/1/format"),
    ],
)
def test_json_that_is_none_of_ours_is_named_by_pointer(document: Any, pointer: str) -> None:
    with pytest.raises(BadFile) as bad:
        from_json(document)
    assert pointer in {fault.pointer for fault in bad.value.faults}


def test_faults_of_one_checklist_in_a_list_say_which() -> None:
    good = json.loads(to_json(LIBRARY[0]))
    wrong = copy.deepcopy(good) | {"name": {"zh": "", "en": ""}, "colour": 1}
    wrong["content"]["sections"][0]["items"][1]["points"] = -1
    with pytest.raises(BadFile) as bad:
        from_json([good, wrong])
    assert {f.pointer for f in bad.value.faults} == {
        "/1/colour",
        "/1/name",
        "/1/content/sections/0/items/1/points",
    }
    with pytest.raises(BadFile) as twice:
        from_json([good, good])
    assert [(f.pointer, f.code) for f in twice.value.faults] == [("/1/code", "twice")]
