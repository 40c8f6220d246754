"""How long a visit took, answer by answer and in all, and whether the answers look like answers.

Nobody judges an item in less than a second, ten times on end. A visit that took longer than a working day
was most likely left open. Answers that are all alike, or mostly "not applicable", may be right, and are worth
a look.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from api.inspections.signals import Signal

ENOUGH_ITEMS = 10
FASTEST_ITEM = timedelta(seconds=2)
FASTEST_ANSWER_S = 1.0
LONGEST = timedelta(hours=8)
MOST_NA_PERCENT = 50


@dataclass(frozen=True)
class Given:
    """When an item was first answered, and how it was judged."""

    answered_at: datetime
    result: str


def of_pace(started_at: datetime, submitted_at: datetime, answers: Sequence[Given]) -> list[Signal]:
    """What is odd about the times and the sameness of answers."""
    spent = submitted_at - started_at
    found = []
    if spent > LONGEST:
        found.append(Signal("too_long", {"seconds": _seconds(spent), "limit_seconds": _seconds(LONGEST)}))
    if len(answers) < ENOUGH_ITEMS:
        return found
    gap = median(_gaps(answers))
    quick = gap < FASTEST_ANSWER_S
    limit = FASTEST_ITEM * len(answers)
    if spent < limit or quick:
        facts: dict[str, Any] = {
            "items": len(answers),
            "seconds": _seconds(spent),
            "limit_seconds": _seconds(limit),
        }
        found.append(Signal("too_fast", facts | {"median_seconds": round(gap, 2)}))
    result, alike = Counter(answer.result for answer in answers).most_common(1)[0]
    if quick and alike == len(answers):
        facts = {"items": alike, "result": result, "median_seconds": round(gap, 2)}
        found.append(Signal("answers_alike", facts))
    return [*found, *_mostly_na(answers)]


def _gaps(answers: Sequence[Given]) -> list[float]:
    moments = sorted(answer.answered_at for answer in answers)
    return [(later - sooner).total_seconds() for sooner, later in pairwise(moments)]


def _mostly_na(answers: Sequence[Given]) -> list[Signal]:
    left_out = sum(answer.result == "na" for answer in answers)
    if 100 * left_out < MOST_NA_PERCENT * len(answers):
        return []
    return [Signal("many_na", {"items": len(answers), "na": left_out})]


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())
