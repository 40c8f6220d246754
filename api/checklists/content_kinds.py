"""What each kind of item has of its own: grades, choices, limits, steps, days, codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.checklists import content_checks as check
from api.checklists.content_checks import Fault

FIELDS_OF_KIND: Mapping[str, set[str]] = {
    "pass_fail": set(),
    "graded": {"grades"},
    "numeric": {"unit", "min", "max", "warn_min", "warn_max"},
    "count": {"step"},
    "single": {"choices"},
    "multiple": {"choices", "base"},
    "date": {"warn_days"},
    "text": set(),
    "photo": set(),
    "signature": set(),
    "barcode": {"codes"},
}
KINDS = tuple(FIELDS_OF_KIND)
MAX_GRADES, MAX_CHOICES, MAX_CODES, MAX_CODE = 12, 30, 200, 80
_LIMIT = 1_000_000


def kind_faults(at: str, kind: Any, item: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the fields that only this kind has."""
    if kind == "graded" and "grades" in item:
        yield from _choices(f"{at}/grades", item["grades"], (2, MAX_GRADES), (0, 100))
    elif kind == "single":
        yield from _choices(f"{at}/choices", item.get("choices"), (2, MAX_CHOICES), (0, 100))
    elif kind == "multiple":
        yield from _choices(f"{at}/choices", item.get("choices"), (1, MAX_CHOICES), (-100, 100))
        yield from check.number(f"{at}/base", item.get("base", 0), -100, 100)
    elif kind == "numeric":
        yield from _limits(at, item)
    elif kind == "count":
        yield from check.number(f"{at}/step", item.get("step", 1), 0.001, 1000)
    elif kind == "date" and item.get("warn_days") is not None:
        if not check.is_int(item["warn_days"], 0, 3660):
            yield Fault(f"{at}/warn_days", "invalid", "Whole days, up to ten years.")
    elif kind == "barcode":
        yield from check.words(f"{at}/codes", item.get("codes", []), MAX_CODES, MAX_CODE)


def _choices(at: str, choices: Any, length: tuple[int, int], percent: tuple[int, int]) -> Iterator[Fault]:
    if not check.is_list(choices, *length):
        yield Fault(
            at, "invalid", f"{length[0]} to {length[1]} of them, each with a key, a name and a percent."
        )
        return
    keys: set[str] = set()
    for i, one in enumerate(choices):
        if not isinstance(one, Mapping):
            yield Fault(f"{at}/{i}", "invalid", "An object with key, name and percent.")
            continue
        yield from check.unknown_fields(f"{at}/{i}", one, {"key", "name", "percent"})
        yield from check.key(f"{at}/{i}", one.get("key"), keys)
        yield from check.text(f"{at}/{i}/name", one.get("name"))
        yield from check.number(f"{at}/{i}/percent", one.get("percent"), *percent)


def _limits(at: str, item: Mapping[str, Any]) -> Iterator[Fault]:
    unit = item.get("unit", "")
    if not isinstance(unit, str) or len(unit) > 20:
        yield Fault(f"{at}/unit", "invalid", "A unit has at most 20 characters.")
    given = {name: item.get(name) for name in ("min", "max", "warn_min", "warn_max")}
    for name, value in given.items():
        if value is not None:
            yield from check.number(f"{at}/{name}", value, -_LIMIT, _LIMIT)
    low, high, warn_low, warn_high = given.values()
    yield from check.order(f"{at}/min", low, high, "The lower limit is above the upper one.")
    yield from _warning_band(at, low, high, warn_low, warn_high)


def _warning_band(at: str, low: Any, high: Any, warn_low: Any, warn_high: Any) -> Iterator[Fault]:
    """The band lies inside the limits, as far as there are some."""
    yield from check.order(f"{at}/warn_min", warn_low, warn_high, "The warning band ends before it begins.")
    outside = "The warning band lies outside the limits."
    for name, value in (("warn_min", warn_low), ("warn_max", warn_high)):
        for lower, upper in ((low, value), (value, high)):
            yield from check.order(f"{at}/{name}", lower, upper, outside)
