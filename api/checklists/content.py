"""What a checklist may hold, and what it means when something is left out.

`faults_in` names every fault by JSON pointer; `with_defaults` fills in what may be omitted, so that
everything after it can rely on every field being there. Domain rules 3 and 4.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

KINDS = ("pass_fail", "graded", "numeric", "count", "date", "text", "photo", "signature")
FLAGS = ("general", "key", "redline")
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
}
MAX_SECTIONS, MAX_ITEMS, MAX_GRADES, MAX_TEXT = 60, 500, 12, 2000
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SECTION = {"key", "name", "weight", "floor", "items"}
_ITEM = {
    "key",
    "text",
    "guide",
    "kind",
    "points",
    "bonus",
    "flag",
    "photo",
    "allow_na",
    "pass_line",
    "fix_hours",
}
_EXTRA = {
    "graded": {"grades"},
    "numeric": {"unit", "min", "max"},
    "count": {"step"},
    "date": {"warn_days"},
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    pointer: str
    code: str
    message: str


def faults_in(content: Any) -> list[Fault]:
    """Everything that is wrong with a checklist; none when it may be kept and published."""
    return list(_content(content))


def _content(content: Any) -> Iterator[Fault]:
    if not isinstance(content, Mapping):
        yield Fault("", "invalid", "A checklist is an object.")
        return
    yield from _unknown("", content, {"scoring", "sections"})
    scoring = content.get("scoring", {})
    yield from _scoring(scoring)
    sections: Any = content.get("sections")
    if not _is_list(sections, 1, MAX_SECTIONS):
        yield Fault("/sections", "invalid", f"A checklist has 1 to {MAX_SECTIONS} sections.")
        return
    section_keys: set[Any] = set()
    item_keys: set[Any] = set()
    weighted = isinstance(scoring, Mapping) and scoring.get("mode") == "section_weighted"
    for i, section in enumerate(sections):
        yield from _section(f"/sections/{i}", section, section_keys, item_keys, weighted)
    if len(item_keys) > MAX_ITEMS:
        yield Fault("/sections", "too_many", f"At most {MAX_ITEMS} items.")


def _scoring(scoring: Any) -> Iterator[Fault]:
    at = "/scoring"
    if not isinstance(scoring, Mapping):
        yield Fault(at, "invalid", "Scoring is an object.")
        return
    yield from _unknown(at, scoring, set(SCORING))
    given = {**SCORING, **scoring}
    yield from _one_of(f"{at}/mode", given["mode"], ("additive", "section_weighted", "deduct"))
    yield from _one_of(f"{at}/redline_policy", given["redline_policy"], ("cap", "zero", "flag"))
    for name in ("pass_line", "redline_cap"):
        yield from _number(f"{at}/{name}", given[name], 0, 100)
    yield from _number(f"{at}/bonus_cap", given["bonus_cap"], 0, 100)
    if not _is_int(given["key_unrated"], 1, 1000):
        yield Fault(f"{at}/key_unrated", "invalid", "A whole number from 1.")
    yield from _bands(f"{at}/bands", given["bands"], given["key_cap"])


def _bands(at: str, bands: Any, key_cap: Any) -> Iterator[Fault]:
    if not _is_list(bands, 1, 10):
        yield Fault(at, "invalid", "1 to 10 bands, each a name and the least score.")
        return
    for i, band in enumerate(bands):
        if not (_is_list(band, 2, 2) and isinstance(band[0], str) and 0 < len(band[0]) <= 10):
            yield Fault(f"{at}/{i}", "invalid", "A band is a short name and its least score.")
            return
        yield from _number(f"{at}/{i}/1", band[1], 0, 100)
        if not _fits(band[1], 0, 100):
            return
    least = [band[1] for band in bands]
    if any(low >= high for high, low in pairwise(least)) or least[-1] != 0:
        yield Fault(at, "order", "Bands go down, and the last one begins at 0.")
    names = [band[0] for band in bands]
    if len(set(names)) != len(names):
        yield Fault(at, "twice", "Two bands have the same name.")
    if key_cap not in names:
        yield Fault("/scoring/key_cap", "unknown", "This is none of the bands.")


def _section(
    at: str, section: Any, section_keys: set[Any], item_keys: set[Any], weighted: bool
) -> Iterator[Fault]:
    if not isinstance(section, Mapping):
        yield Fault(at, "invalid", "A section is an object.")
        return
    yield from _unknown(at, section, _SECTION)
    yield from _key(at, section.get("key"), section_keys)
    yield from _bilingual(f"{at}/name", section.get("name"))
    if weighted or section.get("weight") is not None:
        yield from _number(f"{at}/weight", section.get("weight"), 0, 1000)
    if section.get("floor") is not None:
        yield from _number(f"{at}/floor", section["floor"], 0, 100)
    items: Any = section.get("items")
    if not _is_list(items, 1, MAX_ITEMS):
        yield Fault(f"{at}/items", "invalid", "A section has at least one item.")
        return
    for i, item in enumerate(items):
        yield from _item(f"{at}/items/{i}", item, item_keys)


def _item(at: str, item: Any, keys: set[Any]) -> Iterator[Fault]:
    if not isinstance(item, Mapping):
        yield Fault(at, "invalid", "An item is an object.")
        return
    kind = item.get("kind")
    yield from _one_of(f"{at}/kind", kind, KINDS)
    allowed = _ITEM | _EXTRA.get(kind, set()) if isinstance(kind, str) else _ITEM
    yield from _unknown(at, item, allowed)
    yield from _key(at, item.get("key"), keys)
    yield from _bilingual(f"{at}/text", item.get("text"))
    if item.get("guide") is not None:
        yield from _bilingual(f"{at}/guide", item["guide"])
    yield from _number(f"{at}/points", item.get("points"), 0, 1000)
    yield from _one_of(f"{at}/flag", item.get("flag", "general"), FLAGS)
    yield from _number(f"{at}/pass_line", item.get("pass_line", 100), 0, 100)
    for name in ("bonus", "allow_na"):
        if not isinstance(item.get(name, False), bool):
            yield Fault(f"{at}/{name}", "invalid", "Yes or no.")
    if not _is_int(item.get("fix_hours", 1), 1, 24 * 366):
        yield Fault(f"{at}/fix_hours", "invalid", "Whole hours, from 1 to a year.")
    yield from _photo(f"{at}/photo", item.get("photo", {}))
    yield from _of_kind(at, kind, item)


def _photo(at: str, photo: Any) -> Iterator[Fault]:
    if not isinstance(photo, Mapping):
        yield Fault(at, "invalid", "The photo rule is an object.")
        return
    yield from _unknown(at, photo, {"rule", "min", "max"})
    yield from _one_of(f"{at}/rule", photo.get("rule", "none"), ("none", "on_fail", "always"))
    least, most = photo.get("min", 0), photo.get("max", 5)
    if not _is_int(least, 0, 20) or not _is_int(most, 1, 20) or least > most:
        yield Fault(at, "invalid", "Photos: from 0 to 20, and the least not above the most.")


def _of_kind(at: str, kind: Any, item: Mapping[str, Any]) -> Iterator[Fault]:
    if kind == "graded" and "grades" in item:
        yield from _grades(f"{at}/grades", item["grades"])
    elif kind == "numeric":
        yield from _limits(at, item)
    elif kind == "count" and "step" in item:
        yield from _number(f"{at}/step", item["step"], Decimal("0.001"), 1000)
    elif kind == "date" and item.get("warn_days") is not None and not _is_int(item["warn_days"], 0, 3660):
        yield Fault(f"{at}/warn_days", "invalid", "Whole days, up to ten years.")


def _grades(at: str, grades: Any) -> Iterator[Fault]:
    if not _is_list(grades, 2, MAX_GRADES):
        yield Fault(at, "invalid", f"2 to {MAX_GRADES} grades.")
        return
    keys: set[Any] = set()
    for i, grade in enumerate(grades):
        if not isinstance(grade, Mapping):
            yield Fault(f"{at}/{i}", "invalid", "A grade is an object.")
            continue
        yield from _unknown(f"{at}/{i}", grade, {"key", "name", "percent"})
        yield from _key(f"{at}/{i}", grade.get("key"), keys)
        yield from _bilingual(f"{at}/{i}/name", grade.get("name"))
        yield from _number(f"{at}/{i}/percent", grade.get("percent"), 0, 100)


def _limits(at: str, item: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(item.get("unit", ""), str) or len(item.get("unit", "")) > 20:
        yield Fault(f"{at}/unit", "invalid", "A unit has at most 20 characters.")
    low: Any = item.get("min")
    high: Any = item.get("max")
    for name, value in (("min", low), ("max", high)):
        if value is not None:
            yield from _number(f"{at}/{name}", value, -1_000_000, 1_000_000)
    if _is_number(low) and _is_number(high) and low > high:
        yield Fault(f"{at}/min", "order", "The lower limit is above the upper one.")


def _unknown(at: str, given: Mapping[Any, Any], known: set[str]) -> Iterator[Fault]:
    for name in given:
        if name not in known:
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield Fault(f"{at}/{step}", "unknown_field", "This field is not known here.")


def _key(at: str, key: Any, seen: set[Any]) -> Iterator[Fault]:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        yield Fault(f"{at}/key", "invalid", "A key begins with a letter or digit; then also . _ -; up to 64.")
        return
    if key in seen:
        yield Fault(f"{at}/key", "twice", f"The key {key} is used twice.")
    seen.add(key)


def _bilingual(at: str, text: Any) -> Iterator[Fault]:
    if not isinstance(text, Mapping) or set(text) != {"zh", "en"}:
        yield Fault(at, "invalid", "A text is an object with zh and en.")
    elif not all(isinstance(text[name], str) and len(text[name]) <= MAX_TEXT for name in ("zh", "en")):
        yield Fault(at, "too_long", f"At most {MAX_TEXT} characters in each language.")
    elif not text["zh"].strip() and not text["en"].strip():
        yield Fault(at, "required", "The text is missing in both languages.")


def _number(at: str, value: Any, low: Any, high: Any) -> Iterator[Fault]:
    if not _fits(value, low, high):
        yield Fault(at, "invalid", f"A number from {low} to {high} with at most three decimals.")


def _fits(value: Any, low: Any, high: Any) -> bool:
    if not _is_number(value):
        return False
    number = Decimal(str(value))
    return bool(low <= number <= high) and number == round(number, 3)


def _one_of(at: str, value: Any, choices: Sequence[str]) -> Iterator[Fault]:
    if not isinstance(value, str) or value not in choices:
        yield Fault(at, "invalid", f"One of {', '.join(choices)}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_int(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_list(value: Any, least: int, most: int) -> bool:
    return isinstance(value, list | tuple) and least <= len(value) <= most


def with_defaults(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same checklist with every omitted field filled in. The content must have no faults."""
    return {
        "scoring": {**SCORING, **content.get("scoring", {})},
        "sections": [
            {"weight": None, "floor": None, **section, "items": [_filled(i) for i in section["items"]]}
            for section in content["sections"]
        ],
    }


def _filled(item: Mapping[str, Any]) -> dict[str, Any]:
    flag = item.get("flag", "general")
    kind = item["kind"]
    defaults: dict[str, Any] = {
        "guide": None,
        "bonus": False,
        "flag": flag,
        "allow_na": False,
        "pass_line": 100,
        "fix_hours": FIX_HOURS[flag],
    }
    if kind == "graded":
        defaults["grades"] = [dict(grade) for grade in GRADES]
    elif kind == "numeric":
        defaults |= {"unit": "", "min": None, "max": None}
    elif kind == "count":
        defaults["step"] = 1
    elif kind == "date":
        defaults["warn_days"] = None
    photo = {"rule": "none", "min": 0, "max": 5, **item.get("photo", {})}
    return {**defaults, **item, "photo": photo}
