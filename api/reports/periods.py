"""Days, weeks and months, and means that are rounded once.

A week begins on Monday and is named by that day; a month is named by its first day's year and month.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Sums:
    """Added up over inspections: `tenths` are tenths of points of those that have a score."""

    tenths: int = 0
    scored: int = 0
    inspections: int = 0
    passed: int = 0
    findings: int = 0
    lowest: int | None = None

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        lows = [low for low in (self.lowest, other.lowest) if low is not None]
        return replace(
            self,
            tenths=self.tenths + other.tenths,
            scored=self.scored + other.scored,
            inspections=self.inspections + other.inspections,
            passed=self.passed + other.passed,
            findings=self.findings + other.findings,
            lowest=min(lows) if lows else None,
        )


def total(parts: Iterable[Sums]) -> Sums:
    """All together."""
    found = Sums()
    for part in parts:
        found = found.plus(part)
    return found


def mean(sums: Sums) -> Decimal | None:
    """The mean score, rounded half-up to 0.1; None when nothing was scored."""
    if not sums.scored:
        return None
    return (Decimal(sums.tenths) / sums.scored / 10).quantize(_TENTH, ROUND_HALF_UP)


def pass_rate(sums: Sums) -> Decimal | None:
    """Passed of those that were scored, in percent, rounded half-up to 0.1."""
    if not sums.scored:
        return None
    return (Decimal(100 * sums.passed) / sums.scored).quantize(_TENTH, ROUND_HALF_UP)


def period_of(day: date, size: str) -> str:
    """The name of the day, week or month that a day lies in."""
    if size == "month":
        return day.isoformat()[:7]
    if size == "week":
        return (day - timedelta(days=day.weekday())).isoformat()
    return day.isoformat()
