"""Could this person have got there? And was the position a real one?

Between two places where somebody was seen lies a way; faster than 150 km/h it was not done on the road. The
accuracies are taken off first, and short ways are not judged, because positions jump. One person is not in
two stores at a time. A real position never stands quite still: several fixes that agree to a tenth of a
metre over a minute and longer, or the very coordinates of earlier visits, look put in by hand or by an app.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from api.inspections.points import Point
from api.inspections.signals import Signal
from api.stores.geo import distance_m

FASTEST_KM_H = 150
SHORTEST_M = 2_000
TWO_STORES_FOR = timedelta(minutes=5)
STILL_FIXES = 3
STILL_FOR = timedelta(minutes=1)  # a phone that lies still may be told the same network position for a while
STILL_VISITS = 2


@dataclass(frozen=True)
class Stay:
    """Another visit of the same person."""

    inspection_id: uuid.UUID
    store_id: uuid.UUID
    started_at: datetime
    submitted_at: datetime


def impossible_travel(before: Point | None, points: Sequence[Point], after: Point | None) -> list[Signal]:
    """The fastest way between places seen one after the other, when nobody can have gone it."""
    line = [point for point in (before, *points, after) if point is not None]
    ways = [(_speed(one, two), one, two) for one, two in pairwise(sorted(line, key=lambda p: p.at))]
    speed, one, two = max(ways, key=lambda way: way[0], default=(0.0, None, None))
    if one is None or two is None or speed <= FASTEST_KM_H:
        return []
    facts = {
        "km_h": round(speed),
        "km": round(_metres(one, two) / 1000, 1),
        "minutes": round((two.at - one.at).total_seconds() / 60, 1),
        "from": _told(one),
        "to": _told(two),
    }
    return [Signal("impossible_travel", facts, strong=True)]


def _speed(one: Point, two: Point) -> float:
    """In km/h at the least, in favour of the traveller; 0 for ways too short to judge."""
    metres = _metres(one, two) - one.accuracy - two.accuracy
    if metres < SHORTEST_M:
        return 0.0
    return metres * 3.6 / max(1.0, (two.at - one.at).total_seconds())


def _metres(one: Point, two: Point) -> float:
    return distance_m(one.latitude, one.longitude, two.latitude, two.longitude)


def _told(point: Point) -> dict[str, Any]:
    return {"at": point.at, "latitude": point.latitude, "longitude": point.longitude}


def overlapping(
    store_id: uuid.UUID, started_at: datetime, submitted_at: datetime, others: Sequence[Stay]
) -> list[Signal]:
    """Visits of the same person to other stores that took place at the same time."""
    both = [
        (stay, min(submitted_at, stay.submitted_at) - max(started_at, stay.started_at))
        for stay in others
        if stay.store_id != store_id
    ]
    found = [_stay(stay, shared) for stay, shared in both if shared >= TWO_STORES_FOR]
    return [Signal("overlapping_visits", {"visits": found}, strong=True)] if found else []


def _stay(stay: Stay, shared: timedelta) -> dict[str, Any]:
    return {
        "inspection_id": stay.inspection_id,
        "store_id": stay.store_id,
        "started_at": stay.started_at,
        "submitted_at": stay.submitted_at,
        "minutes": round(shared.total_seconds() / 60),
    }


def frozen_position(fixes: Sequence[Point], earlier: Mapping[uuid.UUID, Point]) -> list[Signal]:
    """Fixes that do not move at all, or stand exactly where earlier visits' check-ins stood.

    `fixes` are one visit's, each of another moment; `earlier` are check-ins of the same person by report.
    """
    if not fixes:
        return []
    facts: dict[str, Any] = {}
    span = fixes[-1].at - fixes[0].at
    if len(fixes) >= STILL_FIXES and span >= STILL_FOR and len({fix.spot for fix in fixes}) == 1:
        facts |= {"still": {"fixes": len(fixes), "seconds": round(span.total_seconds())}}
    same = [report for report, point in earlier.items() if point.spot == fixes[0].spot]
    if len(same) >= STILL_VISITS:
        facts |= {"as_before": [{"inspection_id": report, "at": earlier[report].at} for report in same]}
    if not facts:
        return []
    latitude, longitude = fixes[0].spot
    return [Signal("frozen_position", facts | {"latitude": latitude, "longitude": longitude})]
