"""Visits follow the people: a new supervisor of a store takes over what lies ahead, and so on for every rule.

Only people change here, and only on visits that nobody has begun and that nobody gave to somebody by hand.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from api.core.transaction import in_transaction
from api.plans import plan_queries, situation
from api.plans.demand import PLAIN
from api.plans.materialising import CHUNK, News, Tally, write
from api.plans.settling import Changes, Held, people_only
from api.plans.situation import Situation
from api.plans.who import StoreRow


def follow(now: datetime, *, plan_ids: Sequence[uuid.UUID] | None = None) -> int:
    """Gives the visits ahead to whom their plans name by now; how many changed hands."""
    ids = in_transaction(plan_queries.running_plan_ids) if plan_ids is None else plan_ids
    changed = 0
    for plan_id in ids:
        for store_ids in _parts(in_transaction(_differing, plan_id, now)):
            changed += in_transaction(_give, plan_id, store_ids, now)
    return changed


def _parts(store_ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    yield from (store_ids[start : start + CHUNK] for start in range(0, len(store_ids), CHUNK))


def _differing(plan_id: uuid.UUID, now: datetime) -> list[uuid.UUID]:
    """The stores in which a visit ahead belongs to somebody whose turn never comes there."""
    plan = plan_queries.plan(plan_id)
    if plan is None:
        return []
    standing = situation.of_plan(plan, now)
    stores = {store.id: store for store in standing.stores}
    differing = {
        store_id
        for store_id, owner, assignee in plan_queries.people_ahead(plan_id, now)
        if store_id in stores and not _fits(standing, stores[store_id], owner, assignee)
    }
    return sorted(differing)


def _fits(standing: Situation, store: StoreRow, owner: uuid.UUID | None, assignee: uuid.UUID | None) -> bool:
    named: set[uuid.UUID | None] = set()
    own = standing.demand.overrides.get(store.id, PLAIN).assignee
    for period in standing.timeline:
        terms = period.revision.terms
        if terms is not None and store.id in standing.demand.inside.get(period.revision.number, ()):
            named |= standing.demand.people.owners(own or terms.assignee, store)
    gone = owner is not None and assignee not in standing.demand.people.active
    return not gone and (owner or assignee) in named


def _give(plan_id: uuid.UUID, store_ids: Sequence[uuid.UUID], now: datetime) -> int:
    plan = plan_queries.locked_plan(plan_id)
    if plan is None:
        return 0
    standing, news, tally = situation.of_plan(plan, now), News(), Tally()
    stores = {store.id: store for store in standing.stores}
    ahead: dict[uuid.UUID, dict[str, Held]] = {}
    for visit in plan_queries.open_visits(plan_id, store_ids, now):
        if visit.store_id in stores:
            ahead.setdefault(visit.store_id, {})[visit.occurrence] = visit
    changed: list[tuple[Held, Changes]] = []
    for store_id, visits in ahead.items():
        first = date.fromisoformat(min(visits)[:10])
        changed += people_only(visits, standing.demand.wanted(stores[store_id], first), now)
    write(changed, tally, news, now)
    news.tell(plan_id, now)
    return tally.total
