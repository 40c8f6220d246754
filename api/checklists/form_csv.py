"""A checklist from the table of a paper form: item, severity, section, text.

A critical item becomes a redline of 5 points, a serious one a key item of 3, a minor one a general
item of 1. All are pass or fail, with a photo where something is wrong.
"""

from typing import Any

from api.checklists.drafts import ChecklistDraft
from api.core.tables import MAX_FAULTS, BadTable, RowError, read_csv

_WEIGHT = {"critical": ("redline", 5, 24), "serious": ("key", 3, 72), "minor": ("general", 1, 168)}


def from_form_csv(text: str, code: str, name: dict[str, str]) -> ChecklistDraft:
    """The checklist of a form. Raises BadTable naming every bad row."""
    faults: list[RowError] = []
    sections: dict[str, list[dict[str, Any]]] = {}
    seen: dict[str, int] = {}
    for line, cells in read_csv(text, ("item", "severity", "section", "text"), ("text_zh",)):
        wrong = _faults(line, cells, seen)
        faults += wrong
        if not wrong:
            sections.setdefault(cells["section"], []).append(_item(cells))
    if not sections and not faults:
        faults.append(RowError(1, "", "empty", "There is no item in this file."))
    if faults:
        raise BadTable(faults[:MAX_FAULTS])
    content = {
        "scoring": {},
        "sections": [
            {"key": f"s{i}", "name": {"zh": "", "en": title}, "items": items}
            for i, (title, items) in enumerate(sections.items(), start=1)
        ],
    }
    return ChecklistDraft(code=code, name=name, kind="visit", content=content)


def _faults(line: int, cells: dict[str, str], seen: dict[str, int]) -> list[RowError]:
    found = []
    number = cells["item"]
    if not number.isdecimal() or len(number) > 9:
        found.append(RowError(line, "item", "not_a_number", f"{number!r} is not an item number."))
    elif number in seen:
        found.append(RowError(line, "item", "twice", f"Item {number} stands in line {seen[number]} already."))
    seen.setdefault(number, line)
    if cells["severity"].lower() not in _WEIGHT:
        found.append(RowError(line, "severity", "unknown", f"{cells['severity']!r} is not a severity."))
    for name in ("section", "text"):
        if not cells[name]:
            found.append(RowError(line, name, "required", f"The {name} is missing."))
    return found


def _item(cells: dict[str, str]) -> dict[str, Any]:
    flag, points, hours = _WEIGHT[cells["severity"].lower()]
    return {
        "key": f"item-{int(cells['item'])}",
        "text": {"zh": cells["text_zh"], "en": cells["text"]},
        "kind": "pass_fail",
        "points": points,
        "flag": flag,
        "photo": {"rule": "on_fail", "min": 1, "max": 5},
        "allow_na": True,
        "fix_hours": hours,
    }
