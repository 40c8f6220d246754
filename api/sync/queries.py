"""What a phone mirrors: the visible rows of each kind, as they are now."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.checklists.models import Checklist
from api.checklists.shown import for_phones
from api.core.db import db
from api.inspections.models import Inspection
from api.inspections.queries import seen_by
from api.inspections.shown import summaries
from api.plans.lifecycle import OPEN
from api.plans.models import Visit
from api.plans.shown import visits_shown
from api.stores.models import Region, Store
from api.stores.queries import visible_regions, visible_stores
from api.stores.shown import regions_shown, stores_shown
from api.tasks.models import Task
from api.tasks.shown import tasks_shown

VISITS_BACK = timedelta(days=30)
TASKS_BACK = timedelta(days=30)
INSPECTIONS_BACK = timedelta(days=90)
_SHOW: dict[str, Callable[[Sequence[Any]], list[dict[str, Any]]]] = {
    "region": regions_shown,
    "store": stores_shown,
    "checklist": for_phones,
    "visit": visits_shown,
    "task": tasks_shown,
    "inspection": summaries,
}
_TABLE: dict[str, Any] = {
    "region": Region,
    "store": Store,
    "checklist": Checklist,
    "visit": Visit,
    "task": Task,
    "inspection": Inspection,
}


def _visible(actor: Actor, kind: str) -> sa.Select[Any]:
    table = _TABLE[kind]
    query = sa.select(table)
    if kind == "region":
        return query.where(Region.id.in_(_regions_known(actor)))
    if kind == "store":
        return query.where(Store.id.in_(visible_stores(actor)))
    if kind == "checklist":
        needed = sa.select(Visit.checklist_id).where(Visit.state.in_(OPEN))
        in_use = sa.or_(Checklist.retired_at.is_(None), Checklist.id.in_(needed))
        return query.where(Checklist.published_version.is_not(None), in_use)
    if kind == "inspection":
        return query.where(seen_by(actor))
    if kind == "visit":
        mine = Visit.assignee_id == actor.id
        return query.where(sa.or_(Visit.store_id.in_(visible_stores(actor)), mine))
    return query.where(table.store_id.in_(visible_stores(actor)))


def _regions_known(actor: Actor) -> set[uuid.UUID]:
    """The visible regions and all above them: a checklist may ask for a region by its parent's code."""
    steps = (step for region in visible_regions(actor) for step in region.path.strip("/").split("/"))
    return {uuid.UUID(step) for step in steps}


def _recent(query: sa.Select[Any], kind: str, now: datetime) -> sa.Select[Any]:
    if kind == "visit":
        return query.where(Visit.due_at >= now - VISITS_BACK)
    if kind == "task":
        unfinished = Task.status.in_(["open", "in_progress", "submitted"])
        return query.where(sa.or_(unfinished, Task.created_at >= now - TASKS_BACK))
    if kind == "inspection":
        return query.where(Inspection.received_at >= now - INSPECTIONS_BACK)
    return query


def snapshot(
    actor: Actor, kind: str, last: uuid.UUID | None, limit: int, now: datetime
) -> list[dict[str, Any]]:
    """The next rows of a kind by id, as JSON shows them."""
    table = _TABLE[kind]
    query = _recent(_visible(actor, kind), kind, now).order_by(table.id).limit(limit)
    if last is not None:
        query = query.where(table.id > last)
    return _SHOW[kind](db.session.execute(query).scalars().all())


def present(actor: Actor, kind: str, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Those of these rows that the actor may see, as they are now."""
    table = _TABLE[kind]
    rows = db.session.execute(_visible(actor, kind).where(table.id.in_(ids))).scalars().all()
    return {item["id"]: item for item in _SHOW[kind](rows)}


def visible_among(actor: Actor, store_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these stores the actor may see."""
    query = sa.select(Store.id).where(Store.id.in_(store_ids), Store.id.in_(visible_stores(actor)))
    return set(db.session.execute(query).scalars())
