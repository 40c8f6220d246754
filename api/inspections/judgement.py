"""Judging one answer: is it right, how many points does it earn, and is it a finding?

A finding is an item that failed, or one that earned only a part below its own pass line; it becomes
a rectification task. "Not applicable" and "could not be checked" earn nothing and cost nothing.
Points are exact decimals, before the item's weight; a bonus item can add points but is never a
finding. Domain rules 3 and 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from api.inspections.kinds import Share, exact, is_number, share_of

__all__ = ["SET_ASIDE", "UNANSWERED", "Judgement", "exact", "is_number", "judge"]
SET_ASIDE = ("na", "cannot_check")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`result` is pass, fail, partial, na, cannot_check or unanswered; points are None when set aside."""

    result: str
    max: Decimal | None = None
    earned: Decimal | None = None
    finding: bool = False
    warning: bool = False


UNANSWERED = Judgement("unanswered")


def judge(item: Mapping[str, Any], answer: Mapping[str, Any] | None, on_date: date) -> Judgement:
    """The judgement of an answer on the day of the visit; `unanswered` when it cannot be read."""
    if answer is None:
        return UNANSWERED
    if answer.get("result") in SET_ASIDE:
        return Judgement(str(answer["result"]))
    points = exact(item["points"])
    share = share_of(item, answer, points, on_date)
    if share is None:
        return UNANSWERED
    wrong = share.result == "fail" or (share.result == "partial" and _is_below(item, share, points))
    return Judgement(share.result, points, share.earned, wrong and not item.get("bonus"), share.warning)


def _is_below(item: Mapping[str, Any], share: Share, points: Decimal) -> bool:
    line = exact(item["pass_line"])
    return share.percent < line if share.percent is not None else share.earned * 100 < points * line
