"""Making the visits that plans ask for, each exactly once.

Every run looks, plan by plan, for stores whose visits are not made as far ahead as they should be, and
settles them: it compares the visits that ought to exist with those that do, makes what is missing, changes
what is different and calls off what nobody wants any more. Visits that somebody began, handed in, missed or
excused are never touched. How far a store is settled is written in the same unit as its visits, so a process
that is killed leaves nothing half done, and whoever comes next goes on from there. The unique key (plan,
store, occurrence) is the last guard. Domain rules 5.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from api.checklists import queries as checklist_queries
from api.core.bulk import insert_many
from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.plans import facts, plan_queries, services, situation
from api.plans.dispatch import Period, Wanted
from api.plans.models import Plan, PlanStore
from api.plans.settling import Changes, Held, brought_into_line
from api.plans.situation import Situation
from api.plans.who import People, StoreRow

log = structlog.get_logger()
CHUNK, FIRST_CHUNK = 500, 150
_MOST_AT_ONCE = 10


@dataclass
class Tally:
    """What a run came to."""

    made: int = 0
    changed: int = 0
    called_off: int = 0
    stores: int = 0

    def add(self, other: "Tally") -> None:
        """Adds another tally to this one."""
        self.made += other.made
        self.changed += other.changed
        self.called_off += other.called_off
        self.stores += other.stores

    @property
    def total(self) -> int:
        """How many visits were touched."""
        return self.made + self.changed + self.called_off


@dataclass
class News:
    """What phones are told: the visits that changed, by store, and who had them until now."""

    visits: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    before: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=dict)

    def add(self, store_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> None:
        """Notes visits of a store."""
        self.visits.setdefault(store_id, []).extend(ids)

    def left(self, visit: Held, assignee_id: uuid.UUID | None) -> None:
        """Notes whoever loses a visit to somebody else, so that it leaves their phone."""
        if visit.assignee_id is not None and visit.assignee_id != assignee_id:
            self.before.setdefault(visit.store_id, set()).add(visit.assignee_id)

    def tell(self, plan_id: uuid.UUID, now: datetime) -> None:
        """Stores what was noted as facts."""
        for store_id, ids in self.visits.items():
            pairs = ((store_id, visit_id) for visit_id in ids)
            facts.of_many("visits.settled", plan_id, pairs, now, left=self.before.get(store_id, ()))


def begin(plan_id: uuid.UUID, now: datetime) -> None:
    """Settles the first stores of a plan at once, so that a small one is whole; the job process does the rest.

    Should the database be busy, the job process does all of it.
    """
    try:
        materialise(now, plan_ids=[plan_id], chunks=1, size=FIRST_CHUNK)
    except DBAPIError as error:
        log.warning("a plan is settled later", plan=str(plan_id), error=str(error.orig))


def go_on(now: datetime, chunks: int) -> int:
    """Settles stores of plans that are known to be behind; gives how many visits were touched."""
    behind = in_transaction(_behind, now)
    return materialise(now, plan_ids=behind, chunks=chunks).total


def _behind(now: datetime) -> list[uuid.UUID]:
    found = plan_queries.unsettled_plan_ids(situation.horizon(now))
    resting = plan_queries.resting(found)
    return [plan_id for plan_id in found if plan_id not in resting]


def materialise(
    now: datetime,
    *,
    plan_ids: Sequence[uuid.UUID] | None = None,
    chunks: int | None = None,
    size: int = CHUNK,
) -> Tally:
    """Settles all running plans, or these; at most so many chunks of `size` stores when `chunks` is given.

    Commits after every chunk. Safe to run in any number of processes at once.
    """
    tally = Tally()
    ids = in_transaction(plan_queries.running_plan_ids) if plan_ids is None else plan_ids
    for plan_id in ids:
        while chunks is None or chunks > 0:
            done = in_transaction(_settle_some, plan_id, now, size)
            if done is None:
                break
            tally.add(done)
            chunks = None if chunks is None else chunks - 1
    return tally


def _settle_some(plan_id: uuid.UUID, now: datetime, size: int) -> Tally | None:
    """Settles the next stores of a plan in the running unit; None when there are none left."""
    plan = plan_queries.locked_plan(plan_id)
    if plan is None:
        return None
    standing = situation.of_plan(plan, now, who=People())
    inside = {store.id for store in standing.stores}
    left = [i for i, until in standing.met.items() if until is not None and i not in inside]
    if left:
        return _let_go(plan, left[:size], now)
    waiting = [s for s in standing.stores if _is_behind(standing.met.get(s.id), standing.demand.last)]
    if not waiting or plan_queries.resting([plan_id]):
        return None
    standing.demand.people = situation.people_of(standing.stores, now)
    return _settle(plan_id, standing, _part(standing, waiting, size), now)


def _part(standing: Situation, waiting: Sequence[StoreRow], size: int) -> list[StoreRow]:
    """As much as `size` stores with all their days come to: more stores when only the newest day is missing."""
    found: list[StoreRow] = []
    days = size * situation.HORIZON_DAYS
    for store in waiting[: size * _MOST_AT_ONCE]:
        if days <= 0:
            break
        until = standing.met.get(store.id)
        days -= situation.HORIZON_DAYS if until is None else (standing.demand.last - until).days
        found.append(store)
    return found


def _is_behind(until: date | None, horizon: date) -> bool:
    return until is None or until < horizon


def _settle(plan_id: uuid.UUID, standing: Situation, stores: Sequence[StoreRow], now: datetime) -> Tally:
    tally, news = Tally(stores=len(stores)), News()
    firsts = {store.id: standing.first_day(store, now) for store in stores}
    existing = _existing(plan_id, {i: first for i, (first, _) in firsts.items() if i in standing.met})
    made: list[dict[str, Any]] = []
    changed: list[tuple[Held, Changes]] = []
    retired = _retired(standing)
    for store in stores:
        ought = standing.demand.wanted(store, *firsts[store.id])
        have = existing.get(store.id, {})
        changed += brought_into_line(have, ought, now)
        missing = (one for key, one in ought.items() if key not in have)
        new = [_row(plan_id, store.id, one, now) for one in missing if one.checklist_id not in retired]
        made += new
        news.add(store.id, [row["id"] for row in new])
    insert_many(plan_queries.VISITS, made)
    tally.made += len(made)
    write(changed, tally, news, now)
    _write_until(plan_id, [store.id for store in stores], standing.demand.last, standing.met)
    news.tell(plan_id, now)
    return tally


def _existing(plan_id: uuid.UUID, firsts: Mapping[uuid.UUID, date]) -> dict[uuid.UUID, dict[str, Held]]:
    """The visits of these stores from their first days on, by store and occurrence."""
    found: dict[uuid.UUID, dict[str, Held]] = {}
    if firsts:
        for visit in plan_queries.own_visits_from(plan_id, list(firsts), min(firsts.values())):
            if visit.occurrence >= firsts[visit.store_id].isoformat():
                found.setdefault(visit.store_id, {})[visit.occurrence] = visit
    return found


def _row(plan_id: uuid.UUID, store_id: uuid.UUID, one: Wanted, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "plan_id": plan_id,
        "store_id": store_id,
        "state": "scheduled",
        "inspection_id": None,
        "reason": "",
        "created_by": None,
        "created_at": now,
        "version": 1,
        **one.__dict__,
    }


def _retired(standing: Situation) -> set[uuid.UUID]:
    """The plan's checklists by which no new visits are made; none is retired until the unit ends."""
    used = {period.revision.checklist_id for period in standing.timeline}
    held = (checklist_queries.checklist_held(one) for one in sorted(used))
    return {one.id for one in held if one is not None and one.retired_at is not None}


