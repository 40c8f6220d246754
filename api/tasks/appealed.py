"""What an appeal does to the tasks of a report.

While it is pending the clock of an ordinary task stands; a redline one runs on. Rejected: the due time moves by
the time the clock stood. Upheld: the tasks of what is no finding any more are cancelled, with the reason. A task
that ended meanwhile stays ended; its due time moves all the same, so that it is not late for having waited.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from api.core.db import db
from api.core.ids import new_id
from api.events import services as events
from api.tasks import appeal_queries as queries
from api.tasks.lifecycle import UNFINISHED
from api.tasks.models import Task, TaskTransition

WHOLE = ""


def pause(
    inspection_id: uuid.UUID, item_key: str, appeal_id: uuid.UUID, asker_id: uuid.UUID | None, now: datetime
) -> None:
    """Stops the clocks of the open tasks that an appeal of this item, or of all (""), is about.

    Their versions stay, because no state changes: whoever appeals may hand in the fix in the same breath.
    """
    tasks = [task for task in _of(inspection_id, item_key) if task.status in UNFINISHED]
    queries.stop_clocks([task.id for task in tasks if task.flag != "redline"], now)
    for task in tasks:
        _note(task, "appeal", asker_id, now, "")
        _tell("task.appealed", task, appeal_id, asker_id, now)


def resume(
    inspection_id: uuid.UUID,
    item_key: str,
    *,
    still_pending: Collection[str],
    appeal_id: uuid.UUID,
    outcome: str,
    decider_id: uuid.UUID,
    now: datetime,
) -> None:
    """Lets the clocks go on that no other appeal (`still_pending`: their item keys) holds; due times move."""
    for task in _of(inspection_id, item_key):
        held = WHOLE in still_pending or task.item_key in still_pending
        if task.paused_at is not None and not held:
            task.due_at += now - task.paused_at
            task.paused_at = None
            db.session.flush()
            _note(task, "appeal_ended", decider_id, now, "")
        _tell("task.appeal_decided", task, appeal_id, decider_id, now, outcome=outcome)


def cancel(
    inspection_id: uuid.UUID,
    item_keys: Collection[str],
    *,
    appeal_id: uuid.UUID,
    decider_id: uuid.UUID,
    reason: str,
    now: datetime,
) -> list[uuid.UUID]:
    """Cancels the open tasks of these items, because an appeal was upheld; which they were."""
    tasks = [
        task for task in _of(inspection_id, WHOLE) if task.item_key in item_keys and task.status in UNFINISHED
    ]
    for task in tasks:
        before = task.status
        task.status, task.paused_at = "cancelled", None
        db.session.flush()
        _note(task, "cancel", decider_id, now, reason, before)
        _tell("task.cancel", task, appeal_id, decider_id, now)
    return [task.id for task in tasks]


def _of(inspection_id: uuid.UUID, item_key: str) -> Sequence[Task]:
    return queries.tasks_of(inspection_id, item_key or None)


def _note(
    task: Task, action: str, actor_id: uuid.UUID | None, now: datetime, note: str, before: str | None = None
) -> None:
    db.session.add(
        TaskTransition(
            id=new_id(),
            task_id=task.id,
            action=action,
            from_state=before or task.status,
            to_state=task.status,
            actor_id=actor_id,
            at=now,
            device_at=None,
            note=note,
            photos=[],
            content_sha256=None,
        )
    )


def _tell(
    kind: str, task: Task, appeal_id: uuid.UUID, actor_id: uuid.UUID | None, now: datetime, **more: str
) -> None:
    events.record(
        kind,
        "task",
        task.id,
        at=now,
        actor_id=actor_id,
        store_id=task.store_id,
        status=task.status,
        appeal_id=str(appeal_id),
        **more,
    )
