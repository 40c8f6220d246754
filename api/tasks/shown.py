"""Tasks as JSON shows them, in answers, in conflicts and in the feed."""

import uuid
from collections.abc import Sequence
from typing import Any

from api.accounts import queries as accounts
from api.stores import queries as stores
from api.tasks import queries
from api.tasks.models import Task, TaskTransition

_PLAIN = (
    "id",
    "inspection_id",
    "item_key",
    "checklist_id",
    "checklist_version",
    "store_id",
    "title",
    "guide",
    "flag",
    "severity",
    "status",
    "needs_photo",
    "finding",
    "fixed_by_id",
    "created_at",
    "due_at",
    "original_due_at",
    "submitted_at",
    "closed_at",
    "reject_count",
    "reopen_count",
    "version",
)


def tasks_shown(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Tasks with names and history."""
    history = queries.history([t.id for t in tasks])
    names = accounts.names(
        [p for t in tasks for p in (t.assignee_id, t.reviewer_id, t.fixed_by_id)]
        + [h.actor_id for steps in history.values() for h in steps]
    )
    places = stores.stores_by_id(t.store_id for t in tasks)
    return [
        {name: getattr(t, name) for name in _PLAIN}
        | {
            "store_name": places[t.store_id].name,
            "assignee": _person(t.assignee_id, names),
            "reviewer": _person(t.reviewer_id, names),
            "fix": t.fix | {"by": _person(uuid.UUID(t.fix["by"]), names)} if t.fix else None,
            "history": [_step(h, names) for h in history[t.id]],
        }
        for t in tasks
    ]


def _person(user_id: uuid.UUID | None, names: dict[uuid.UUID, str]) -> dict[str, Any] | None:
    return {"id": user_id, "name": names.get(user_id, "")} if user_id else None


def _step(step: TaskTransition, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    return {
        "id": step.id,
        "action": step.action,
        "from": step.from_state,
        "to": step.to_state,
        "actor": _person(step.actor_id, names),
        "at": step.at,
        "device_at": step.device_at,
        "note": step.note,
        "photos": step.photos,
    }
