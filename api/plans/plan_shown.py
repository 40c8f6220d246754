"""Plans as JSON shows them; numbers and overrides are those of the stores that the reader may see."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from api.accounts import queries as accounts
from api.accounts.types import Actor
from api.checklists import queries as checklists
from api.plans import plan_queries
from api.plans.dispatch import periods
from api.plans.models import Plan, PlanRevision
from api.plans.plan_services import may_change
from api.plans.plan_standing import Standing, standings
from api.plans.situation import horizon, local_day
from api.stores import queries as stores

_PLAIN = ("id", "name", "state", "created_at", "updated_at", "version")
_DIFFERENT = ("times", "assignee", "window_minutes")


def plans_shown(actor: Actor, plans: Sequence[Plan], now: datetime) -> list[dict[str, Any]]:
    """Plans with what counts now and next, and how far their visits are made."""
    revisions = plan_queries.revision_rows(plan.id for plan in plans)
    shown = _Shown(rows for found in revisions.values() for rows in found)
    where = standings(actor, revisions, horizon(now), now)
    resting = plan_queries.resting(revisions)
    return [
        _plan(actor, plan, revisions[plan.id], where.get(plan.id, Standing()), shown, now)
        | {"resting": plan.id in resting}
        for plan in plans
    ]


def plan_in_full(actor: Actor, plan: Plan, now: datetime) -> dict[str, Any]:
    """A plan with all its revisions and what is different in single stores."""
    rows = plan_queries.revision_rows([plan.id])[plan.id]
    shown = _Shown(rows)
    scope = None
    if plan.scope_region_ids is not None:
        found = stores.regions_by_id(uuid.UUID(str(i)) for i in plan.scope_region_ids)
        scope = [{"id": region.id, "name": region.name} for region in found.values()]
    return plans_shown(actor, [plan], now)[0] | {
        "revisions": [shown.revision(row) for row in rows],
        "overrides": _overrides(actor, plan.id),
        "scope_regions": scope,
    }


class _Shown:
    """Revisions with the names of people and checklists, looked up at once."""

    def __init__(self, rows: Any) -> None:
        known = list(rows)
        self.people = accounts.names([row.created_by for row in known])
        self.checklists = checklists.checklists_by_id(row.checklist_id for row in known)

    def person(self, user_id: uuid.UUID) -> dict[str, Any]:
        return {"id": user_id, "name": self.people.get(user_id, "")}

    def revision(self, row: PlanRevision) -> dict[str, Any]:
        return {
            "number": row.number,
            "effective_from": row.effective_from,
            "stopped": row.stopped,
            "checklist": {"id": row.checklist_id, "name": self.checklists[row.checklist_id].name},
            "terms": row.terms,
            "created_by": self.person(row.created_by),
            "created_at": row.created_at,
        }


def _plan(
    actor: Actor,
    plan: Plan,
    rows: Sequence[PlanRevision],
    standing: Standing,
    shown: _Shown,
    now: datetime,
) -> dict[str, Any]:
    current, following = _counting(rows, local_day(now, standing.timezone))
    return {name: getattr(plan, name) for name in _PLAIN} | {
        "current": shown.revision(current),
        "next": shown.revision(following) if following else None,
        "stores": standing.stores,
        "visits_ahead": standing.visits_ahead,
        "settled": {"stores": standing.settled, "of": standing.stores},
        "may_change": may_change(actor, plan),
        "created_by": shown.person(plan.created_by),
    }


def _counting(rows: Sequence[PlanRevision], today: date) -> tuple[PlanRevision, PlanRevision | None]:
    """The revision that counts today, or first of all, and the one after it."""
    by_number = {row.number: row for row in rows}
    timeline = [by_number[p.revision.number] for p in periods(plan_queries.as_revisions(rows))]
    begun = sum(row.effective_from <= today for row in timeline)
    place = max(begun - 1, 0)
    return timeline[place], timeline[place + 1] if place + 1 < len(timeline) else None


def _overrides(actor: Actor, plan_id: uuid.UUID) -> list[dict[str, Any]]:
    rows: dict[uuid.UUID, Mapping[str, Any]] = {
        store_id: given
        for store_id, (_, given) in plan_queries.plan_store_rows(plan_id).items()
        if given and any(given.get(name) for name in ("excluded", *_DIFFERENT))
    }
    seen = set(map(str, rows)) & stores.visible_store_ids(actor) if rows else set()
    places = stores.stores_by_id(i for i in rows if str(i) in seen)
    return [
        {
            "store": {"id": store.id, "code": store.code, "name": store.name},
            "excluded": bool(rows[store.id].get("excluded")),
        }
        | {name: rows[store.id].get(name) for name in _DIFFERENT}
        for store in sorted(places.values(), key=lambda s: s.code)
    ]
