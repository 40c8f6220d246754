"""Every SELECT about tasks."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.stores.queries import visible_stores
from api.tasks.models import Task, TaskTransition


def task_for(actor: Actor, task_id: uuid.UUID) -> Task | None:
    """A task of a visible store."""
    query = sa.select(Task).where(Task.id == task_id, Task.store_id.in_(visible_stores(actor)))
    return db.session.execute(query).scalar_one_or_none()


def transition(transition_id: uuid.UUID) -> TaskTransition | None:
    """A deed by its id."""
    return db.session.get(TaskTransition, transition_id)


def steps_of(user_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    """The content hashes of one person's deeds among these."""
    rows = db.session.execute(
        sa.select(TaskTransition.id, TaskTransition.content_sha256).where(
            TaskTransition.actor_id == user_id, TaskTransition.id.in_(ids)
        )
    )
    return {row.id: row.content_sha256 for row in rows}


def history(task_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[TaskTransition]]:
    """The deeds on these tasks, oldest first."""
    rows = db.session.execute(
        sa.select(TaskTransition)
        .where(TaskTransition.task_id.in_(task_ids))
        .order_by(TaskTransition.at, TaskTransition.id)
    ).scalars()
    found: dict[uuid.UUID, list[TaskTransition]] = {task_id: [] for task_id in task_ids}
    for row in rows:
        found[row.task_id].append(row)
    return found


def ids_of_inspection(inspection_id: uuid.UUID) -> list[uuid.UUID]:
    """The tasks that an inspection opened, in order."""
    query = sa.select(Task.id).where(Task.inspection_id == inspection_id).order_by(Task.id)
    return list(db.session.execute(query).scalars())


def task_page(
    actor: Actor,
    *,
    cursor: str | None,
    limit: int,
    status: Sequence[str] = (),
    store_id: uuid.UUID | None = None,
    inspection_id: uuid.UUID | None = None,
    assignee_id: uuid.UUID | None = None,
) -> tuple[list[Task], str | None]:
    """Visible tasks, newest first."""
    query = sa.select(Task).where(Task.store_id.in_(visible_stores(actor)))
    if status:
        query = query.where(Task.status.in_(status))
    if store_id:
        query = query.where(Task.store_id == store_id)
    if inspection_id:
        query = query.where(Task.inspection_id == inspection_id)
    if assignee_id:
        query = query.where(Task.assignee_id == assignee_id)
    return page(
        db.session,
        query,
        [Task.created_at, Task.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda t: [moment_text(t.created_at, micro=True), str(t.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )
