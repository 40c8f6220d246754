"""Until when something must be put right, and how pressing it is.

A redline item has a day, a key item three, everything else a week, unless the checklist says
otherwise. A task is due soon when a quarter of its time or 24 hours are left, whichever is shorter.
Domain rules 7.
"""

from datetime import datetime, timedelta

FIX_HOURS = {"redline": 24, "key": 72, "general": 168}
_SEVERITY = {"general": 1, "key": 2, "redline": 3}
HIGHEST = 4
_LAST_STRETCH = timedelta(hours=24)


def due_at(flag: str, fix_hours: int | None, created_at: datetime) -> datetime:
    """When a task created then is due."""
    return created_at + timedelta(hours=fix_hours if fix_hours is not None else FIX_HOURS[flag])


def sla(now: datetime, created_at: datetime, due: datetime) -> str:
    """normal, due_soon or overdue; computed, never stored."""
    if now > due:
        return "overdue"
    stretch = min((due - created_at) / 4, _LAST_STRETCH)
    return "due_soon" if due - now <= stretch else "normal"


def severity(flag: str, repeats: int) -> int:
    """1 to 4: by the flag, one step up for every repeat."""
    return min(HIGHEST, _SEVERITY[flag] + repeats)
