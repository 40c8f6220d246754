"""The deeds about visits that nobody decides about: one made by hand, one handed in, those that were missed."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts.types import Actor
from api.checklists import queries as checklist_queries
from api.checklists import services as checklist_services
from api.core.db import db
from api.core.errors import FieldError, IdReused, NotFound, Validation
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.plans import (
    facts,
    lifecycle,
    people,
    queries,
    store_changes,  # noqa: F401  (registers what follows when a store changes)
)
from api.plans.dispatch import Duty, duty
from api.plans.models import Visit
from api.stores import queries as store_queries
from api.stores.models import Store

GRACE = timedelta(hours=24)
MISSED_AT_ONCE = 1000
_ABOUT = ("store_id", "checklist_id", "kind", "opens_at", "due_at", "note")


def plan_by_hand(actor: Actor, given: Mapping[str, Any], now: datetime) -> Visit:
    """A single visit; a deputy has it when its person is away. The same id and content again gives the same.

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
    duties = duty_on(store, given["assignee_id"], given["opens_at"])
    visit = new_visit({name: given[name] for name in _ABOUT}, duties, actor.id, now, visit_id=visit_id)
    db.session.add(visit)
    db.session.flush()
    facts.of_visit("visit.planned", visit, actor.id, now)
    return visit


def new_visit(
    about: Mapping[str, Any],
    duties: Duty,
    created_by: uuid.UUID | None,
    now: datetime,
    *,
    visit_id: uuid.UUID | None = None,
) -> Visit:
    """The row of a visit that no plan's occurrence asks for, not yet added."""
    return Visit(
        id=visit_id or new_id(),
        missed_at=about["due_at"] + GRACE,
        state="scheduled",
        inspection_id=None,
        reason="",
        assignee_id=duties.assignee_id,
        owner_id=duties.owner_id,
        created_by=created_by,
        created_at=now,
        version=1,
        **about,
    )


def duty_on(store: Store, user_id: uuid.UUID | None, opens_at: datetime) -> Duty:
    """Whose duty a visit is on its local day, with the deputy when that person is away."""
    day = opens_at.astimezone(ZoneInfo(store.timezone)).date()
    return duty(user_id, day, people.absences_from(day))


def _check(actor: Actor, given: Mapping[str, Any], store_status: str) -> None:
    faults = store_faults(store_status) + checklist_faults(given["checklist_id"])
    assignee = store_queries.user_for(actor, given["assignee_id"])
    if assignee is None or not assignee.is_active:
        faults.append(FieldError("/assignee_id", "unknown", "There is no such person among yours."))
    if given["due_at"] <= given["opens_at"]:
        faults.append(FieldError("/due_at", "before_opening", "The visit must be due after it opens."))
    if faults:
        raise Validation(errors=faults)


def store_faults(status: str) -> list[FieldError]:
    """What speaks against a visit to a store of this status."""
    if status == "open":
        return []
    return [FieldError("/store_id", "not_open", "This store is suspended or closed.")]


def checklist_faults(checklist_id: uuid.UUID) -> list[FieldError]:
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
    differs = any(getattr(known, name) != given[name] for name in _ABOUT)
    meant = given["assignee_id"] in (known.assignee_id, known.owner_id)
    if queries.visit_for(actor, known.id) is None or differs or not meant:
        raise IdReused()
    return known


def fulfil(
    visit: Visit,
    inspection_id: uuid.UUID,
    actor_id: uuid.UUID,
    now: datetime,
    *,
    started_at: datetime,
    finished_at: datetime,
) -> None:
    """The visit's inspection has arrived; only the first one counts.

    What was begun before `missed_at` is handed in, even when it was marked as missed meanwhile; what was begun
    later is kept with the visit, which stays missed.
    """
    if visit.inspection_id is not None:
        return
    visit.inspection_id = inspection_id
    visit.started_at = min(started_at, visit.started_at or started_at)
    visit.finished_at = finished_at
    visit.state = lifecycle.handed_in(visit.state, visit.started_at, visit.missed_at)
    db.session.flush()
    facts.of_visit("visit.submitted", visit, actor_id, now)
    let_go([visit], now)


def mark_all_missed(now: datetime) -> int:
    """Marks all visits whose time has run out, in units of a thousand; gives how many."""
    total = 0
    while done := in_transaction(mark_missed, now):
        total += done
    return total


def mark_missed(now: datetime) -> int:
    """Marks up to a thousand visits whose time has run out; gives how many."""
    over = queries.run_out(now, MISSED_AT_ONCE)
    if over:
        queries.set_missed([visit_id for visit_id, _, _ in over])
        facts.of_many("visits.missed", over[0][0], [(store, visit) for visit, store, _ in over], now)
        let_checklists_go({checklist for _, _, checklist in over}, now)
    return len(over)


def let_go(ended: Sequence[Visit], now: datetime) -> None:
    """Retired checklists leave the phones with the last open visit that needs them."""
    let_checklists_go({visit.checklist_id for visit in ended}, now)


def let_checklists_go(ids: Iterable[uuid.UUID], now: datetime) -> None:
    """Retired ones among these leave the phones when no open visit needs them any more.

    They are held first, so that of two visits that end at the same moment one sees that it is the last.
    """
    db.session.flush()
    retired = checklist_queries.retired_among(ids)
    in_use = queries.checklists_in_use([checklist.id for checklist in retired])
    for checklist in retired:
        if checklist.id not in in_use:
            checklist_services.left_behind(checklist, now)
