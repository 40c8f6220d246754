"""The deeds about plans: make, change, pause, resume, end, and what is different in one store.

Edits go forward only: each is a new revision from a local day on, after which the visits from that day on
are settled anew (materialising.py). Nothing here touches a visit itself.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api.accounts.types import HQ_ADMIN, Actor
from api.checklists import queries as checklist_queries
from api.core.db import db
from api.core.errors import (
    EmptySelection,
    FieldError,
    Forbidden,
    NotFound,
    StaleVersion,
    Validation,
    WrongState,
)
from api.core.ids import new_id
from api.events import services as events
from api.plans import plan_queries
from api.plans.models import Plan, PlanRevision, PlanStore
from api.plans.plan_queries import StoreRow
from api.plans.terms import assignee_faults, faults_in, read
from api.stores import queries as store_queries

_DAY = timedelta(days=1)
_AFTER = {
    ("active", "pause"): "paused",
    ("paused", "resume"): "active",
    ("active", "end"): "ended",
    ("paused", "end"): "ended",
}


def create(actor: Actor, given: Mapping[str, Any], now: datetime) -> Plan:
    """Makes a plan that is active from its first day on. Raises Validation, EmptySelection."""
    terms = given["terms"]
    _check(actor, given["checklist_id"], terms)
    plan = Plan(
        id=new_id(),
        name_zh=given["name"]["zh"],
        name_en=given["name"]["en"],
        state="active",
        scope_region_ids=_bounds(actor),
        created_by=actor.id,
        created_at=now,
        updated_at=now,
        version=1,
    )
    stores = plan_queries.selected_stores(read(terms).selection, plan.scope_region_ids)
    if not stores and not given.get("allow_empty"):
        raise EmptySelection()
    db.session.add(plan)
    db.session.flush()
    _revise(plan, actor, now, terms["starts_on"], given["checklist_id"], _plain(terms), stopped=False)
    _meet(plan.id, stores, now)
    _record("plan.created", plan, actor, now)
    return plan


def change(actor: Actor, plan_id: uuid.UUID, given: Mapping[str, Any], now: datetime) -> Plan:
    """Changes a plan from a day on. Raises NotFound, StaleVersion, WrongState, Validation."""
    plan = _mine(actor, plan_id, given["version"])
    if plan.state == "ended":
        raise WrongState("This plan has ended.")
    if given.get("name"):
        plan.name_zh, plan.name_en = given["name"]["zh"], given["name"]["en"]
    if "terms" in given or "checklist_id" in given:
        newest = _newest(plan.id)
        terms = given.get("terms", newest.terms)
        checklist_id = given.get("checklist_id", newest.checklist_id)
        _check(actor, checklist_id, terms)
        day = _effective(plan, newest, given.get("effective_from", "next"), now)
        _revise(plan, actor, now, day, checklist_id, _plain(terms), stopped=plan.state == "paused")
        _unsettle(plan.id, day)
    _touch(plan, now)
    _record("plan.changed", plan, actor, now)
    return plan


def step(actor: Actor, plan_id: uuid.UUID, given: Mapping[str, Any], now: datetime) -> Plan:
    """Pauses, resumes or ends a plan from a day on. Raises NotFound, StaleVersion, WrongState, Validation."""
    plan = _mine(actor, plan_id, given["version"])
    to = _AFTER.get((plan.state, given["action"]))
    if to is None:
        raise WrongState(extras={"current": {"state": plan.state, "version": plan.version}})
    newest = _newest(plan.id)
    day = _effective(plan, newest, given.get("effective_from", "next"), now)
    _revise(plan, actor, now, day, newest.checklist_id, newest.terms, stopped=to != "active")
    _unsettle(plan.id, day)
    plan.state = to
    _touch(plan, now)
    _record(f"plan.{to}", plan, actor, now, reason=given.get("reason", ""))
    return plan


def override(
    actor: Actor, plan_id: uuid.UUID, store_id: uuid.UUID, given: Mapping[str, Any] | None, now: datetime
) -> Plan:
    """Sets what is different in one store from today on, or takes that away (None).

    Raises NotFound, Validation.
    """
    plan = plan_queries.plan_for(actor, plan_id)
    if plan is None or store_queries.store_for(actor, store_id) is None:
        raise NotFound()
    if given and given.get("assignee"):
        _raise(assignee_faults(given["assignee"]))
        _check_people(actor, given["assignee"], "/assignee")
    row = db.session.get(PlanStore, (plan_id, store_id))
    if row is None:
        row = PlanStore(plan_id=plan_id, store_id=store_id, until=None)
        db.session.add(row)
    row.override = _plain(given) if given else None
    if row.until is not None:
        row.until = min(row.until, now.astimezone(UTC).date() - _DAY)
    db.session.flush()
    _record("plan.store_changed", plan, actor, now, store=str(store_id))
    return plan


def may_change(actor: Actor, plan: Plan) -> bool:
    """Head office changes every plan, others those that lie wholly within their regions."""
    if actor.role == HQ_ADMIN:
        return True
    if plan.scope_region_ids is None:
        return False
    inside = {str(region.id) for region in store_queries.visible_regions(actor)}
    return set(map(str, plan.scope_region_ids)) <= inside


def _mine(actor: Actor, plan_id: uuid.UUID, version: int) -> Plan:
    plan = plan_queries.plan_for(actor, plan_id)
    if plan is None:
        raise NotFound()
    if not may_change(actor, plan):
        raise Forbidden("This plan reaches beyond your regions.")
    if plan.version != version:
        raise StaleVersion(extras={"current": {"version": plan.version, "state": plan.state}})
    return plan


def _bounds(actor: Actor) -> list[str] | None:
    return None if actor.sees_everything else sorted(str(i) for i in actor.region_ids)


def _check(actor: Actor, checklist_id: uuid.UUID, terms: Mapping[str, Any]) -> None:
    faults = [FieldError(f"/terms{f.pointer}", f.code, f.message) for f in faults_in(terms)]
    checklist = checklist_queries.checklist(checklist_id)
    if checklist is None or checklist.published_version is None or checklist.retired_at is not None:
        faults.append(FieldError("/checklist_id", "unknown", "There is no such published checklist."))
    if faults:
        raise Validation(errors=faults)
    _check_places(actor, terms["selection"])
    _check_people(actor, terms["assignee"], "/terms/assignee")


def _check_places(actor: Actor, selection: Mapping[str, Any]) -> None:
    mine = {str(region.id) for region in store_queries.visible_regions(actor)}
    faults = [
        FieldError(f"/terms/selection/region_ids/{i}", "unknown", "There is no such region among yours.")
        for i, region in enumerate(selection["region_ids"])
        if str(region) not in mine
    ]
    if faults:
        raise Validation(errors=faults)


def _check_people(actor: Actor, assignee: Mapping[str, Any], at: str) -> None:
    named = [("user_id", assignee.get("user_id"))] if assignee.get("user_id") else []
    named += [(f"user_ids/{i}", user) for i, user in enumerate(assignee.get("user_ids") or ())]
    faults = []
    for name, user_id in named:
        person = store_queries.user_for(actor, uuid.UUID(str(user_id)))
        if person is None or not person.is_active:
            faults.append(FieldError(f"{at}/{name}", "unknown", "There is no such person among yours."))
    if faults:
        raise Validation(errors=faults)


def _raise(faults: Sequence[Any]) -> None:
    if faults:
        raise Validation(errors=[FieldError(f.pointer, f.code, f.message) for f in faults])


def _effective(plan: Plan, newest: PlanRevision, given: Any, now: datetime) -> date:
    """`today`, `next` (the day after) or a day that has not passed, by the clock of the plan's stores.

    Raises Validation.
    """
    zone = plan_queries.first_zone(read(newest.terms).selection, plan.scope_region_ids)
    today = now.astimezone(zone).date()
    if given == "today":
        return today
    if given == "next":
        return today + _DAY
    if given < today:
        raise Validation(errors=[FieldError("/effective_from", "past", "Changes go forward only.")])
    day: date = given
    return day


def _meet(plan_id: uuid.UUID, stores: Sequence[StoreRow], now: datetime) -> None:
    """The stores of the first day: their visits begin today, whenever the job process gets to them."""
    rows = [
        {
            "plan_id": plan_id,
            "store_id": store.id,
            "until": now.astimezone(ZoneInfo(store.timezone)).date() - _DAY,
            "override": None,
        }
        for store in stores
    ]
    if rows:
        db.session.execute(sa.insert(PlanStore), rows)


def _newest(plan_id: uuid.UUID) -> PlanRevision:
    return plan_queries.revision_rows([plan_id])[plan_id][-1]


def _revise(
    plan: Plan, actor: Actor, now: datetime, day: date, checklist_id: uuid.UUID, terms: Any, *, stopped: bool
) -> None:
    known = plan_queries.revision_rows([plan.id]).get(plan.id, [])
    db.session.add(
        PlanRevision(
            id=new_id(),
            plan_id=plan.id,
            number=len(known) + 1,
            effective_from=day,
            stopped=stopped,
            checklist_id=checklist_id,
            terms=terms,
            created_by=actor.id,
            created_at=now,
        )
    )
    db.session.flush()


def _unsettle(plan_id: uuid.UUID, day: date) -> None:
    """The visits from this day on are looked at again."""
    db.session.execute(
        sa.update(PlanStore)
        .where(PlanStore.plan_id == plan_id, PlanStore.until >= day)
        .values(until=day - _DAY)
    )


def _touch(plan: Plan, now: datetime) -> None:
    plan.updated_at = now
    db.session.flush()


def _plain(value: Any) -> Any:
    """As JSON holds it: ids, days and times as texts."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat(timespec="minutes") if hasattr(value, "hour") else str(value)


def _record(kind: str, plan: Plan, actor: Actor, now: datetime, **data: Any) -> None:
    events.record(kind, "plan", plan.id, at=now, actor_id=actor.id, state=plan.state, **data)
