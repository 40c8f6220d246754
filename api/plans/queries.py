"""Every SELECT about visits."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.core.pagination import page
from api.core.shapes import moment_text
from api.plans.lifecycle import BEGUN_GRACE, OPEN
from api.plans.models import Plan, PlanStore, Visit
from api.stores.models import Store
from api.stores.queries import regions_below, visible_stores


def visit_for(actor: Actor, visit_id: uuid.UUID) -> Visit | None:
    """A visit to a visible store, or one that is the actor's own duty."""
    return visits_for(actor, [visit_id]).get(visit_id)


def visits_for(actor: Actor, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    """Those of these visits that lie in visible stores or are the actor's own duty."""
    query = sa.select(Visit).where(
        Visit.id.in_(set(ids)),
        sa.or_(Visit.store_id.in_(visible_stores(actor)), Visit.assignee_id == actor.id),
    )
    return {row.id: row for row in db.session.execute(query).scalars()}


def visit(visit_id: uuid.UUID) -> Visit | None:
    """A visit, whoever asks."""
    return db.session.get(Visit, visit_id)


def visits_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Visit]:
    """These visits."""
    rows = db.session.execute(sa.select(Visit).where(Visit.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def visit_page(
    actor: Actor, *, cursor: str | None, limit: int, **wanted: Any
) -> tuple[list[Visit], str | None]:
    """Visible visits by their due time; what may be wanted of them is said in VisitQuery."""
    query = sa.select(Visit).where(Visit.store_id.in_(visible_stores(actor)), *_conditions(wanted))
    return page(
        db.session,
        query,
        [Visit.due_at, Visit.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda v: [moment_text(v.due_at, micro=True), str(v.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
    )


def _conditions(wanted: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        column == wanted[name]
        for name, column in (
            ("store_id", Visit.store_id),
            ("assignee_id", Visit.assignee_id),
            ("plan_id", Visit.plan_id),
        )
        if wanted.get(name)
    ]
    if wanted.get("state"):
        found.append(Visit.state.in_(wanted["state"]))
    if wanted.get("unsettled"):
        found += [Visit.state == "missed", Visit.settled_at.is_(None)]
    if wanted.get("unassigned"):
        found += [Visit.assignee_id.is_(None), Visit.state.in_(OPEN)]
    return found + _when(wanted) + _where(wanted)


def _when(wanted: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.get("due_from"):
        found.append(Visit.due_at >= wanted["due_from"])
    if wanted.get("due_to"):
        found.append(Visit.due_at < wanted["due_to"])
    if wanted.get("from_"):
        found.append(Visit.due_at >= wanted["from_"])
    if wanted.get("to"):
        found.append(Visit.opens_at < wanted["to"])
    return found


def _where(wanted: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    places: list[sa.ColumnElement[bool]] = []
    if wanted.get("region_id"):
        places.append(Store.region_id.in_(regions_below([wanted["region_id"]])))
    if wanted.get("search"):
        columns = (Store.code, Store.name_zh, Store.name_en, Store.address)
        places.append(sa.or_(*(c.icontains(wanted["search"], autoescape=True) for c in columns)))
    return [Visit.store_id.in_(sa.select(Store.id).where(*places))] if places else []


def run_out(now: datetime, limit: int) -> Sequence[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """Open visits whose time has passed, as (id, store, checklist), held against everybody else.

    Those that somebody has begun have some hours more.
    """
    is_over = sa.or_(
        sa.and_(Visit.state == "scheduled", Visit.missed_at < now),
        sa.and_(Visit.state == "in_progress", Visit.missed_at < now - BEGUN_GRACE),
    )
    query = (
        sa.select(Visit.id, Visit.store_id, Visit.checklist_id)
        .where(is_over)
        .order_by(Visit.missed_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def set_missed(ids: Sequence[uuid.UUID]) -> None:
    """Marks these visits, which the running unit holds, as missed."""
    db.session.execute(
        sa.update(Visit)
        .where(Visit.id.in_(ids))
        .values(state="missed", version=Visit.version + 1)
        .execution_options(synchronize_session=False)
    )


def checklists_in_use(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these checklists open visits still need."""
    query = sa.select(Visit.checklist_id).where(Visit.checklist_id.in_(list(ids)), Visit.state.in_(OPEN))
    return set(db.session.execute(query.distinct()).scalars())


def plan_names(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, dict[str, str]]:
    """The names of these plans."""
    wanted = {i for i in ids if i is not None}
    if not wanted:
        return {}
    rows = db.session.execute(sa.select(Plan.id, Plan.name_zh, Plan.name_en).where(Plan.id.in_(wanted)))
    return {row[0]: {"zh": row[1], "en": row[2]} for row in rows}


def successors(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The visits that took the place of these."""
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(Visit.rescheduled_from, Visit.id).where(Visit.rescheduled_from.in_(ids))
    )
    return {row[0]: row[1] for row in rows if row[0]}


def hold_store(store_id: uuid.UUID) -> None:
    """Until the running unit ends, nobody else who asks for this works on the same store."""
    db.session.execute(sa.select(Store.id).where(Store.id == store_id).with_for_update(key_share=True))


def planned_visit(
    store_id: uuid.UUID,
    checklist_id: uuid.UUID,
    now: datetime,
    until: datetime,
    *,
    but: uuid.UUID | None,
) -> uuid.UUID | None:
    """The next open visit of a checklist in a store that may be done before `until`; self-checks aside."""
    query = (
        sa.select(Visit.id)
        .where(
            Visit.store_id == store_id,
            Visit.checklist_id == checklist_id,
            Visit.state.in_(OPEN),
            Visit.kind != "self",
            Visit.id != but if but else sa.true(),
            Visit.due_at > now,
            Visit.opens_at < until,
        )
        .order_by(Visit.opens_at, Visit.id)
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none()


def visit_of_inspection(store_id: uuid.UUID, inspection_id: uuid.UUID) -> Visit | None:
    """The visit of this store that an inspection fulfilled."""
    query = sa.select(Visit).where(Visit.store_id == store_id, Visit.inspection_id == inspection_id)
    return db.session.execute(query).scalar_one_or_none()


def recheck_of(inspection_id: uuid.UUID) -> Visit | None:
    """The visit that was made because this inspection asked for it."""
    query = sa.select(Visit).where(Visit.source_inspection_id == inspection_id)
    return db.session.execute(query).scalar_one_or_none()


def hold_plans() -> None:
    """No process makes visits until the running unit ends, so that none goes by what is no longer so."""
    running = sa.select(Plan.id).where(Plan.state != "ended").order_by(Plan.id)
    db.session.execute(running.with_for_update(read=True))


def unsettle_store(store_id: uuid.UUID, until: date) -> None:
    """The visits that plans made in a store for later days are looked at again."""
    db.session.execute(
        sa.update(PlanStore)
        .where(PlanStore.store_id == store_id, PlanStore.until > until)
        .values(until=until)
        .execution_options(synchronize_session=False)
    )
