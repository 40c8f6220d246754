"""From a complaint to a task: whoever looks after the store says what is to be done about it, once."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.errors import NotFound
from api.plans import complaint_queries as queries
from api.plans.models import Complaint
from api.stores import queries as stores
from api.tasks import by_hand
from api.tasks.models import Task


def open_task(
    actor: Actor, complaint_id: uuid.UUID, given: Mapping[str, Any], now: datetime
) -> tuple[Task, bool]:
    """Opens the task of a complaint, or gives the one that it has, and whether it is new.

    Raises NotFound, Validation.
    """
    complaint = queries.complaint_for(actor, complaint_id)
    if complaint is None:
        raise NotFound()
    known = queries.tasks_for([complaint.id]).get(complaint.id)
    if known is not None:
        return known, False
    title = given["title"] or {"zh": complaint.kind or "顾客投诉", "en": complaint.kind or "Complaint"}
    note = given["note"].strip() or complaint.note
    about = dict(given) | {"store_id": complaint.store_id, "title": title, "note": note}
    return by_hand.open_now(actor, about, now, source="complaint", source_id=complaint.id), True


def complaints_shown(rows: Sequence[Complaint]) -> list[dict[str, Any]]:
    """Complaints with their stores, and what became of them."""
    tasks = queries.tasks_for(row.id for row in rows)
    places = stores.stores_by_id(row.store_id for row in rows)
    return [
        {name: getattr(row, name) for name in ("id", "store_id", "reference", "on_date", "kind", "note")}
        | {"store_name": places[row.store_id].name, "task": _task(tasks.get(row.id))}
        for row in rows
    ]


def _task(task: Task | None) -> dict[str, Any] | None:
    return {"id": task.id, "status": task.status} if task else None
