"""What makes a reviewer look twice at where and when a visit took place, and for whom it was.

Told are a check-in outside the store's fence, no position at all, a visit finished after the due time, one
that had been called off or was somebody else's, and a phone that knew another store than the server does.
"""

from dataclasses import dataclass
from datetime import datetime

from api.inspections.signals import Signal
from api.stores.geo import is_inside


@dataclass(frozen=True)
class VisitFacts:
    """What was asked for."""

    due_at: datetime
    state: str
    assignee_is_inspector: bool


@dataclass(frozen=True)
class Arrival:
    """Where and when. `distance` is None when the store has no point or no fix was taken.

    `finished_at` is what the phone says of `submitted_at`, as far as it can be believed (plans/lateness.py).
    """

    finished_at: datetime
    has_position: bool
    distance: float | None
    accuracy: float | None
    fence_m: int
    reason: str = ""
    store_differs: bool = False


def of_arrival(arrival: Arrival, visit: VisitFacts | None, *, visit_unknown: bool) -> list[Signal]:
    """What is odd about the place, the due time and the visit."""
    found = _of_place(arrival)
    if visit_unknown:
        found.append(Signal("visit_unknown"))
    if arrival.store_differs:
        found.append(Signal("store_differs"))
    return [*found, *_of_visit(arrival, visit)] if visit else found


def _of_place(arrival: Arrival) -> list[Signal]:
    if not arrival.has_position:
        return [Signal("no_position", {"reason": arrival.reason})]
    if arrival.distance is None or is_inside(arrival.distance, arrival.accuracy, arrival.fence_m):
        return []
    facts = {
        "metres": round(arrival.distance),
        "accuracy": None if arrival.accuracy is None else round(arrival.accuracy),
        "fence": arrival.fence_m,
        "reason": arrival.reason,
    }
    return [Signal("outside_fence", facts)]


def _of_visit(arrival: Arrival, visit: VisitFacts) -> list[Signal]:
    found = []
    if arrival.finished_at > visit.due_at:
        late = arrival.finished_at - visit.due_at
        facts = {"due_at": visit.due_at, "finished_at": arrival.finished_at}
        found.append(Signal("late", facts | {"seconds": round(late.total_seconds())}))
    if visit.state in ("cancelled", "excused"):
        found.append(Signal("visit_called_off", {"state": visit.state}))
    if not visit.assignee_is_inspector:
        found.append(Signal("not_assignee"))
    return found
