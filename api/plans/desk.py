"""What managers and phones decide about visits: begin, cancel, excuse, move to another time, give to another.

One at a time or many at once; each is judged by itself, and nothing is written before it was judged.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts import policy
from api.accounts import services as accounts
from api.accounts.types import Actor
from api.core.db import db
from api.core.errors import (
    FieldError,
    Forbidden,
    NotFound,
    Problem,
    StaleVersion,
    Validation,
    WrongState,
)
from api.plans import facts, lifecycle, queries, services
from api.plans.models import Visit
from api.plans.shown import visits_shown
from api.stores import queries as store_queries
from api.stores.models import Store

Given = Mapping[str, Any]


def step(actor: Actor, visit_id: uuid.UUID, given: Given, now: datetime) -> Visit:
    """One step on one visit. Raises NotFound, Forbidden, StaleVersion, WrongState, Validation."""
    visit = queries.visit_for(actor, visit_id)
    if visit is None:
        raise NotFound()
    _take(actor, visit, given, now)
    services.let_go([visit], now)
    return visit


def many(actor: Actor, given: Given, now: datetime) -> list[tuple[uuid.UUID, Visit | Problem]]:
    """The same step on many visits: for each, in the order asked, the visit or what stood in the way."""
    found = queries.visits_for(actor, [one["id"] for one in given["ids"]])
    answers: list[tuple[uuid.UUID, Visit | Problem]] = []
    for one in given["ids"]:
        visit = found.get(one["id"])
        answers.append((one["id"], _tried(actor, visit, {**given, "version": one["version"]}, now)))
    services.let_go([visit for _, visit in answers if isinstance(visit, Visit)], now)
    return answers


def _tried(actor: Actor, visit: Visit | None, given: Given, now: datetime) -> Visit | Problem:
    if visit is None:
        return NotFound()
    try:
        _take(actor, visit, given, now)
    except Problem as problem:
        return problem
    return visit


def _take(actor: Actor, visit: Visit, given: Given, now: datetime) -> None:
    """Judges, then writes. Many at once rely on it that nothing is written when it raises."""
    action = given["action"]
    if action == "start":
        _start(actor, visit, given, now)
        return
    policy.require(actor, "visits.write")
    if action in lifecycle.NEEDS_MANAGER:
        policy.require(actor, "visits.excuse")
    if given.get("version") not in (None, visit.version):
        raise StaleVersion(extras={"current": visits_shown([visit])[0]})
    to = lifecycle.after(visit.state, action, settled=visit.settled_at is not None)
    if to is None:
        raise WrongState(extras={"current": visits_shown([visit])[0]})
    reason = (given.get("reason") or "").strip()
    if not reason:
        raise Validation(errors=[FieldError("/reason", "reason_required", "Say in a few words why.")])
    before = visit.assignee_id
    if action == "reassign":
        _reassign(actor, visit, given.get("assignee_id"))
    elif action == "reschedule":
        _reschedule(actor, visit, given, now)
    if action in ("excuse", "reschedule"):
        visit.settled_at = now
    visit.state, visit.reason = to, reason
    db.session.flush()
    kind = {"reassign": "reassigned", "reschedule": "rescheduled"}.get(action, to)
    facts.of_visit(f"visit.{kind}", visit, actor.id, now, left={before} - {visit.assignee_id})


def _start(actor: Actor, visit: Visit, given: Given, now: datetime) -> None:
    """The phone tells that its owner has begun; it is never held up by the state or the hour of the visit."""
    if visit.assignee_id != actor.id:
        raise Forbidden("This visit is somebody else's.")
    to = lifecycle.after(visit.state, "start")
    if to is None or now < (visit.early_at or visit.opens_at):
        return
    visit.state = to
    visit.started_at = min(now, given.get("device_at") or now)
    db.session.flush()
    facts.of_visit("visit.started", visit, actor.id, now)


def _reassign(actor: Actor, visit: Visit, user_id: uuid.UUID | None) -> None:
    store = store_queries.store(visit.store_id)
    assert store is not None
    _check_assignee(actor, store, user_id, visit.kind)
    duties = services.duty_on(store, user_id, visit.opens_at)
    visit.assignee_id, visit.owner_id = duties.assignee_id, duties.owner_id
    visit.assigned_by, visit.started_at = actor.id, None


def _reschedule(actor: Actor, visit: Visit, given: Given, now: datetime) -> None:
    """The new visit that takes this one's place."""
    store = store_queries.store(visit.store_id)
    assert store is not None
    opens_at, due_at = given.get("opens_at"), given.get("due_at")
    faults = _time_faults(opens_at, due_at, now)
    faults += services.store_faults(store.status) + services.checklist_faults(visit.checklist_id)
    if faults:
        raise Validation(errors=faults)
    assert opens_at is not None
    user_id = given.get("assignee_id") or visit.owner_id or visit.assignee_id
    _check_assignee(actor, store, user_id, visit.kind)
    about = {
        "store_id": visit.store_id,
        "checklist_id": visit.checklist_id,
        "kind": visit.kind,
        "note": visit.note,
        "opens_at": opens_at,
        "due_at": due_at,
        "plan_id": visit.plan_id,
        "rescheduled_from": visit.id,
    }
    following = services.new_visit(about, services.duty_on(store, user_id, opens_at), actor.id, now)
    db.session.add(following)
    facts.of_visit("visit.planned", following, actor.id, now)


def _time_faults(opens_at: datetime | None, due_at: datetime | None, now: datetime) -> list[FieldError]:
    if opens_at is None:
        return [FieldError("/opens_at", "required", "Say from when it may be done.")]
    if due_at is None:
        return [FieldError("/due_at", "required", "Say until when it is due.")]
    if due_at <= opens_at:
        return [FieldError("/due_at", "before_opening", "The visit must be due after it opens.")]
    if due_at <= now:
        return [FieldError("/due_at", "past", "This time has passed already.")]
    return []


def _check_assignee(actor: Actor, store: Store, user_id: uuid.UUID | None, kind: str) -> None:
    """Active, among the actor's people, and able to see the store; cross-checks come from other stores."""
    if user_id is None:
        raise Validation(errors=[FieldError("/assignee_id", "required", "Say who shall do it.")])
    person = accounts.actor(user_id) if store_queries.user_for(actor, user_id) else None
    if person is None:
        fault = FieldError("/assignee_id", "unknown", "There is no such person among yours.")
        raise Validation(errors=[fault])
    if kind != "cross" and store_queries.store_for(person, store.id) is None:
        fault = FieldError("/assignee_id", "out_of_reach", "This person does not have this store.")
        raise Validation(errors=[fault])
