"""A plan as it would be: gathered here, reckoned in preview.py, and nothing is stored."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from api.accounts.types import Actor
from api.core.errors import Forbidden
from api.plans import plan_queries, preview_queries, situation
from api.plans.demand import Demand
from api.plans.dispatch import Period, Revision, periods
from api.plans.models import Plan
from api.plans.plan_checks import check
from api.plans.plan_services import bounds, edited, effective, may_change
from api.plans.preview import FirstDay, figures, groups
from api.plans.preview_change import compare, meetings
from api.plans.preview_shown import Seen, shown
from api.plans.situation import HORIZON_DAYS, Reader, Situation, local_day, window_days
from api.plans.terms import Terms, read
from api.plans.who import People, StoreRow

SAMPLE, MEETINGS = 20, 50
Given = Mapping[str, Any]


@dataclass(frozen=True)
class _Draft:
    """What would count: the periods with the new terms in them, and from which day those do."""

    plan: Plan | None
    reader: Reader
    terms: Terms
    number: int
    timeline: Sequence[Period]
    day: date


def preview(actor: Actor, given: Given, now: datetime) -> dict[str, Any]:
    """What a new plan, or an edit of one, would do. Raises NotFound, Forbidden, Validation."""
    draft = _draft(actor, given, now)
    last = situation.horizon(now)
    if draft.day > last:
        last = draft.day + HORIZON_DAYS * situation.DAY
    plan_id = draft.plan.id if draft.plan else None
    standing = situation.at(draft.timeline, draft.reader, now, last)
    first_day = _first_days(standing, now)
    others = _others(plan_id, standing, last)
    total, met = meetings(standing.demand, standing.stores, first_day, others, now, MEETINGS)
    return shown(
        Seen(
            now=now,
            first=min(
                (max(local_day(now, s.timezone), draft.day) for s in standing.stores), default=draft.day
            ),
            stores=_meant(draft, standing),
            terms=draft.terms,
            standing=standing,
            first_day=first_day,
            figures=figures(standing.demand, groups(standing.demand, standing.stores, first_day), now),
            meetings=met,
            meetings_total=total,
            change=_change(draft, standing, last, now),
        ),
        search=given["search"],
        after=given["cursor"],
        most=SAMPLE,
    )


def _draft(actor: Actor, given: Given, now: datetime) -> _Draft:
    plan = _plan_of(actor, given["plan_id"]) if given.get("plan_id") else None
    check(actor, given["checklist_id"], given["terms"])
    terms = read(given["terms"])
    if plan is None:
        revision = Revision(1, terms.rule.starts_on, given["checklist_id"], terms, now)
        reader = Reader(None, bounds(actor))
        return _Draft(None, reader, terms, 1, periods([revision]), terms.rule.starts_on)
    rows = plan_queries.revision_rows([plan.id])[plan.id]
    reader = Reader(plan.id, plan.scope_region_ids)
    day = effective(plan, reader.stores(terms.selection), given["effective_from"], now)
    number = rows[-1].number
    new = [
        Revision(number + place, begins, given["checklist_id"], None if stopped else terms, now)
        for place, (begins, stopped) in enumerate(edited(rows[-1], day), 1)
    ]
    timeline = periods([*plan_queries.as_revisions(rows), *new])
    return _Draft(plan, reader, terms, number + 1, timeline, day)


def _plan_of(actor: Actor, plan_id: uuid.UUID) -> Plan:
    plan = plan_queries.seen_plan(actor, plan_id)
    if not may_change(actor, plan):
        raise Forbidden("This plan reaches beyond your regions.")
    return plan


def _first_days(standing: Situation, now: datetime) -> FirstDay:
    """From which local day on something may be due after now."""
    reach = window_days(standing.longest_window())

    @cache
    def of_zone(timezone: str) -> date:
        return local_day(now, timezone) - reach

    return lambda store: of_zone(store.timezone)


def _meant(draft: _Draft, standing: Situation) -> list[StoreRow]:
    """The stores that the new terms mean, without those that an override takes out."""
    inside = standing.demand.inside.get(draft.number)
    overrides = standing.demand.overrides
    return [
        store
        for store in standing.stores
        if (inside is None or store.id in inside)
        and not (store.id in overrides and overrides[store.id].excluded)
    ]


def _others(
    plan_id: uuid.UUID | None, standing: Situation, last: date
) -> dict[uuid.UUID, tuple[Demand, Collection[uuid.UUID]]]:
    """The other active plans as they are, for the stores that both have."""
    stores = {store.id for store in standing.stores}
    found: dict[uuid.UUID, tuple[Demand, Collection[uuid.UUID]]] = {}
    for other in preview_queries.other_plans(plan_id):
        theirs = other.stores.keys() & stores
        if theirs:
            inside = {p.revision.number: frozenset(theirs) for p in other.timeline}
            kept = {i: override for i, override in other.stores.items() if override is not None}
            found[other.id] = (Demand(other.timeline, inside, People(), last, kept), theirs)
    return found


def _change(draft: _Draft, standing: Situation, last: date, now: datetime) -> dict[str, Any] | None:
    if draft.plan is None:
        return None
    now_so = situation.at(situation.timeline_of(draft.plan.id), draft.reader, now, last)
    stores = {store.id: store for store in (*now_so.stores, *standing.stores)}
    begun = preview_queries.past_changing(draft.plan.id, draft.day)
    change = compare(now_so.demand, standing.demand, list(stores.values()), draft.day, now, begun)
    return {"effective_from": draft.day} | asdict(change)
