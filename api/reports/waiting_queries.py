"""What has not ended, added up by the database: one row for each store, assignee and reviewer that belong together.

One walk over the unfinished tasks (ix_tasks_status_due) counts everything at once; the clock of a task whose
finding was appealed stands at the moment of the appeal.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import UtcDateTime, db
from api.inspections.models import Appeal
from api.reports.waiting import Asked, Heap
from api.stores.models import Store
from api.stores.queries import regions_below, visible_stores
from api.tasks.models import Task, TaskExtension

_TO_DO = ("open", "in_progress")
_UNFINISHED = (*_TO_DO, "submitted")
_DAY = 24 * 3600
_LOT = 500


class Place(NamedTuple):
    """A store as the list shows it."""

    id: uuid.UUID
    code: str
    name_zh: str
    name_en: str
    region_id: uuid.UUID


class Name(NamedTuple):
    """A person as the list shows them."""

    id: uuid.UUID
    name: str
    role: str


def meant(actor: Actor, region_id: uuid.UUID | None) -> sa.Select[uuid.UUID]:
    """The ids of the visible stores, or of those below a region; used inside the other SELECTs."""
    query = visible_stores(actor)
    return query.where(Store.region_id.in_(regions_below([region_id]))) if region_id else query


def heaps(actor: Actor, region_id: uuid.UUID | None, now: datetime) -> list[Heap]:
    """The unfinished tasks, added up."""
    clock = sa.func.coalesce(Task.paused_at, sa.bindparam("now", now, UtcDateTime()))
    to_do, submitted = Task.status.in_(_TO_DO), Task.status == "submitted"
    left = _seconds(Task.due_at) - _seconds(clock)
    quarter = 4 * left <= _seconds(Task.due_at) - _seconds(Task.created_at)
    query = (
        sa.select(
            Task.store_id,
            Task.assignee_id,
            Task.reviewer_id,
            _count(to_do),
            _count(to_do, clock <= Task.due_at, left <= _DAY, quarter),
            _count(to_do, clock > Task.due_at),
            _count(submitted),
            _count(submitted, Task.review_due_at < now),
            _count(Task.status == "in_progress", Task.reject_count > 0),
            _count(Task.reopen_count > 0),
            _count(Task.flag == "redline"),
            sa.func.min(sa.case((to_do, Task.created_at)), type_=UtcDateTime()),
            sa.func.min(sa.case((submitted, Task.submitted_at)), type_=UtcDateTime()),
        )
        .where(Task.status.in_(_UNFINISHED))
        .group_by(Task.store_id, Task.assignee_id, Task.reviewer_id)
    )
    if not (actor.sees_everything and region_id is None):
        query = query.where(Task.store_id.in_(meant(actor, region_id)))
    return [Heap(*row) for row in db.session.execute(query)]


def _seconds(moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[int]:
    return sa.extract("epoch", moment)


def _count(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((sa.and_(*conditions), 1)))


def extensions(actor: Actor, region_id: uuid.UUID | None) -> list[Asked]:
    """The extensions of unfinished tasks that nobody has decided yet, by store."""
    query = (
        sa.select(Task.store_id, sa.func.count(), sa.func.min(TaskExtension.asked_at))
        .join(Task, Task.id == TaskExtension.task_id)
        .where(
            TaskExtension.state == "pending",
            Task.status.in_(_UNFINISHED),
            Task.store_id.in_(meant(actor, region_id)),
        )
        .group_by(Task.store_id)
    )
    return [Asked(*row) for row in db.session.execute(query)]


def appeals(actor: Actor, region_id: uuid.UUID | None) -> list[Asked]:
    """The appeals that nobody has decided yet, by store and by who is to decide them."""
    query = (
        sa.select(Appeal.store_id, sa.func.count(), sa.func.min(Appeal.asked_at), Appeal.decider_id)
        .where(Appeal.state == "pending", Appeal.store_id.in_(meant(actor, region_id)))
        .group_by(Appeal.store_id, Appeal.decider_id)
    )
    return [Asked(*row) for row in db.session.execute(query)]


def regions_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """On which region each of these stores hangs."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), _LOT):
        query = sa.select(Store.id, Store.region_id).where(Store.id.in_(wanted[start : start + _LOT]))
        found.update({row.id: row.region_id for row in db.session.execute(query)})
    return found


def places(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Place]:
    """These stores; no more than a screen shows."""
    columns = (Store.id, Store.code, Store.name_zh, Store.name_en, Store.region_id)
    query = sa.select(*columns).where(Store.id.in_(list(ids)))
    return {row.id: Place._make(row) for row in db.session.execute(query)}


def named(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Name]:
    """These people; no more than a screen shows."""
    query = sa.select(User.id, User.name, User.role).where(User.id.in_(list(ids)))
    return {row.id: Name._make(row) for row in db.session.execute(query)}
