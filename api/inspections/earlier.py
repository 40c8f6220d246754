"""What one person's other reports say of where they were, shortly before, after and meanwhile."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.core.db import db
from api.inspections import points
from api.inspections.models import Inspection
from api.inspections.points import Point
from api.inspections.travel import Stay

BEFORE = 3
AFTER = 1
WITHIN = timedelta(days=14)
LONGEST_STAY = timedelta(days=1)


@dataclass(frozen=True)
class Earlier:
    """Another report with its document as it was sent."""

    inspection_id: uuid.UUID
    document: Mapping[str, Any]


def around(
    inspector_id: uuid.UUID, inspection_id: uuid.UUID, started_at: datetime
) -> tuple[list[Earlier], list[Earlier]]:
    """The last three reports of a person that were begun before this one, and the next one after it."""
    mine = (Inspection.inspector_id == inspector_id, Inspection.id != inspection_id)
    began = Inspection.started_at
    before = sa.select(Inspection.id, Inspection.content_text).where(
        *mine, began <= started_at, began > started_at - WITHIN
    )
    after = sa.select(Inspection.id, Inspection.content_text).where(
        *mine, began > started_at, began < started_at + WITHIN
    )
    return (
        _read(before.order_by(began.desc(), Inspection.id).limit(BEFORE)),
        _read(after.order_by(began, Inspection.id).limit(AFTER)),
    )


def _read(query: sa.Select[uuid.UUID, str]) -> list[Earlier]:
    return [Earlier(row[0], json.loads(row[1])) for row in db.session.execute(query)]


def stays_during(inspector_id: uuid.UUID, started_at: datetime, submitted_at: datetime) -> list[Stay]:
    """Other visits of a person that were begun before this one ended and ended after it began."""
    query = sa.select(
        Inspection.id, Inspection.store_id, Inspection.started_at, Inspection.submitted_at
    ).where(
        Inspection.inspector_id == inspector_id,
        Inspection.started_at.between(started_at - LONGEST_STAY, submitted_at),
        Inspection.submitted_at > started_at,
        Inspection.status != "voided",
    )
    return [Stay(*row) for row in db.session.execute(query.limit(20))]


def check_ins(reports: Sequence[Earlier]) -> dict[uuid.UUID, Point]:
    """Where these visits began, by report."""
    found = {report.inspection_id: points.arrival_of(report.document) for report in reports}
    return {report: point for report, point in found.items() if point is not None}


def last_point(reports: Sequence[Earlier]) -> Point | None:
    """The latest position of these reports."""
    return max(_points(reports), key=lambda point: point.at, default=None)


def first_point(reports: Sequence[Earlier]) -> Point | None:
    """The earliest position of these reports."""
    return min(_points(reports), key=lambda point: point.at, default=None)


def _points(reports: Sequence[Earlier]) -> list[Point]:
    return [point for report in reports for point in points.points_of(report.document)]
