"""The deeds about absences: somebody is away, a deputy has their visits, and they come back.

Visits ahead that nobody has begun change hands at once, whoever made them: each goes to whoever would have it
if it were made now. No plan is settled anew for that, so what was given to somebody by hand stays with them
unless they are away themselves. Visits that are made later follow the same rule (dispatch.py).
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts import services as accounts
from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER, STORE_ROLES, Actor
from api.core.db import db
from api.core.errors import AlreadyExists, FieldError, Forbidden, IdReused, NotFound, Validation
from api.core.ids import new_id
from api.events import services as events
from api.plans import absences_queries as queries
from api.plans import absences_rules as rules
from api.plans import facts, people
from api.plans import queries as visit_queries
from api.plans.dispatch import Away, duty
from api.plans.models import Absence, Visit
from api.stores import queries as store_queries

_DAY = timedelta(days=1)
_ABOUT = ("user_id", "deputy_id", "first_day", "last_day", "reason")
Given = Mapping[str, Any]


def create(actor: Actor, given: Given, now: datetime) -> tuple[Absence, int]:
    """Somebody will be away; gives the absence and how many visits went to the deputy.

    The same id and content again gives the same and moves nothing. Raises NotFound, Forbidden, IdReused,
    AlreadyExists for days in which the person is away already, Validation.
    """
    known = queries.absence(given["id"]) if given["id"] else None
    if known is not None:
        if any(getattr(known, name) != given[name] for name in _ABOUT) or known.created_by != actor.id:
            raise IdReused()
        return known, 0
    if store_queries.user_for(actor, given["user_id"]) is None:
        raise NotFound("There is no such person among yours.")
    _check_right(actor, given["user_id"])
    visit_queries.hold_plans()
    _check(actor, given, now)
    absence = Absence(
        id=given["id"] or new_id(),
        created_by=actor.id,
        created_at=now,
        cancelled_at=None,
        **{name: given[name] for name in _ABOUT},
    )
    db.session.add(absence)
    db.session.flush()
    return absence, _settle(absence, "absence.created", actor, now)


def cancel(actor: Actor, absence_id: uuid.UUID, now: datetime) -> tuple[Absence, int]:
    """Takes an absence back; the visits that are still ahead return. Twice is no error.

    Raises NotFound, Forbidden.
    """
    visit_queries.hold_plans()
    absence = queries.absence_for(actor, absence_id)
    if absence is None:
        raise NotFound()
    _check_right(actor, absence.user_id)
    if absence.cancelled_at is not None:
        return absence, 0
    queries.hold_people([absence.user_id])
    absence.cancelled_at = now
    db.session.flush()
    return absence, _settle(absence, "absence.cancelled", actor, now)


def _check_right(actor: Actor, user_id: uuid.UUID) -> None:
    if actor.role not in (HQ_ADMIN, REGIONAL_MANAGER) and user_id != actor.id:
        raise Forbidden("You can say of yourself alone that you are away.")


def _check(actor: Actor, given: Given, now: datetime) -> None:
    first, last = given["first_day"], given["last_day"]
    faults = _day_faults(first, last, now)
    found = queries.hold_people([given["user_id"], given["deputy_id"]])
    user, deputy = found[given["user_id"]], found.get(given["deputy_id"])
    if deputy is None or not deputy.is_active or store_queries.user_for(actor, deputy.id) is None:
        faults.append(FieldError("/deputy_id", "unknown", "There is no such person among yours."))
    elif deputy.id == user.id:
        faults.append(FieldError("/deputy_id", "oneself", "Nobody stands in for themselves."))
    elif (deputy.role in STORE_ROLES) != (user.role in STORE_ROLES):
        faults.append(
            FieldError("/deputy_id", "role", "Store people and inspectors do not stand in for each other.")
        )
    elif not faults:
        faults += _reach_faults(given["user_id"], deputy.id, first, last)
    if faults:
        raise Validation(errors=faults)
    before = people.absences_from(first)
    others = before.get(user.id, [])
    if rules.overlaps(first, last, others):
        fault = FieldError("/first_day", "overlaps", "This person is away in these days already.")
        raise AlreadyExists(errors=[fault])
    after = before | {user.id: [*others, Away(first, last, given["deputy_id"])]}
    alone = rules.left_alone(first, last, before, after)
    if alone is not None:
        words = f"On {alone} the visits would come to somebody who is away."
        raise Validation(errors=[FieldError("/deputy_id", "away", words)])


def _day_faults(first: date, last: date, now: datetime) -> list[FieldError]:
    if last < first:
        return [FieldError("/last_day", "before_first", "The last day lies before the first.")]
    if (last - first).days >= rules.MAX_DAYS:
        return [FieldError("/last_day", "too_long", "An absence is a year at most.")]
    if last < now.astimezone(UTC).date() - _DAY:
        return [FieldError("/last_day", "past", "These days have passed.")]
    return []


def _reach_faults(user_id: uuid.UUID, deputy_id: uuid.UUID, first: date, last: date) -> list[FieldError]:
    deputy = accounts.actor(deputy_id)
    assert deputy is not None
    codes = queries.out_of_reach(deputy, user_id, first, last)
    if not codes:
        return []
    words = f"This person does not have the stores {', '.join(codes)}."
    return [FieldError("/deputy_id", "out_of_reach", words)]


def _settle(absence: Absence, kind: str, actor: Actor, now: datetime) -> int:
    """Gives every visit of these days to whoever has it by what is known now; gives how many moved."""
    first, last = absence.first_day, absence.last_day
    known = people.absences_from(first)
    moved: list[Visit] = []
    left: set[uuid.UUID | None] = set()
    for visit, zone in queries.visits_that_may_move(absence.user_id, first, last, now):
        day = visit.opens_at.astimezone(ZoneInfo(zone)).date()
        if not first <= day <= last:
            continue
        owner = visit.owner_id or visit.assignee_id
        fitting = duty(owner, day, known)
        if (visit.assignee_id, visit.owner_id) != (fitting.assignee_id, fitting.owner_id):
            left.add(visit.assignee_id)
            visit.assignee_id, visit.owner_id = fitting.assignee_id, fitting.owner_id
            moved.append(visit)
    db.session.flush()
    events.record(kind, "absence", absence.id, at=now, actor_id=actor.id, moved=len(moved))
    about = [(visit.store_id, visit.id) for visit in moved]
    facts.of_many("visits.handed_over", absence.id, about, now, actor.id, left=left)
    return len(moved)
