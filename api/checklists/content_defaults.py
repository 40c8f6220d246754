"""What a checklist means where it says nothing. Versions published before a field existed lack it."""

from collections.abc import Mapping
from typing import Any

FIX_HOURS = {"redline": 24, "key": 72, "general": 168}
GRADES = (
    {"key": "excellent", "name": {"zh": "优", "en": "Excellent"}, "percent": 100},
    {"key": "good", "name": {"zh": "良", "en": "Good"}, "percent": 80},
    {"key": "fair", "name": {"zh": "中", "en": "Fair"}, "percent": 60},
    {"key": "poor", "name": {"zh": "差", "en": "Poor"}, "percent": 0},
)
SCORING: Mapping[str, Any] = {
    "mode": "additive",
    "pass_line": 80,
    "bands": [["A", 90], ["B", 75], ["C", 60], ["D", 0]],
    "redline_policy": "cap",
    "redline_cap": 59,
    "key_cap": "B",
    "key_unrated": 2,
    "bonus_cap": 5,
    "floor_effect": "band",
    "floor_cap": 79,
}
PHOTO: Mapping[str, Any] = {"rule": "none", "min": 0, "max": 5, "camera_only": False}
REPEAT: Mapping[str, Any] = {"min": 1, "max": 20}
APPLIES = ("store_types", "tags", "regions", "dayparts")
_SECTION: Mapping[str, Any] = {"weight": None, "floor": None, "repeat": None, "show_if": None}
_ITEM: Mapping[str, Any] = {
    "guide": None,
    "weight": 1,
    "bonus": False,
    "flag": "general",
    "pass_line": 100,
    "required": True,
    "allow_na": False,
    "note_rule": "none",
    "owner_role": None,
    "show_if": None,
}
_OF_KIND: Mapping[str, Mapping[str, Any]] = {
    "numeric": {"unit": "", "min": None, "max": None, "warn_min": None, "warn_max": None},
    "count": {"step": 1},
    "multiple": {"base": 0},
    "date": {"warn_days": None},
}


def with_defaults(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same checklist with every omitted field filled in. The content must have no faults."""
    scoring = {**SCORING, "bands": [list(band) for band in SCORING["bands"]], **content.get("scoring", {})}
    return {"scoring": scoring, "sections": [_section(section) for section in content["sections"]]}


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    filled = {**_SECTION, **section, "applies": _applies(section)}
    if filled["repeat"] is not None:
        filled["repeat"] = {**REPEAT, **filled["repeat"]}
    return {**filled, "items": [_item(item) for item in section["items"]]}


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = item["kind"]
    filled = {
        **_ITEM,
        "fix_hours": FIX_HOURS[item.get("flag", "general")],
        **_OF_KIND.get(kind, {}),
        **item,
        "photo": {**PHOTO, **item.get("photo", {})},
        "references": [_reference(one) for one in item.get("references", ())],
        "applies": _applies(item),
    }
    if kind == "graded":
        filled.setdefault("grades", [dict(grade) for grade in GRADES])
    elif kind == "barcode":
        filled.setdefault("codes", [])
    return filled


def _reference(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"caption": {"zh": "", "en": ""}, **given}


def _applies(thing: Mapping[str, Any]) -> dict[str, list[str]]:
    given = thing.get("applies", {})
    return {name: list(given.get(name, ())) for name in APPLIES}
