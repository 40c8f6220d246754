"""Every SELECT about complaints and the tasks that were opened for them."""

import uuid
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.plans.models import Complaint
from api.stores.queries import visible_stores
from api.tasks.models import Task


def complaint_for(actor: Actor, complaint_id: uuid.UUID) -> Complaint | None:
    """A complaint about a store among the actor's, held until the unit ends."""
    query = sa.select(Complaint).where(
        Complaint.id == complaint_id, Complaint.store_id.in_(visible_stores(actor))
    )
    return db.session.execute(query.with_for_update()).scalar_one_or_none()


def complaint_page(
    actor: Actor, *, cursor: str | None, limit: int, store_id: uuid.UUID | None, open_only: bool
) -> tuple[list[Complaint], str | None]:
    """The complaints about the actor's stores, the latest first; `open_only`: those without a task."""
    query = sa.select(Complaint).where(Complaint.store_id.in_(visible_stores(actor)))
    if store_id:
        query = query.where(Complaint.store_id == store_id)
    if open_only:
        query = query.where(~sa.exists().where(Task.source_id == Complaint.id))
    return page(
        db.session,
        query,
        [Complaint.on_date, Complaint.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda c: [c.on_date.isoformat(), str(c.id)],
        parse=[date.fromisoformat, uuid.UUID],
        descending=True,
    )


def tasks_for(complaint_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Task]:
    """The task of each complaint that has one."""
    query = sa.select(Task).where(Task.source_id.in_(set(complaint_ids)))
    return {task.source_id: task for task in db.session.execute(query).scalars() if task.source_id}
