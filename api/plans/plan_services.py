"""The deeds about plans: make, change, pause, resume, end, and what is different in one store.

Edits go forward only: each is a new revision from a local day on, after which the visits from that day on
are settled anew (materialising.py). Nothing here touches a visit itself.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.policy import may
from api.accounts.types import HQ_ADMIN, Actor
from api.core.db import db
from api.core.errors import (
    EmptySelection,
    FieldError,
    Forbidden,
    IdReused,
    NotFound,
    StaleVersion,
    Validation,
    WrongState,
)
from api.core.ids import new_id
from api.events import services as events
from api.plans import plan_queries
from api.plans.models import Plan, PlanRevision, PlanStore
from api.plans.plan_checks import check, check_checklist, check_override
from api.plans.situation import DAY, local_day, window_days
from api.plans.terms import read
from api.plans.who import StoreRow
from api.stores import queries as store_queries

_AFTER = {
    ("active", "pause"): "paused",
    ("paused", "resume"): "active",
    ("active", "end"): "ended",
    ("paused", "end"): "ended",
}
_DIFFERENT = ("excluded", "times", "assignee", "window_minutes")
Given = Mapping[str, Any]


def create(actor: Actor, given: Given, now: datetime) -> Plan:
    """Makes a plan that is active from its first day on; the same id and content again gives the same plan.

    Raises Validation, EmptySelection, IdReused.
    """
    known = plan_queries.plan(given["id"]) if given.get("id") else None
    if known is not None:
        return _the_same(actor, known, given)
    terms = given["terms"]
    check(actor, given["checklist_id"], terms)
    plan = Plan(
        id=given.get("id") or new_id(),
        name_zh=given["name"]["zh"],
        name_en=given["name"]["en"],
        state="active",
        scope_region_ids=bounds(actor),
        created_by=actor.id,
        created_at=now,
        updated_at=now,
        version=1,
    )
    stores = _meant(plan.scope_region_ids, terms, given)
    db.session.add(plan)
    db.session.flush()
    _revise(plan, actor, now, terms["starts_on"], given["checklist_id"], _plain(terms), stopped=False)
    _meet(plan.id, stores, read(terms).rule.window, now)
    _record("plan.created", plan, actor, now)
    return plan


def change(actor: Actor, plan_id: uuid.UUID, given: Given, now: datetime) -> Plan:
    """Changes a plan from a day on. Raises NotFound, Forbidden, StaleVersion, WrongState, Validation,
    EmptySelection.
    """
    plan = _mine(actor, plan_id, given["version"])
    if plan.state == "ended":
        raise WrongState("This plan has ended.", extras=_current(plan))
    if given.get("name"):
        plan.name_zh, plan.name_en = given["name"]["zh"], given["name"]["en"]
    if "terms" in given or "checklist_id" in given:
        _edit(plan, actor, given, now)
    _touch(plan, now)
    _record("plan.changed", plan, actor, now)
    return plan


def _edit(plan: Plan, actor: Actor, given: Given, now: datetime) -> None:
    newest = _newest(plan.id)
    terms = given.get("terms", newest.terms)
    checklist_id = given.get("checklist_id", newest.checklist_id)
    check(actor, checklist_id, terms)
    stores = _meant(plan.scope_region_ids, terms, given)
    day = effective(plan, stores, given.get("effective_from", "next"), now)
    for begins, stopped in edited(newest, day):
        _revise(plan, actor, now, begins, checklist_id, _plain(terms), stopped=stopped)
    _unsettle(plan.id, day)


def edited(newest: PlanRevision, day: date) -> list[tuple[date, bool]]:
    """The revisions that an edit from a day on makes, each by its first day and whether the plan stands still.

    A pause that is ahead stays where it is.
    """
    if newest.stopped and newest.effective_from > day:
        return [(day, False), (newest.effective_from, True)]
    return [(day, newest.stopped)]


def step(actor: Actor, plan_id: uuid.UUID, given: Given, now: datetime) -> Plan:
    """Pauses, resumes or ends a plan from a day on. Raises NotFound, Forbidden, StaleVersion, WrongState,
    Validation.
    """
    plan = _mine(actor, plan_id, given["version"])
    to = _AFTER.get((plan.state, given["action"]))
    if to is None:
        raise WrongState(extras=_current(plan))
    reason = given["reason"].strip()
    if not reason:
        raise Validation(errors=[FieldError("/reason", "reason_required", "Say in a few words why.")])
    newest = _newest(plan.id)
    if to == "active":
        check_checklist(newest.checklist_id)
    day = effective(plan, (), given.get("effective_from", "next"), now)
    _revise(plan, actor, now, day, newest.checklist_id, newest.terms, stopped=to != "active")
    _unsettle(plan.id, day)
    plan.state = to
    _touch(plan, now)
    _record(f"plan.{to}", plan, actor, now, reason=reason)
    return plan


def override(
    actor: Actor, plan_id: uuid.UUID, store_id: uuid.UUID, given: Given | None, now: datetime
) -> Plan:
    """Sets what is different in one store from today on, or takes that away (None); twice changes nothing.

    Raises NotFound, WrongState, Validation.
    """
    if plan_queries.plan_for(actor, plan_id) is None or store_queries.store_for(actor, store_id) is None:
        raise NotFound()
    plan = plan_queries.locked_plan(plan_id)
    assert plan is not None
    if plan.state == "ended":
        raise WrongState("This plan has ended.", extras=_current(plan))
    wanted = {name: _plain(given[name]) for name in _DIFFERENT if given and given.get(name)}
    check_override(actor, wanted)
    row = db.session.get(PlanStore, (plan_id, store_id), populate_existing=True)
    before = (
        {name: value for name, value in (row.override or {}).items() if name in _DIFFERENT} if row else {}
    )
    if wanted == before:
        return plan
    if row is None:
        row = PlanStore(plan_id=plan_id, store_id=store_id, until=None)
        db.session.add(row)
    row.override = wanted | {"made_at": now.isoformat()}
    if row.until is not None:
        row.until = min(row.until, now.astimezone(UTC).date() - DAY)
    db.session.flush()
    _record("plan.store_changed", plan, actor, now, store=str(store_id))
    return plan


def may_change(actor: Actor, plan: Plan) -> bool:
    """Head office changes every plan, others those that lie wholly within their regions."""
    if actor.role == HQ_ADMIN:
        return True
    if plan.scope_region_ids is None or not may(actor.role, "plans.write"):
        return False
    inside = {str(region.id) for region in store_queries.visible_regions(actor)}
    return set(map(str, plan.scope_region_ids)) <= inside


def changeable(actor: Actor, plan_id: uuid.UUID) -> Plan:
    """A plan that the actor may change, held until the unit ends. Raises NotFound, Forbidden."""
    if plan_queries.plan_for(actor, plan_id) is None:
        raise NotFound()
    plan = plan_queries.locked_plan(plan_id)
    assert plan is not None
    if not may_change(actor, plan):
        raise Forbidden("This plan reaches beyond your regions.")
    return plan


def bounds(actor: Actor) -> list[str] | None:
    """The regions that bound what an actor plans; None for everywhere."""
    return None if actor.sees_everything else sorted(str(i) for i in actor.region_ids)


def effective(plan: Plan, stores: Sequence[StoreRow], given: Any, now: datetime) -> date:
    """`today`, `next` or a day that has not passed everywhere.

    Today is where the day began last, and `next` is a day that has begun nowhere yet, so that no store's
    running day is touched. Raises Validation.
    """
    zones = {store.timezone for store in stores} | set(plan_queries.time_zones(plan.id)) or {"UTC"}
    days = [local_day(now, zone) for zone in zones]
    if given == "today":
        return min(days)
    if given == "next":
        return max(days) + DAY
    if given < min(days):
        raise Validation(errors=[FieldError("/effective_from", "past", "Changes go forward only.")])
    day: date = given
    return day


def _the_same(actor: Actor, known: Plan, given: Given) -> Plan:
    first = plan_queries.revision_rows([known.id])[known.id][0]
    same = (
        known.created_by == actor.id
        and first.checklist_id == given["checklist_id"]
        and first.terms == _plain(given["terms"])
    )
    if not same:
        raise IdReused()
    return known


def _mine(actor: Actor, plan_id: uuid.UUID, version: int) -> Plan:
    plan = changeable(actor, plan_id)
    if plan.version != version:
        raise StaleVersion(extras=_current(plan))
    return plan


def _current(plan: Plan) -> dict[str, Any]:
    return {"current": {"version": plan.version, "state": plan.state}}


def _meant(scope: Sequence[Any] | None, terms: Given, given: Given) -> list[StoreRow]:
    stores = plan_queries.selected_stores(read(terms).selection, scope)
    if not stores and not given.get("allow_empty"):
        raise EmptySelection()
    return stores


def _meet(plan_id: uuid.UUID, stores: Sequence[StoreRow], window: Any, now: datetime) -> None:
    """The stores of the first day: their visits begin now, whenever the job process gets to them."""
    rows = [
        {
            "plan_id": plan_id,
            "store_id": store.id,
            "until": local_day(now, store.timezone) - window_days(window) - DAY,
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
        .values(until=day - DAY)
        .execution_options(synchronize_session=False)
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
