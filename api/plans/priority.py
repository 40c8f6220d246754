"""Which store needs a visit most, and why?

Points with named parts, so that everybody sees the reason: how long ago the last visit was against what the
store's level allows, how it went, what is still open, what failed again, and what customers said. The
supervisor has the last word. docs/plans.md has the table.
"""

from datetime import date
from typing import NamedTuple

ALLOWED_DAYS = {"A": 14, "B": 30}
OTHER_DAYS = 60
BANDS = {"A": 0, "B": 3, "C": 10, "D": 20}
UNRATED = 20
URGENT, SOON = 60, 30


class StoreFacts(NamedTuple):
    """What is known of a store today. `band` is None when the last report was not rated."""

    level: str
    last_visit: date | None
    band: str | None
    scored: bool
    open_redlines: int
    repeats: int
    overdue: int
    complaints: int


class Part(NamedTuple):
    """One reason: its name, its points, and the number behind it."""

    part: str
    points: int
    fact: int | str


class Priority(NamedTuple):
    """The sum of the parts, highest part first."""

    points: int
    parts: tuple[Part, ...]

    @property
    def urgency(self) -> str:
        """urgent, soon or routine."""
        return "urgent" if self.points >= URGENT else "soon" if self.points >= SOON else "routine"


def priority(facts: StoreFacts, today: date) -> Priority:
    """The priority of a store today; parts without points are left out."""
    found = [_waiting(facts, today), *_last_report(facts), *_open_things(facts)]
    parts = [part for part in found if part.points]
    parts.sort(key=lambda p: (-p.points, p.part))
    return Priority(sum(p.points for p in parts), tuple(parts))


def _waiting(facts: StoreFacts, today: date) -> Part:
    if facts.last_visit is None:
        return Part("never", 40, 0)
    days = max(0, (today - facts.last_visit).days)
    allowed = ALLOWED_DAYS.get(facts.level.strip().upper(), OTHER_DAYS)
    return Part("waiting", min(40, days * 20 // allowed), days)


def _last_report(facts: StoreFacts) -> list[Part]:
    if facts.last_visit is None or not facts.scored:
        return []
    if facts.band is None:
        return [Part("band", UNRATED, "unrated")]
    return [Part("band", BANDS.get(facts.band, 0), facts.band)]


def _open_things(facts: StoreFacts) -> list[Part]:
    counts = (
        ("redline", facts.open_redlines, 15, 30),
        ("repeats", facts.repeats, 5, 15),
        ("overdue", facts.overdue, 3, 15),
        ("complaints", facts.complaints, 5, 15),
    )
    return [Part(name, min(most, each * count), count) for name, count, each, most in counts if count]
