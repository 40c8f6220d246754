"""What makes a reviewer look twice. A flag never refuses a report: it sends it to review.

Seen are: a check-in outside the store's fence, no position at all, a visit finished after the due time,
a clock that cannot be right, a visit that had been called off, answers given faster than anybody can
look, and a phone that knew another store than the server does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.stores.geo import is_inside

CLOCK_SLACK = timedelta(minutes=5)
FASTEST_ITEM = timedelta(seconds=2)
ENOUGH_ITEMS = 10


@dataclass(frozen=True)
class VisitFacts:
    """What was asked for."""

    due_at: datetime
    state: str
    assignee_is_inspector: bool


@dataclass(frozen=True)
class Arrival:
    """What arrived, and when. `distance` is None when the store has no point or no fix was taken.

    `finished_at` is what the phone says of `submitted_at`, as far as it can be believed (plans/lateness.py).
    """

    started_at: datetime
    submitted_at: datetime
    finished_at: datetime
    received_at: datetime
    items: int
    has_position: bool
    distance: float | None
    accuracy: float | None
    fence_m: int
    store_differs: bool = False


def flags(arrival: Arrival, visit: VisitFacts | None, *, visit_unknown: bool) -> list[str]:
    """The flags, sorted."""
    found = set(_of_place(arrival)) | set(_of_time(arrival))
    if visit_unknown:
        found.add("visit_unknown")
    if arrival.store_differs:
        found.add("store_differs")
    if visit is not None:
        if arrival.finished_at > visit.due_at:
            found.add("late")
        if visit.state in ("cancelled", "excused"):
            found.add("visit_called_off")
        if not visit.assignee_is_inspector:
            found.add("not_assignee")
    return sorted(found)


def _of_place(arrival: Arrival) -> Sequence[str]:
    if not arrival.has_position:
        return ["no_position"]
    if arrival.distance is not None and not is_inside(arrival.distance, arrival.accuracy, arrival.fence_m):
        return ["outside_fence"]
    return []


def _of_time(arrival: Arrival) -> Sequence[str]:
    found = []
    backwards = arrival.submitted_at < arrival.started_at
    if backwards or arrival.submitted_at > arrival.received_at + CLOCK_SLACK:
        found.append("clock_wrong")
    spent = arrival.submitted_at - arrival.started_at
    if arrival.items >= ENOUGH_ITEMS and spent < FASTEST_ITEM * arrival.items:
        found.append("too_fast")
    return found
