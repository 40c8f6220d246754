"""What is known of stores today, one SELECT for each kind of fact, however many stores there are."""

import uuid
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from api.accounts.types import Actor
from api.core.db import db
from api.inspections.models import Inspection
from api.plans.lifecycle import OPEN
from api.plans.models import Complaint, Visit
from api.stores.models import Store
from api.stores.queries import regions_below, visible_stores
from api.tasks.models import Task

_UNFINISHED = ("open", "in_progress", "submitted")
_STILL_TO_DO = ("open", "in_progress")


class StoreLine(NamedTuple):
    """A store as the list shows it."""

    id: uuid.UUID
    code: str
    name_zh: str
    name_en: str
    level: str
    timezone: str


class LastReport(NamedTuple):
    """The last report of a store that counts: not voided, and no self-check."""

    on_date: date
    band: str | None
    scored: bool
    repeats: int


def meant(
    actor: Actor,
    *,
    assignee_id: uuid.UUID | None,
    store_id: uuid.UUID | None,
    region_id: uuid.UUID | None,
) -> sa.Select[Any]:
    """The ids of the open stores in question, for use inside the other SELECTs.

    Somebody's stores are those that they supervise and those in which they have an open visit.
    """
    query = sa.select(Store.id).where(Store.status == "open", Store.id.in_(visible_stores(actor)))
    if store_id:
        query = query.where(Store.id == store_id)
    if region_id:
        query = query.where(Store.region_id.in_(regions_below([region_id])))
    if assignee_id:
        theirs = sa.select(Visit.store_id).where(Visit.assignee_id == assignee_id, Visit.state.in_(OPEN))
        query = query.where(sa.or_(Store.supervisor_id == assignee_id, Store.id.in_(theirs)))
    return query


def store_lines(stores: sa.Select[Any]) -> list[StoreLine]:
    """These stores by code."""
    columns = (Store.id, Store.code, Store.name_zh, Store.name_en, Store.level, Store.timezone)
    query = sa.select(*columns).where(Store.id.in_(stores)).order_by(Store.code)
    return [StoreLine._make(row) for row in db.session.execute(query)]


def last_reports(stores: sa.Select[Any]) -> dict[uuid.UUID, LastReport]:
    """The last report of each of these stores that has one."""
    other = aliased(Inspection)
    newest = (
        sa.select(other.id)
        .where(other.store_id == Store.id, other.status != "voided", other.kind != "self")
        .order_by(other.on_date.desc(), other.submitted_at.desc(), other.id.desc())
        .limit(1)
        .correlate(Store)
        .scalar_subquery()
    )
    repeats = sa.func.coalesce(sa.func.json_array_length(Inspection.score_facts["repeats"]), 0)
    query = (
        sa.select(Store.id, Inspection.on_date, Inspection.band, Inspection.outcome, repeats)
        .join(Inspection, Inspection.id == newest)
        .where(Store.id.in_(stores))
    )
    return {
        row[0]: LastReport(row[1], row[2], row[3] != "not_scored", int(row[4]))
        for row in db.session.execute(query)
    }


def open_things(stores: sa.Select[Any], now: datetime) -> dict[uuid.UUID, tuple[int, int]]:
    """For each store that has some: open redline tasks, and tasks that are overdue."""
    is_redline = Task.flag == "redline"
    is_overdue = sa.and_(Task.status.in_(_STILL_TO_DO), Task.due_at < now)
    query = (
        sa.select(
            Task.store_id,
            sa.func.sum(sa.case((is_redline, 1), else_=0)),
            sa.func.sum(sa.case((is_overdue, 1), else_=0)),
        )
        .where(Task.status.in_(_UNFINISHED), sa.or_(is_redline, is_overdue), Task.store_id.in_(stores))
        .group_by(Task.store_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in db.session.execute(query)}


def complaint_counts(stores: sa.Select[Any], since: date) -> dict[uuid.UUID, int]:
    """How many complaints there were about each store from a day on."""
    query = (
        sa.select(Complaint.store_id, sa.func.count())
        .where(Complaint.on_date >= since, Complaint.store_id.in_(stores))
        .group_by(Complaint.store_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
