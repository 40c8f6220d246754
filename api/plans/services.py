"""The deeds about visits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from api.accounts import policy
from api.accounts.types import Actor
from api.checklists import queries as checklist_queries
from api.checklists import services as checklist_services
from api.core.db import db
from api.core.errors import FieldError, IdReused, NotFound, StaleVersion, Validation, WrongState
from api.core.ids import new_id
from api.events import services as events
from api.plans import lifecycle, queries
from api.plans.models import Visit
from api.plans.shown import visits_shown
from api.stores import queries as store_queries

GRACE = timedelta(hours=24)
MISSED_AT_ONCE = 500


def plan_by_hand(actor: Actor, given: Mapping[str, Any], now: datetime) -> Visit:
    """A single visit. The same id and content again gives the visit that is there.

    Raises NotFound for a store outside the scope, Validation, IdReused.
    """
    visit_id = given["id"] or new_id()
    known = queries.visit(visit_id)
    if known is not None:
        return _the_same(actor, known, given)
    store = store_queries.store_for(actor, given["store_id"])
    if store is None:
        raise NotFound("There is no such store among yours.")
    _check(actor, given, store.status)
    visit = Visit(
        id=visit_id,
        store_id=store.id,
        checklist_id=given["checklist_id"],
        assignee_id=given["assignee_id"],
        kind=given["kind"],
        opens_at=given["opens_at"],
        due_at=given["due_at"],
        missed_at=given["due_at"] + GRACE,
        state="scheduled",
        inspection_id=None,
        note=given["note"],
        reason="",
        created_by=actor.id,
        created_at=now,
        version=1,
    )
    db.session.add(visit)
    db.session.flush()
    _record("visit.planned", visit, actor.id, now)
    return visit


def _check(actor: Actor, given: Mapping[str, Any], store_status: str) -> None:
    faults = []
    if store_status != "open":
        faults.append(FieldError("/store_id", "not_open", "This store is suspended or closed."))
    faults += _checklist_faults(given["checklist_id"])
    assignee = store_queries.user_for(actor, given["assignee_id"])
    if assignee is None or not assignee.is_active:
        faults.append(FieldError("/assignee_id", "unknown", "There is no such person among yours."))
    if given["due_at"] <= given["opens_at"]:
        faults.append(FieldError("/due_at", "before_opening", "The visit must be due after it opens."))
    if faults:
        raise Validation(errors=faults)


def _checklist_faults(checklist_id: uuid.UUID) -> list[FieldError]:
    """Held until the visit is stored, so that a checklist is not retired behind its back."""
    checklist = checklist_queries.checklist_held(checklist_id)
    at = "/checklist_id"
    if checklist is None:
        return [FieldError(at, "unknown", "There is no such checklist.")]
    if checklist.published_version is None:
        return [FieldError(at, "not_published", "This checklist is not published yet.")]
    if checklist.retired_at is not None:
        return [FieldError(at, "retired", "This checklist is retired; no new visits are made by it.")]
    return []


def _the_same(actor: Actor, known: Visit, given: Mapping[str, Any]) -> Visit:
    names = ("store_id", "checklist_id", "assignee_id", "kind", "opens_at", "due_at", "note")
    if queries.visit_for(actor, known.id) is None or any(getattr(known, n) != given[n] for n in names):
        raise IdReused()
    return known


def change_state(
    actor: Actor, visit_id: uuid.UUID, action: str, version: int, reason: str, now: datetime
) -> Visit:
    """Cancels or excuses a visit. Raises NotFound, Forbidden, StaleVersion, WrongState, Validation."""
    visit = queries.visit_for(actor, visit_id)
    if visit is None:
        raise NotFound()
    if action in lifecycle.NEEDS_MANAGER:
        policy.require(actor, "visits.excuse")
    if visit.version != version:
        raise StaleVersion(extras={"current": visits_shown([visit])[0]})
    to = lifecycle.after(visit.state, action)
    if to is None:
        raise WrongState(extras={"current": visits_shown([visit])[0]})
    if not reason.strip():
        raise Validation(errors=[FieldError("/reason", "reason_required", "Say in a few words why.")])
    was_open = visit.state in lifecycle.OPEN
    visit.state = to
    visit.reason = reason.strip()
    db.session.flush()
    _record(f"visit.{to}", visit, actor.id, now)
    if was_open:
        let_go([visit], now)
    return visit


def fulfil(visit: Visit, inspection_id: uuid.UUID, actor_id: uuid.UUID, now: datetime) -> None:
    """The visit's inspection has arrived; only the first one counts."""
    if visit.inspection_id is None:
        visit.inspection_id = inspection_id
        if visit.state not in ("cancelled", "excused"):
            visit.state = "submitted"
        db.session.flush()
        _record("visit.submitted", visit, actor_id, now)
        let_go([visit], now)


def mark_missed(now: datetime) -> int:
    """Marks visits whose time has run out; gives how many."""
    visits = queries.run_out(now, MISSED_AT_ONCE)
    for visit in visits:
        visit.state = "missed"
        _record("visit.missed", visit, None, now)
    let_go(visits, now)
    return len(visits)


def let_go(ended: Sequence[Visit], now: datetime) -> None:
    """Retired checklists leave the phones with their last open visit.

    They are held first, so that of two visits that end at the same moment one sees that it is the last.
    """
    db.session.flush()
    retired = checklist_queries.retired_among(visit.checklist_id for visit in ended)
    in_use = queries.checklists_in_use([checklist.id for checklist in retired])
    for checklist in retired:
        if checklist.id not in in_use:
            checklist_services.left_behind(checklist, now)


def _record(kind: str, visit: Visit, actor_id: uuid.UUID | None, now: datetime) -> None:
    events.record(
        kind, "visit", visit.id, at=now, actor_id=actor_id, store_id=visit.store_id, state=visit.state
    )
