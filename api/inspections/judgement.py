"""Judging one answer: is it right, how many points does it earn, and is it a finding?

A finding is an item that failed, or one that earned only a part below its own pass line; it becomes
a rectification task. "Not applicable" and "could not be checked" earn nothing and cost nothing.
Points are exact decimals; a bonus item can add points but is never a finding. Domain rules 3 and 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

SET_ASIDE = ("na", "cannot_check")
_GIVEN_BY_INSPECTOR = ("pass", "fail")


@dataclass(frozen=True)
class Judgement:
    """`result` is pass, fail, partial, na, cannot_check or unanswered; points are None when set aside."""

    result: str
    max: Decimal | None = None
    earned: Decimal | None = None
    finding: bool = False
    warning: bool = False


UNANSWERED = Judgement("unanswered")


def exact(number: Any) -> Decimal:
    """A JSON number as the decimal that reads the same."""
    return Decimal(str(number))


def is_number(value: Any) -> bool:
    """True for a JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def judge(item: Mapping[str, Any], answer: Mapping[str, Any] | None, on_date: date) -> Judgement:
    """The judgement of an answer on the day of the visit; `unanswered` when it cannot be read."""
    if answer is None:
        return UNANSWERED
    if answer.get("result") in SET_ASIDE:
        return Judgement(str(answer["result"]))
    share_and_warning = _share(item, answer, on_date)
    if share_and_warning is None:
        return UNANSWERED
    result, earned, warning = share_and_warning
    points = exact(item["points"])
    finding = not item.get("bonus") and (result == "fail" or (result == "partial" and _below(item, earned)))
    return Judgement(result, points, earned, finding, warning)


def _below(item: Mapping[str, Any], earned: Decimal) -> bool:
    return earned * 100 < exact(item["points"]) * exact(item["pass_line"])


def _share(
    item: Mapping[str, Any], answer: Mapping[str, Any], on_date: date
) -> tuple[str, Decimal, bool] | None:
    """Result, earned points and warning; None when there is no readable answer."""
    kind, points, value = item["kind"], exact(item["points"]), answer.get("value")
    if kind == "pass_fail":
        return _as_given(answer, points)
    if kind == "graded":
        return _graded(item, value, points)
    if kind == "numeric":
        return _numeric(item, answer, points)
    if kind == "count":
        return _counted(item, value, points)
    if kind == "date":
        return _dated(item, value, points, on_date)
    if kind == "text":
        return ("pass", points, False) if isinstance(value, str) and value.strip() else None
    return ("pass", points, False) if answer.get("photos") else None


def _as_given(answer: Mapping[str, Any], points: Decimal) -> tuple[str, Decimal, bool] | None:
    result = answer.get("result")
    if result not in _GIVEN_BY_INSPECTOR:
        return None
    return str(result), points if result == "pass" else Decimal(0), False


def _graded(item: Mapping[str, Any], value: Any, points: Decimal) -> tuple[str, Decimal, bool] | None:
    percents = {grade["key"]: exact(grade["percent"]) for grade in item.get("grades") or ()}
    if not isinstance(value, str) or value not in percents:
        return None
    percent = percents[value]
    return _by_percent(percent), points * percent / 100, False


def _by_percent(percent: Decimal) -> str:
    if percent >= 100:
        return "pass"
    return "fail" if percent <= 0 else "partial"


def has_limits(item: Mapping[str, Any]) -> bool:
    """True when a number alone decides."""
    return item.get("min") is not None or item.get("max") is not None


def _numeric(
    item: Mapping[str, Any], answer: Mapping[str, Any], points: Decimal
) -> tuple[str, Decimal, bool] | None:
    value = answer.get("value")
    if not is_number(value):
        return None
    if not has_limits(item):
        return _as_given(answer, points)
    low, high = item.get("min"), item.get("max")
    inside = (low is None or exact(value) >= exact(low)) and (high is None or exact(value) <= exact(high))
    return ("pass", points, False) if inside else ("fail", Decimal(0), False)


def _counted(item: Mapping[str, Any], value: Any, points: Decimal) -> tuple[str, Decimal, bool] | None:
    if not is_number(value) or value < 0 or value != int(value):
        return None
    if value == 0:
        return "pass", points, False
    step = exact(item["step"]) if item.get("step") is not None else points
    earned = max(Decimal(0), points - exact(value) * step)
    return ("partial" if earned > 0 else "fail"), earned, False


def read_date(value: Any) -> date | None:
    """A day written YYYY-MM-DD, else None."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _dated(
    item: Mapping[str, Any], value: Any, points: Decimal, on_date: date
) -> tuple[str, Decimal, bool] | None:
    day = read_date(value)
    if day is None:
        return None
    if day < on_date:
        return "fail", Decimal(0), False
    warn_days = item.get("warn_days")
    warning = warn_days is not None and day - on_date <= timedelta(days=int(warn_days))
    return "pass", points, warning
