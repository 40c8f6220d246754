"""Every SELECT about visits."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.plans.lifecycle import OPEN
from api.plans.models import Visit
from api.stores.queries import visible_stores


def visit_for(actor: Actor, visit_id: uuid.UUID) -> Visit | None:
    """A visit to a visible store, or one that is the actor's own duty."""
    query = sa.select(Visit).where(
        Visit.id == visit_id,
        sa.or_(Visit.store_id.in_(visible_stores(actor)), Visit.assignee_id == actor.id),
    )
    return db.session.execute(query).scalar_one_or_none()


def visit(visit_id: uuid.UUID) -> Visit | None:
    """A visit, whoever asks."""
    return db.session.get(Visit, visit_id)


def visits_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    """These visits."""
    rows = db.session.execute(sa.select(Visit).where(Visit.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def visit_page(
    actor: Actor,
    *,
    cursor: str | None,
    limit: int,
    state: Sequence[str] = (),
    store_id: uuid.UUID | None = None,
    assignee_id: uuid.UUID | None = None,
    due_from: datetime | None = None,
    due_to: datetime | None = None,
) -> tuple[list[Visit], str | None]:
    """Visible visits by their due time."""
    query = sa.select(Visit).where(Visit.store_id.in_(visible_stores(actor)))
    if state:
        query = query.where(Visit.state.in_(state))
    if store_id:
        query = query.where(Visit.store_id == store_id)
    if assignee_id:
        query = query.where(Visit.assignee_id == assignee_id)
    if due_from:
        query = query.where(Visit.due_at >= due_from)
    if due_to:
        query = query.where(Visit.due_at < due_to)
    return page(
        db.session,
        query,
        [Visit.due_at, Visit.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda v: [moment_text(v.due_at, micro=True), str(v.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
    )


def run_out(now: datetime, limit: int) -> Sequence[Visit]:
    """Open visits whose time has passed."""
    query = (
        sa.select(Visit)
        .where(Visit.state.in_(["scheduled", "in_progress"]), Visit.missed_at < now)
        .order_by(Visit.missed_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return db.session.execute(query).scalars().all()


def checklists_in_use(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these checklists open visits still need."""
    query = sa.select(Visit.checklist_id).where(Visit.checklist_id.in_(list(ids)), Visit.state.in_(OPEN))
    return set(db.session.execute(query.distinct()).scalars())