def write(changed: Sequence[tuple[Held, Changes]], tally: Tally, news: News, now: datetime) -> None:
    """Stores changes of visits and notes them; when somebody else was faster at one, the unit begins anew."""
    for visit, changes in changed:
        news.add(visit.store_id, [visit.id])
        news.left(visit, changes.get("assignee_id", visit.assignee_id))
        called_off = changes.get("state") == "cancelled"
        tally.called_off += called_off
        tally.changed += not called_off
    if changed:
        written = db.session.execute(plan_queries.REWRITE, [plan_queries.rewritten(v, c) for v, c in changed])
        if written.rowcount != len(changed):  # type: ignore[attr-defined]
            raise StaleDataError("a visit was changed by somebody else meanwhile")
        services.let_checklists_go({visit.checklist_id for visit, _ in changed}, now)


def _let_go(plan: Plan, store_ids: Sequence[uuid.UUID], now: datetime) -> Tally:
    """Stores that closed or no longer fit: their visits ahead are called off; they begin anew if they return.

    A visit stays when the store still fits what counted on its day: an edit, or the end, of a later day took
    the store out.
    """
    tally, news = Tally(stores=len(store_ids)), News()
    timeline = situation.timeline_of(plan.id)
    chosen = situation.Reader(plan.id, plan.scope_region_ids).chosen(timeline)
    inside = {number: {store.id for store in found} for number, found in chosen.items()}
    changed: list[tuple[Held, Changes]] = []
    for visit in plan_queries.open_visits(plan.id, store_ids, now):
        number = _counting_on(timeline, date.fromisoformat(visit.occurrence[:10]))
        if visit.store_id not in inside.get(number, ()):
            changed += brought_into_line({visit.occurrence: visit}, {}, now)
    write(changed, tally, news, now)
    db.session.execute(
        sa.update(PlanStore)
        .where(PlanStore.plan_id == plan.id, PlanStore.store_id.in_(store_ids))
        .values(until=None)
        .execution_options(synchronize_session=False)
    )
    news.tell(plan.id, now)
    return tally


def _counting_on(timeline: Sequence[Period], day: date) -> int:
    """The number of the revision that counts on a day; 0 for none."""
    return next(
        (p.revision.number for p in timeline if p.first <= day and (p.last is None or day <= p.last)), 0
    )


def _write_until(
    plan_id: uuid.UUID, store_ids: Sequence[uuid.UUID], day: date, met: Mapping[uuid.UUID, Any]
) -> None:
    new = [
        {"plan_id": plan_id, "store_id": i, "until": day, "override": None} for i in store_ids if i not in met
    ]
    known = [i for i in store_ids if i in met]
    if new:
        db.session.execute(sa.insert(PlanStore), new)
    if known:
        db.session.execute(
            sa.update(PlanStore)
            .where(PlanStore.plan_id == plan_id, PlanStore.store_id.in_(known))
            .values(until=day)
            .execution_options(synchronize_session=False)
        )
