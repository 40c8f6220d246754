"""The recheck that a bad report asks for.

Band D or a failed redline: the store is looked at again within a week; band C: within two. The recheck opens on
the next day by the store's own clock and is the duty of the store's supervisor. There is one for a report at
most, none after a self-check, and none when that checklist is planned for that store in this time anyway. After
two rechecks in a row a third would tell nothing new: then it is for people to talk. Domain rules 5.10.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.accounts.types import SUPERVISOR
from api.core.db import db
from api.plans import facts, queries, services
from api.plans.dispatch import midnight
from api.plans.models import Visit
from api.stores import services as stores
from api.stores.models import Store

WITHIN_DAYS = {"D": 7, "C": 14}
IN_A_ROW = 2
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """The report that may ask for a recheck."""

    inspection_id: uuid.UUID
    checklist_id: uuid.UUID
    band: str | None
    redline_failed: bool


def days_until(band: str | None, *, redline_failed: bool) -> int | None:
    """Within how many days the store is looked at again; None when it need not be."""
    return WITHIN_DAYS["D"] if redline_failed else WITHIN_DAYS.get(band or "")


def open_recheck(asked: Asked, store: Store, visit: Visit | None, now: datetime) -> uuid.UUID | None:
    """Makes the recheck in the running unit, unless one is planned; gives the visit at which it will be done.

    `visit` is what the report was for. None when no recheck is wanted, or none can be made.
    """
    days = days_until(asked.band, redline_failed=asked.redline_failed)
    if days is None or store.status != "open" or (visit is not None and visit.kind == "self"):
        return None
    tomorrow = now.astimezone(ZoneInfo(store.timezone)).date() + _DAY
    zone = ZoneInfo(store.timezone)
    opens_at, due_at = midnight(tomorrow, zone), midnight(tomorrow + days * _DAY, zone)
    queries.hold_store(store.id)
    planned = queries.planned_visit(
        store.id, asked.checklist_id, now, due_at, but=visit.id if visit else None
    )
    if planned is not None:
        return planned
    if _rechecks_so_far(visit) >= IN_A_ROW or services.checklist_faults(asked.checklist_id):
        return None
    about = {
        "store_id": store.id,
        "checklist_id": asked.checklist_id,
        "kind": "recheck",
        "note": "",
        "opens_at": opens_at,
        "due_at": due_at,
        "source_inspection_id": asked.inspection_id,
    }
    supervisor = stores.nearest_of_role(store, SUPERVISOR)
    recheck = services.new_visit(about, services.duty_on(store, supervisor, opens_at), None, now)
    db.session.add(recheck)
    db.session.flush()
    facts.of_visit("visit.planned", recheck, None, now)
    return recheck.id


def call_off(inspection_id: uuid.UUID, actor_id: uuid.UUID, reason: str, now: datetime) -> None:
    """Cancels the recheck that a report asked for, in the running unit, unless somebody has begun it.

    A visit that was planned anyway and only served as the recheck stays.
    """
    recheck = queries.recheck_of(inspection_id)
    if recheck is None or recheck.state != "scheduled":
        return
    recheck.state, recheck.reason = "cancelled", reason
    db.session.flush()
    facts.of_visit("visit.cancelled", recheck, actor_id, now)


def _rechecks_so_far(visit: Visit | None) -> int:
    """How many rechecks led to this visit, itself among them; one that was moved counts once."""
    count = 0
    while visit is not None and visit.kind == "recheck" and count < IN_A_ROW:
        while visit.source_inspection_id is None and visit.rescheduled_from is not None:
            before = queries.visit(visit.rescheduled_from)
            assert before is not None
            visit = before
        count += 1
        source = visit.source_inspection_id
        visit = queries.visit_of_inspection(visit.store_id, source) if source else None
    return count
