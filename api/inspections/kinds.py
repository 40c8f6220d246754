"""How each kind of item turns an answer into a result and points.

Graded items and choices earn a share of the points, counted faults take points off, measures are held
against limits. What cannot be read is no answer at all. docs/checklist-format.md has the table of kinds.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

_NONE = Decimal(0)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GIVEN_BY_INSPECTOR = ("pass", "fail")
# What counts as blank to Python, to JavaScript, or to both.
_BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)


class Share(NamedTuple):
    """What an answer is worth; `percent` is there where points hang on one, also when there are no points."""

    result: str
    earned: Decimal
    warning: bool = False
    percent: Decimal | None = None


def exact(number: Any) -> Decimal:
    """A JSON number as the decimal that reads the same."""
    return Decimal(str(number))


def is_number(value: Any) -> bool:
    """True for a finite JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def trimmed(value: Any) -> str:
    """A text without blanks around it; empty when it is no text."""
    return value.strip(_BLANK) if isinstance(value, str) else ""


def has_limits(item: Mapping[str, Any]) -> bool:
    """True when a number alone decides."""
    return item.get("min") is not None or item.get("max") is not None


def read_date(value: Any) -> date | None:
    """A day written YYYY-MM-DD, else None."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


_WRONG = Share("fail", _NONE)


def _right(points: Decimal) -> Share:
    return Share("pass", points)


def share_of(
    item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal, on_date: date
) -> Share | None:
    """Result, earned points and warning of an answer; None when it cannot be read."""
    if item["kind"] == "date":
        return _dated(item, answer.get("value"), points, on_date)
    return _BY_KIND[item["kind"]](item, answer, points)


def _as_given(_: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    result = answer.get("result")
    if result not in _GIVEN_BY_INSPECTOR:
        return None
    return _right(points) if result == "pass" else _WRONG


def _by_percent(percent: Decimal, points: Decimal) -> Share:
    if percent >= 100:
        return _right(points)
    return _WRONG if percent <= 0 else Share("partial", points * percent / 100, percent=percent)


def _percents(choices: Any) -> dict[str, Decimal]:
    return {choice["key"]: exact(choice["percent"]) for choice in choices or ()}


def _one_of(name: str) -> Callable[[Mapping[str, Any], Mapping[str, Any], Decimal], Share | None]:
    def chosen(item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
        value = answer.get("value")
        percent = _percents(item.get(name)).get(value) if isinstance(value, str) else None
        return None if percent is None else _by_percent(percent, points)

    return chosen


def _any_of(item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    value, percents = answer.get("value"), _percents(item.get("choices"))
    if not isinstance(value, list | tuple) or not all(isinstance(key, str) for key in value):
        return None
    if len(set(value)) != len(value) or not percents.keys() >= set(value):
        return None
    return _by_percent(sum((percents[key] for key in value), exact(item.get("base") or 0)), points)


def _measured(item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    value = answer.get("value")
    if not is_number(value):
        return None
    if not has_limits(item) and answer.get("result") != "pass":
        return _as_given(item, answer, points)
    if not _within(value, item.get("min"), item.get("max")):
        return _WRONG
    return Share("pass", points, not _within(value, item.get("warn_min"), item.get("warn_max")))


def _within(value: Any, low: Any, high: Any) -> bool:
    number = exact(value)
    return (low is None or number >= exact(low)) and (high is None or number <= exact(high))


def _counted(item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    value: Any = answer.get("value")
    if not is_number(value) or value < 0 or value != int(value):
        return None
    if value == 0:
        return _right(points)
    step = exact(item["step"]) if item.get("step") is not None else points
    earned = max(_NONE, points - exact(value) * step)
    return Share("partial", earned) if earned > 0 else _WRONG


def _dated(item: Mapping[str, Any], value: Any, points: Decimal, on_date: date) -> Share | None:
    day = read_date(value)
    if day is None:
        return None
    if day < on_date:
        return _WRONG
    warn_days = item.get("warn_days")
    return Share("pass", points, warn_days is not None and day - on_date <= timedelta(days=int(warn_days)))


def _written(_: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    return _right(points) if trimmed(answer.get("value")) else None


def _scanned(item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    code, expected = trimmed(answer.get("value")), item.get("codes")
    if not code:
        return None
    return _WRONG if expected and code not in expected else _right(points)


def _pictured(_: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal) -> Share | None:
    return _right(points) if answer.get("photos") else None


_BY_KIND: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], Decimal], Share | None]] = {
    "pass_fail": _as_given,
    "graded": _one_of("grades"),
    "single": _one_of("choices"),
    "multiple": _any_of,
    "numeric": _measured,
    "count": _counted,
    "text": _written,
    "barcode": _scanned,
    "photo": _pictured,
    "signature": _pictured,
}
