"""What has not ended, added up by the database: a row for each store, each assignee and each reviewer.

Only the unfinished tasks are walked over (ix_tasks_status_due); the clock of a task whose finding was appealed stands
at the moment of the appeal.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import Actor
from api.core.db import UtcDateTime, db
from api.inspections.models import Appeal
from api.reports.waiting import Asked, Counts, Mends, Reviews
from api.stores.models import Store
from api.stores.queries import regions_below, visible_stores
from api.tasks.models import Task, TaskExtension

_TO_DO = ("open", "in_progress")
_UNFINISHED = (*_TO_DO, "submitted")
_OPEN = Task.status.in_(_TO_DO)
_DAY = 24 * 3600


class Place(NamedTuple):
    """A store as the list shows it."""

    id: uuid.UUID
    code: str
    name_zh: str
    name_en: str
    region_id: uuid.UUID

    def shown(self) -> dict[str, Any]:
        """As JSON shows it."""
        name = {"zh": self.name_zh, "en": self.name_en}
        return {"id": self.id, "code": self.code, "name": name, "region_id": self.region_id}


class Name(NamedTuple):
    """A person as the list shows them."""

    id: uuid.UUID
    name: str
    role: str


def meant(actor: Actor, region_id: uuid.UUID | None) -> sa.Select[uuid.UUID]:
    """The ids of the visible stores, or of those below a region; used inside the other SELECTs."""
    query = visible_stores(actor)
    return query.where(Store.region_id.in_(regions_below([region_id]))) if region_id else query


def of_stores(actor: Actor, region_id: uuid.UUID | None, now: datetime) -> dict[uuid.UUID, Counts]:
    """The unfinished tasks of each store, added up."""
    clock, left = _clock(now)
    quarter = 4 * left <= _seconds(Task.due_at) - _seconds(Task.created_at)
    query = sa.select(
        Task.store_id,
        _count(_OPEN),
        _count(_OPEN, clock <= Task.due_at, left <= _DAY, quarter),
        _count(_OPEN, clock > Task.due_at),
        _count(Task.status == "submitted"),
        _count(Task.status == "in_progress", Task.reject_count > 0),
        _count(Task.reopen_count > 0),
        _count(Task.flag == "redline"),
        _count(_OPEN, Task.assignee_id.is_(None)),
    ).where(Task.status.in_(_UNFINISHED), *_scope(actor, region_id))
    rows = db.session.execute(query.group_by(Task.store_id))
    return {row[0]: Counts(*row[1:]) for row in rows}


def mends(actor: Actor, region_id: uuid.UUID | None, now: datetime) -> list[Mends]:
    """What each assignee has to put right."""
    clock, _ = _clock(now)
    query = sa.select(
        Task.assignee_id, sa.func.count(), _count(clock > Task.due_at), sa.func.min(Task.created_at)
    ).where(_OPEN, Task.assignee_id.is_not(None), *_scope(actor, region_id))
    rows: Iterable[Any] = db.session.execute(query.group_by(Task.assignee_id))
    return [Mends(*row) for row in rows]


def reviews(actor: Actor, region_id: uuid.UUID | None, now: datetime) -> list[Reviews]:
    """What each reviewer has to look at."""
    query = sa.select(
        Task.reviewer_id, sa.func.count(), _count(Task.review_due_at < now), sa.func.min(Task.submitted_at)
    ).where(Task.status == "submitted", Task.reviewer_id.is_not(None), *_scope(actor, region_id))
    rows: Iterable[Any] = db.session.execute(query.group_by(Task.reviewer_id))
    return [Reviews(*row) for row in rows]


def _scope(actor: Actor, region_id: uuid.UUID | None) -> list[sa.ColumnElement[bool]]:
    """Head office's tasks are all of them, which need not be looked up store by store."""
    if actor.sees_everything and region_id is None:
        return []
    return [Task.store_id.in_(meant(actor, region_id))]


def _clock(now: datetime) -> tuple[sa.ColumnElement[datetime], sa.ColumnElement[int]]:
    """What a task's clock shows, and how many seconds are left until it is due."""
    clock = sa.func.coalesce(Task.paused_at, sa.bindparam("now", now, UtcDateTime()))
    return clock, _seconds(Task.due_at) - _seconds(clock)


def _seconds(moment: Any) -> sa.ColumnElement[int]:
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
    rows: Iterable[Any] = db.session.execute(query)
    return [Asked(*row) for row in rows]


def appeals(actor: Actor, region_id: uuid.UUID | None) -> list[Asked]:
    """The appeals that nobody has decided yet, by store and by who is to decide them."""
    query = (
        sa.select(Appeal.store_id, sa.func.count(), sa.func.min(Appeal.asked_at), Appeal.decider_id)
        .where(Appeal.state == "pending", Appeal.store_id.in_(meant(actor, region_id)))
        .group_by(Appeal.store_id, Appeal.decider_id)
    )
    rows: Iterable[Any] = db.session.execute(query)
    return [Asked(*row) for row in rows]


def regions_of(actor: Actor, region_id: uuid.UUID | None) -> dict[uuid.UUID, uuid.UUID]:
    """On which region each of the stores in question hangs."""
    query = sa.select(Store.id, Store.region_id)
    if not (actor.sees_everything and region_id is None):
        query = query.where(Store.id.in_(meant(actor, region_id)))
    return {row[0]: row[1] for row in db.session.execute(query)}


def places(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Place]:
    """These stores; no more than a screen shows."""
    columns = (Store.id, Store.code, Store.name_zh, Store.name_en, Store.region_id)
    query = sa.select(*columns).where(Store.id.in_(list(ids)))
    return {row.id: Place._make(row) for row in db.session.execute(query)}


def named(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Name]:
    """These people; no more than a screen shows."""
    query = sa.select(User.id, User.name, User.role).where(User.id.in_(list(ids)))
    return {row.id: Name._make(row) for row in db.session.execute(query)}
