"""Every SELECT about plans: themselves, the stores they mean, and the visits they made."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.checklists.models import Checklist
from api.core.db import db
from api.core.errors import NotFound
from api.core.pagination import page
from api.core.shapes import moment_text
from api.events.models import Event
from api.plans.dispatch import Revision
from api.plans.models import Plan, PlanRevision, PlanStore, Visit
from api.plans.settling import MATTER, PEOPLE, Held
from api.plans.terms import Selection, read
from api.plans.who import StoreRow
from api.stores.models import Region, Store
from api.stores.queries import regions_below, visible_stores


def plan(plan_id: uuid.UUID) -> Plan | None:
    """A plan, whoever asks."""
    return db.session.get(Plan, plan_id)


def locked_plan(plan_id: uuid.UUID) -> Plan | None:
    """A plan that nobody else may change or work on until the running unit ends."""
    query = (
        sa.select(Plan).where(Plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    )
    return db.session.execute(query).scalar_one_or_none()


def plan_for(actor: Actor, plan_id: uuid.UUID) -> Plan | None:
    """A plan the actor may see: one that meant a store among theirs, or that they made."""
    query = sa.select(Plan).where(Plan.id == plan_id, _seen_by(actor))
    return db.session.execute(query).scalar_one_or_none()


def _seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.sees_everything:
        return sa.true()
    meant = sa.select(PlanStore.plan_id).where(PlanStore.store_id.in_(visible_stores(actor)))
    return sa.or_(Plan.created_by == actor.id, Plan.id.in_(meant))


def seen_plan(actor: Actor, plan_id: uuid.UUID) -> Plan:
    """The same; raises NotFound for any other."""
    found = plan_for(actor, plan_id)
    if found is None:
        raise NotFound()
    return found


def plan_page(
    actor: Actor, *, cursor: str | None, limit: int, state: Sequence[str] = ()
) -> tuple[list[Plan], str | None]:
    """The plans the actor may see, newest first."""
    query = sa.select(Plan).where(_seen_by(actor))
    if state:
        query = query.where(Plan.state.in_(state))
    return page(
        db.session,
        query,
        [Plan.created_at, Plan.id],
        cursor=cursor,
        limit=limit,
        key_of=lambda p: [moment_text(p.created_at, micro=True), str(p.id)],
        parse=[datetime.fromisoformat, uuid.UUID],
        descending=True,
    )


def unsettled_plan_ids(horizon: date) -> Sequence[uuid.UUID]:
    """Plans that are known to have stores whose visits are not made up to this day, the oldest plan first."""
    behind = sa.exists().where(PlanStore.plan_id == Plan.id, PlanStore.until < horizon)
    query = sa.select(Plan.id).where(behind).order_by(Plan.created_at, Plan.id)
    return db.session.execute(query).scalars().all()


def running_plan_ids() -> Sequence[uuid.UUID]:
    """Plans for which there may be visits to make or to call off, oldest first."""
    unsettled = sa.select(PlanStore.plan_id).where(PlanStore.until.is_not(None))
    query = (
        sa.select(Plan.id)
        .where(sa.or_(Plan.state != "ended", Plan.id.in_(unsettled)))
        .order_by(Plan.created_at, Plan.id)
    )
    return db.session.execute(query).scalars().all()


def revision_rows(plan_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[PlanRevision]]:
    """All revisions of these plans, by their numbers."""
    rows = db.session.execute(
        sa.select(PlanRevision)
        .where(PlanRevision.plan_id.in_(set(plan_ids)))
        .order_by(PlanRevision.plan_id, PlanRevision.number)
    ).scalars()
    found: dict[uuid.UUID, list[PlanRevision]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row)
    return found


def as_revisions(rows: Sequence[PlanRevision]) -> list[Revision]:
    """As the rules look at them. What a checklist asks for while it is retired is asked for by nobody."""
    restored = _restored(row.checklist_id for row in rows)
    return [
        Revision(
            r.number,
            r.effective_from,
            r.checklist_id,
            None if r.stopped else read(r.terms),
            max(r.created_at, restored.get(r.checklist_id, r.created_at)),
        )
        for r in rows
    ]


def _restored(checklist_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When these checklists were last taken back into use, for those that ever were."""
    query = (
        sa.select(Event.entity_id, sa.func.max(Event.at))
        .where(
            Event.entity_type == "checklist",
            Event.entity_id.in_(set(checklist_ids)),
            Event.kind == "checklist.restored",
        )
        .group_by(Event.entity_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def resting(plan_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these plans whose checklist is retired: they make nothing until it is restored or replaced."""
    newest = (
        sa.select(PlanRevision.plan_id, sa.func.max(PlanRevision.number).label("number"))
        .where(PlanRevision.plan_id.in_(list(plan_ids)))
        .group_by(PlanRevision.plan_id)
        .subquery()
    )
    query = (
        sa.select(PlanRevision.plan_id)
        .join(
            newest,
            sa.and_(newest.c.plan_id == PlanRevision.plan_id, newest.c.number == PlanRevision.number),
        )
        .join(Checklist, Checklist.id == PlanRevision.checklist_id)
        .where(Checklist.retired_at.is_not(None), sa.not_(PlanRevision.stopped))
    )
    return set(db.session.execute(query).scalars())


def region_paths() -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """For each region: the regions down to it, the root first."""
    rows = db.session.execute(sa.select(Region.id, Region.path))
    return {row[0]: tuple(uuid.UUID(hex=part) for part in row[1].strip("/").split("/")) for row in rows}


def selected_stores(selection: Selection, scope_region_ids: Sequence[Any] | None) -> list[StoreRow]:
    """The open stores that a selection means now, within the plan's bounds, by code."""
    query = sa.select(
        Store.id,
        Store.code,
        Store.region_id,
        Store.timezone,
        Store.supervisor_id,
        sa.cast(Store.closed_dates, sa.Text),
        sa.cast(Store.tags, sa.Text) if selection.tags else sa.literal("[]"),
    ).where(Store.status == "open")
    if scope_region_ids is not None:
        scope = [uuid.UUID(str(i)) for i in scope_region_ids]
        query = query.where(Store.region_id.in_(regions_below(scope)))
    if selection.region_ids:
        query = query.where(Store.region_id.in_(regions_below(selection.region_ids)))
    for column, wanted in ((Store.type, selection.types), (Store.level, selection.levels)):
        if wanted:
            query = query.where(column.in_(wanted))
    listed, tags = frozenset(selection.store_ids), frozenset(selection.tags)
    left_out = frozenset(selection.except_ids)
    return [
        StoreRow(row[0], row[1], row[2], row[3], row[4], frozenset(map(date.fromisoformat, _list(row[5]))))
        for row in db.session.execute(query.order_by(Store.code))
        if (not listed or row[0] in listed)
        and row[0] not in left_out
        and (not tags or not tags.isdisjoint(_list(row[6])))
    ]


def _list(text: str | None) -> Sequence[str]:
    """A list as the database keeps it; most are empty, and then nothing is parsed."""
    found: Sequence[str] = () if text in ("[]", None) else json.loads(text or "")
    return found


def time_zones(plan_id: uuid.UUID) -> Sequence[str]:
    """The time zones of the stores that a plan has."""
    query = (
        sa.select(Store.timezone)
        .join(PlanStore, PlanStore.store_id == Store.id)
        .where(PlanStore.plan_id == plan_id, PlanStore.until.is_not(None))
        .distinct()
    )
    return db.session.execute(query).scalars().all()


def plan_store_rows(plan_id: uuid.UUID) -> dict[uuid.UUID, tuple[date | None, Mapping[str, Any] | None]]:
    """For each store the plan has met: how far its visits are made, and its override."""
    override = sa.cast(PlanStore.override, sa.Text)
    rows = db.session.execute(
        sa.select(PlanStore.store_id, PlanStore.until, override).where(PlanStore.plan_id == plan_id)
    )
    return {row[0]: (row[1], None if row[2] in ("null", None) else json.loads(row[2])) for row in rows}


_HELD = [getattr(Visit, name) for name in Held._fields]
_WRITTEN = (*MATTER, *PEOPLE, "state", "called_off_by_plan")
VISITS: sa.Table = Visit.__table__  # type: ignore[assignment]
REWRITE = (
    sa.update(VISITS)
    .where(VISITS.c.id == sa.bindparam("of_id"), VISITS.c.version == sa.bindparam("of_version"))
    .values({name: sa.bindparam(f"new_{name}") for name in _WRITTEN} | {"version": VISITS.c.version + 1})
)


def rewritten(visit: Held, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What REWRITE is given to change a visit, provided that nobody else did since it was read."""
    values = {f"new_{name}": changes.get(name, getattr(visit, name)) for name in _WRITTEN}
    return values | {"of_id": visit.id, "of_version": visit.version}


def own_visits_from(plan_id: uuid.UUID, store_ids: Sequence[uuid.UUID], first: date) -> list[Held]:
    """The visits a plan made in these stores for local days from `first` on."""
    query = sa.select(*_HELD).where(
        Visit.plan_id == plan_id, Visit.store_id.in_(store_ids), Visit.occurrence >= first.isoformat()
    )
    return [Held(*row) for row in db.session.execute(query)]


def open_visits(plan_id: uuid.UUID, store_ids: Sequence[uuid.UUID], now: datetime) -> list[Held]:
    """The visits a plan made in these stores that nobody has begun and that are not due yet."""
    query = sa.select(*_HELD).where(Visit.store_id.in_(store_ids), *_ahead(plan_id, now))
    return [Held(*row) for row in db.session.execute(query)]


def people_ahead(
    plan_id: uuid.UUID, now: datetime
) -> list[tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]]:
    """Who has the visits ahead that nobody gave by hand: (store, whose it is by right, who has it)."""
    query = (
        sa.select(Visit.store_id, Visit.owner_id, Visit.assignee_id)
        .where(Visit.assigned_by.is_(None), *_ahead(plan_id, now))
        .distinct()
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def _ahead(plan_id: uuid.UUID, now: datetime) -> list[sa.ColumnElement[bool]]:
    return [
        Visit.plan_id == plan_id,
        Visit.occurrence.is_not(None),
        Visit.state == "scheduled",
        Visit.due_at > now,
    ]
