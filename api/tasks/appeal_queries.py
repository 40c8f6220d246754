"""What the tasks room reads of appeals, whose table lies a room higher, and of the tasks that they are about."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from api.core.db import db
from api.tasks.models import Task

_APPEALS = sa.table(
    "appeals",
    sa.column("id", sa.Uuid),
    sa.column("inspection_id", sa.Uuid),
    sa.column("item_key"),
    sa.column("state"),
)


def tasks_of(inspection_id: uuid.UUID, item_key: str | None) -> Sequence[Task]:
    """The tasks of one item of a report, or of all its items."""
    query = sa.select(Task).where(Task.inspection_id == inspection_id).order_by(Task.id)
    if item_key is not None:
        query = query.where(Task.item_key == item_key)
    return db.session.execute(query).scalars().all()


def stop_clocks(task_ids: Sequence[uuid.UUID], now: datetime) -> None:
    """Notes since when the clocks of these tasks stand, where they do not stand yet; versions stay."""
    running = sa.update(Task).where(Task.id.in_(task_ids), Task.paused_at.is_(None)).values(paused_at=now)
    db.session.execute(running, execution_options={"synchronize_session": "fetch"})


def appeals_of(tasks: Iterable[Task]) -> dict[uuid.UUID, dict[str, Any]]:
    """For each task that was appealed: the appeal that says most about it, `{id, state}`.

    A pending one before a decided one, that of its own item before that of the whole report. A report's appeal
    that was upheld for other items counts as rejected here.
    """
    asked = [task for task in tasks if task.inspection_id is not None]
    if not asked:
        return {}
    query = sa.select(_APPEALS).where(_APPEALS.c.inspection_id.in_({task.inspection_id for task in asked}))
    rows = db.session.execute(query).all()
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for task in asked:
        mine = [r for r in rows if r.inspection_id == task.inspection_id and r.item_key in ("", task.item_key)]
        if mine:
            best = min(mine, key=lambda row: (row.state != "pending", row.item_key == ""))
            others = best.state == "upheld" and best.item_key == "" and task.status != "cancelled"
            found[task.id] = {"id": best.id, "state": "rejected" if others else best.state}
    return found
