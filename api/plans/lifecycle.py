"""What may become of a visit.

A visit is scheduled until somebody begins it, submits its inspection, a manager excuses or cancels it, or
its time runs out. A missed one can still be excused or moved to another time, once, and an inspection that
was begun in time may still arrive for it. A moved visit keeps its record: a missed one stays missed, an open
one is excused, and a new visit takes its place. Domain rules 5.
"""

from datetime import datetime, timedelta

_MOVES: dict[tuple[str, str], str] = {
    ("scheduled", "start"): "in_progress",
    ("scheduled", "cancel"): "cancelled",
    ("in_progress", "cancel"): "cancelled",
    ("scheduled", "excuse"): "excused",
    ("missed", "excuse"): "excused",
    ("scheduled", "reschedule"): "excused",
    ("in_progress", "reschedule"): "excused",
    ("missed", "reschedule"): "missed",
    ("scheduled", "reassign"): "scheduled",
    ("in_progress", "reassign"): "scheduled",
}
ACTIONS = ("start", "cancel", "excuse", "reschedule", "reassign")
NEEDS_MANAGER = frozenset({"excuse", "reschedule", "reassign"})
OPEN = ("scheduled", "in_progress")
BEGUN_GRACE = timedelta(hours=12)


def after(state: str, action: str, *, settled: bool = False) -> str | None:
    """The state after an action, or None when it cannot be done: in this state, or after it was settled."""
    return None if settled else _MOVES.get((state, action))


def handed_in(state: str, started_at: datetime, missed_at: datetime) -> str:
    """The state once the first report has come: what was begun too late is no longer done by it."""
    if state in ("cancelled", "excused"):
        return state
    return "submitted" if started_at < missed_at else "missed"


def is_late(state: str, finished_at: datetime | None, due_at: datetime) -> bool:
    """Handed in, but finished after it was due."""
    return state == "submitted" and finished_at is not None and finished_at > due_at


def is_overdue(state: str, due_at: datetime, now: datetime) -> bool:
    """Still open after it was due."""
    return state in OPEN and now > due_at


def is_upcoming(state: str, opens_at: datetime, now: datetime) -> bool:
    """Opens later, and nobody has begun it."""
    return state == "scheduled" and now < opens_at
