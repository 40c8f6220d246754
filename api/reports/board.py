"""The board of a plan: who has done it, who has not, and with what result."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.core.pagination import bad_cursor, decode_cursor, encode_cursor
from api.inspections.models import Inspection
from api.plans import plan_queries
from api.plans.lifecycle import is_overdue
from api.plans.models import Visit
from api.plans.schemas import STATES
from api.reports import board_queries as queries

_PLAIN = ("id", "state", "opens_at", "due_at", "inspection_id")
_RESULT = ("score", "band", "outcome", "findings")


def board(actor: Actor, plan_id: uuid.UUID, given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A page of the board, with counts over all of it. Raises NotFound for a plan out of sight."""
    plan = plan_queries.seen_plan(actor, plan_id)
    after = decode_cursor(given["cursor"]) if given["cursor"] else None
    if not (after is None or isinstance(after, str)):
        raise bad_cursor()
    limit = given["limit"]
    found = queries.stores_of(
        actor, plan_id, now, after=after, limit=limit + 1, state=given["state"], search=given["search"]
    )
    stores = found[:limit]
    visits: dict[uuid.UUID, list[tuple[Visit, Inspection | None]]] = {}
    for visit, report in queries.visits_of(actor, plan_id, now, [store.id for store in stores]):
        visits.setdefault(visit.store_id, []).append((visit, report))
    names = accounts.names([visit.assignee_id for some in visits.values() for visit, _ in some])
    by_state, overdue, total = queries.counts(actor, plan_id, now)
    return {
        "plan": {"id": plan.id, "name": plan.name, "state": plan.state},
        "stores": total,
        "counts": {state: by_state.get(state, 0) for state in STATES} | {"overdue": overdue},
        "items": [
            {
                "store": {"id": store.id, "code": store.code, "name": store.name},
                "visits": [_visit(v, report, names, now) for v, report in visits.get(store.id, ())],
            }
            for store in stores
        ],
        "next": encode_cursor(stores[-1].code) if len(found) > limit else None,
    }


def _visit(
    visit: Visit, report: Inspection | None, names: Mapping[uuid.UUID, str], now: datetime
) -> dict[str, Any]:
    who = visit.assignee_id
    shown = {name: getattr(visit, name) for name in _PLAIN}
    return (
        shown
        | {
            "overdue": is_overdue(visit.state, visit.due_at, now),
            "assignee": {"id": who, "name": names.get(who, "")} if who else None,
        }
        | {name: getattr(report, name, None) for name in _RESULT}
    )
