"""Every SELECT about campaigns and the tasks they opened."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import bad_cursor, decode_cursor, encode_cursor, page
from api.core.shapes import moment_text
from api.stores.models import Store
from api.stores.queries import regions_below, visible_stores
from api.tasks.lifecycle import UNFINISHED
from api.tasks.models import Task, TaskCampaign

OVERDUE = "overdue"
_LATE_IN = ("open", "in_progress")
Counts = dict[uuid.UUID, Counter[str]]


def campaign(campaign_id: uuid.UUID) -> TaskCampaign | None:
    """A campaign, whoever asks."""
    return db.session.get(TaskCampaign, campaign_id)


def campaign_for(actor: Actor, campaign_id: uuid.UUID) -> TaskCampaign | None:
    """A campaign the actor may see: one in a store among theirs, or that they started."""
    query = sa.select(TaskCampaign).where(TaskCampaign.id == campaign_id, _seen_by(actor))
    return db.session.execute(query).scalar_one_or_none()


def held_campaign(campaign_id: uuid.UUID) -> TaskCampaign:
    """The same row, held until the unit ends."""
    query = sa.select(TaskCampaign).where(TaskCampaign.id == campaign_id).with_for_update()
    return db.session.execute(query, execution_options={"populate_existing": True}).scalar_one()


def campaign_page(actor: Actor, *, cursor: str | None, limit: int) -> tuple[list[TaskCampaign], str | None]:
    """The campaigns the actor may see, newest first."""
    return page(
        db.session,
        sa.select(TaskCampaign).where(_seen_by(actor)),
        [TaskCampaign.created_at, TaskCampaign.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda c: [moment_text(c.created_at, micro=True), str(c.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )


def _seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.sees_everything:
        return sa.true()
    there = sa.exists().where(Task.source_id == TaskCampaign.id, Task.store_id.in_(visible_stores(actor)))
    return sa.or_(TaskCampaign.created_by_id == actor.id, there)


def counts(actor: Actor, ids: Iterable[uuid.UUID], now: datetime) -> Counts:
    """For each campaign: its tasks in visible stores by state, and how many are overdue."""
    return _counted(Task.source_id, actor, list(ids), now)


def counts_by_region(actor: Actor, campaign_id: uuid.UUID, now: datetime) -> Counts:
    """For each region that a store hangs on: the same."""
    return _counted(Store.region_id, actor, [campaign_id], now)


def _counted(by: Any, actor: Actor, ids: Sequence[uuid.UUID], now: datetime) -> Counts:
    late = sa.func.sum(sa.case((_late(now), 1), else_=0))
    query = (
        sa.select(by, Task.status, sa.func.count(), late)
        .join(Store, Store.id == Task.store_id)
        .where(Task.source_id.in_(ids), Task.store_id.in_(visible_stores(actor)))
        .group_by(by, Task.status)
    )
    found: Counts = {}
    for key, status, number, overdue in db.session.execute(query):
        count = found.setdefault(key, Counter())
        count[status] += number
        count[OVERDUE] += overdue
    return found


def _late(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Task.status.in_(_LATE_IN), Task.due_at < now)


def store_page(
    actor: Actor,
    campaign_id: uuid.UUID,
    now: datetime,
    *,
    cursor: str | None,
    limit: int,
    state: Sequence[str],
    region_id: uuid.UUID | None,
    search: str | None,
) -> tuple[list[tuple[Task, Store]], str | None]:
    """The tasks of a campaign with their stores, by the stores' codes."""
    query = (
        sa.select(Task, Store)
        .join(Store, Store.id == Task.store_id)
        .where(Task.source_id == campaign_id, Task.store_id.in_(visible_stores(actor)))
    )
    if state:
        late = [_late(now)] if OVERDUE in state else []
        query = query.where(sa.or_(Task.status.in_([s for s in state if s != OVERDUE]), *late))
    if region_id:
        query = query.where(Store.region_id.in_(regions_below([region_id])))
    if search:
        names = (Store.code, Store.name_zh, Store.name_en)
        query = query.where(sa.or_(*(name.icontains(search, autoescape=True) for name in names)))
    if cursor:
        last = decode_cursor(cursor)
        if not isinstance(last, str):
            raise bad_cursor()
        query = query.where(Store.code > last)
    rows = [(row[0], row[1]) for row in db.session.execute(query.order_by(Store.code).limit(limit + 1))]
    more = len(rows) > limit
    return rows[:limit], encode_cursor(rows[limit - 1][1].code) if more else None


def unfinished(campaign_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    """The tasks of a campaign that nobody has ended: (id, store, state), held until the unit ends."""
    query = (
        sa.select(Task.id, Task.store_id, Task.status)
        .where(Task.source_id == campaign_id, Task.status.in_(UNFINISHED))
        .order_by(Task.id)
        .with_for_update()
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def end_unfinished(campaign_id: uuid.UUID) -> None:
    """Cancels them; whoever acts on one at the same time is told that somebody was faster."""
    query = (
        sa.update(Task)
        .where(Task.source_id == campaign_id, Task.status.in_(UNFINISHED))
        .values(status="cancelled", paused_at=None, version=Task.version + 1)
    )
    db.session.execute(query, execution_options={"synchronize_session": False})
