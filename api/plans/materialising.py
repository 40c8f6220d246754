"""Making the visits that plans ask for, each exactly once.

Every run looks, plan by plan, for stores whose visits are not made as far ahead as they should be, and
settles them: it compares the visits that ought to exist with those that do, makes what is missing, changes
what is different and calls off what nobody wants any more. Visits that somebody began, handed in, missed or
excused are never touched. How far a store is settled is written in the same unit as its visits, so a process
that is killed leaves nothing half done, and whoever comes next goes on from there. The unique key (plan,
store, occurrence) is the last guard. Domain rules 5.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from api.core.db import db
from api.core.ids import new_id
from api.core.transaction import in_transaction
from api.events import services as events
from api.plans import people, plan_queries
from api.plans.dispatch import Due, Period, Wanted, expected, periods, wanted
from api.plans.models import PlanStore, Visit
from api.plans.people import People
from api.plans.plan_queries import StoreRow
from api.plans.terms import Override, read_override

HORIZON_DAYS = 35
CHUNK = 500
IDS_IN_ONE_FACT = 50
_DAY = timedelta(days=1)
_CHANGED = (
    "checklist_id",
    "kind",
    "note",
    "opens_at",
    "early_at",
    "due_at",
    "missed_at",
    "assignee_id",
    "owner_id",
)


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
class _Work:
    """One plan while it is being settled: its periods, its people, and what was worked out already."""

    plan_id: uuid.UUID
    timeline: list[Period]
    people: People
    horizon: date
    now: datetime
    known: dict[Any, list[Due]] = field(default_factory=dict)

    def due(self, store: StoreRow, override_json: Mapping[str, Any] | None, first: date) -> list[Due]:
        """The visits a store ought to have; stores of one zone with the same rules share the work."""
        key = (store.timezone, repr(override_json), store.closed_dates, first)
        if key not in self.known:
            self.known[key] = expected(
                self.timeline,
                ZoneInfo(store.timezone),
                first,
                self.horizon,
                override=read_override(override_json),
                store_closed=store.closed_dates,
            )
        return self.known[key]

    def wanted(
        self, store: StoreRow, override_json: Mapping[str, Any] | None, first: date
    ) -> dict[str, Wanted]:
        """The same with their people, by occurrence."""
        override: Override = read_override(override_json)
        return {
            due.occurrence.key: wanted(
                due, self.people.duty(due, override.assignee or due.terms.assignee, store)
            )
            for due in self.due(store, override_json, first)
        }


def materialise(
    now: datetime, *, plan_ids: Sequence[uuid.UUID] | None = None, chunks: int | None = None
) -> Tally:
    """Settles all running plans, or these; at most so many chunks of stores when `chunks` is given.

    Commits after every chunk. Safe to run in any number of processes at once.
    """
    tally = Tally()
    ids = in_transaction(plan_queries.running_plan_ids) if plan_ids is None else plan_ids
    for plan_id in ids:
        while chunks is None or chunks > 0:
            done = in_transaction(_settle_some, plan_id, now)
            if done is None:
                break
            tally.add(done)
            chunks = None if chunks is None else chunks - 1
    return tally


def _settle_some(plan_id: uuid.UUID, now: datetime) -> Tally | None:
    """Settles the next stores of a plan in the running unit; None when there are none left."""
    plan = plan_queries.locked_plan(plan_id)
    if plan is None:
        return None
    today = now.astimezone(UTC).date()
    horizon = today + timedelta(days=HORIZON_DAYS)
    timeline = periods(plan_queries.as_revisions(plan_queries.revision_rows([plan_id])[plan_id]))
    met = plan_queries.plan_store_rows(plan_id)
    members = [] if _is_over(timeline, plan.state, today) else _members(timeline, plan.scope_region_ids)
    inside = {store.id for store in members}
    waiting = [store for store in members if _is_behind(_until(met, store.id), horizon)]
    left = [store_id for store_id, (until, _) in met.items() if until is not None and store_id not in inside]
    if left:
        return _let_go(plan_id, left[:CHUNK], now)
    if not waiting:
        return None
    found = people.load(members, plan_queries.region_paths(), today - _DAY)
    return _settle(_Work(plan_id, timeline, found, horizon, now), waiting[:CHUNK], met)


def _is_over(timeline: Sequence[Period], state: str, today: date) -> bool:
    """True once an ended plan has come to its last day."""
    return state == "ended" and timeline[-1].first <= today


def _is_behind(until: date | None, horizon: date) -> bool:
    return until is None or until < horizon


def _until(met: Mapping[uuid.UUID, tuple[date | None, Any]], store_id: uuid.UUID) -> date | None:
    return met[store_id][0] if store_id in met else None


def _members(timeline: Sequence[Period], scope: Sequence[Any] | None) -> list[StoreRow]:
    """The stores that the newest terms mean; a plan that is stopped keeps its stores, to bring visits back."""
    for period in reversed(timeline):
        if period.revision.terms is not None:
            return plan_queries.selected_stores(period.revision.terms.selection, scope)
    return []


def _settle(
    work: _Work, stores: Sequence[StoreRow], met: Mapping[uuid.UUID, tuple[date | None, Any]]
) -> Tally:
    tally = Tally(stores=len(stores))
    firsts = {store.id: _first_day(work, store, _until(met, store.id)) for store in stores}
    known = [store.id for store in stores if store.id in met]
    existing = (
        plan_queries.own_visits_from(work.plan_id, known, min(firsts[i] for i in known)) if known else {}
    )
    made: list[dict[str, Any]] = []
    facts: dict[uuid.UUID, list[uuid.UUID]] = {}
    for store in stores:
        first = firsts[store.id]
        ought = work.wanted(store, met.get(store.id, (None, None))[1], first)
        have = {
            key: v for (owner, key), v in existing.items() if owner == store.id and key >= first.isoformat()
        }
        for visit in _brought_into_line(have, ought, work.now, tally):
            facts.setdefault(store.id, []).append(visit.id)
        new = [_row(work, store.id, one) for key, one in ought.items() if key not in have]
        made += new
        if new:
            facts.setdefault(store.id, []).extend(row["id"] for row in new)
    if made:
        db.session.execute(sa.insert(Visit), made)
    tally.made += len(made)
    _write_until(work.plan_id, {s.id: work.horizon for s in stores}, met)
    _tell(work.plan_id, facts, work.now)
    return tally


def _first_day(work: _Work, store: StoreRow, until: date | None) -> date:
    """Where a store goes on; one that is new begins today, by its own clock, and never before its plan."""
    if until is not None:
        return until + timedelta(days=1)
    return work.now.astimezone(ZoneInfo(store.timezone)).date()


def _row(work: _Work, store_id: uuid.UUID, one: Wanted) -> dict[str, Any]:
    return {
        "id": new_id(),
        "plan_id": work.plan_id,
        "store_id": store_id,
        "state": "scheduled",
        "inspection_id": None,
        "reason": "",
        "created_by": None,
        "created_at": work.now,
        "version": 1,
        **one.__dict__,
    }


def _brought_into_line(
    have: Mapping[str, Visit], ought: Mapping[str, Wanted], now: datetime, tally: Tally
) -> Iterator[Visit]:
    """Changes visits that nobody has begun to what they ought to be; gives those that changed."""
    for key, visit in have.items():
        one = ought.get(key)
        called_off = visit.state == "cancelled" and bool(visit.called_off_by_plan)
        if visit.state != "scheduled" and not called_off:
            continue
        if visit.due_at <= now or (one is not None and called_off and one.due_at <= now):
            continue  # what has passed stays as it is, and a pause never brings it back
        if one is None:
            if not called_off:
                visit.state, visit.called_off_by_plan = "cancelled", True
                tally.called_off += 1
                yield visit
        elif called_off or any(getattr(visit, name) != getattr(one, name) for name in _CHANGED):
            visit.state, visit.called_off_by_plan = "scheduled", None
            for name in _CHANGED:
                setattr(visit, name, getattr(one, name))
            tally.changed += 1
            yield visit


def _let_go(plan_id: uuid.UUID, store_ids: Sequence[uuid.UUID], now: datetime) -> Tally:
    """Stores that closed or no longer fit: their visits ahead are called off; they begin anew if they return."""
    tally = Tally(stores=len(store_ids))
    existing = plan_queries.own_visits_from(plan_id, store_ids, now.date() - _DAY)
    by_key = {f"{store_id} {key}": visit for (store_id, key), visit in existing.items()}
    facts: dict[uuid.UUID, list[uuid.UUID]] = {}
    for visit in _brought_into_line(by_key, {}, now, tally):
        facts.setdefault(visit.store_id, []).append(visit.id)
    db.session.execute(
        sa.update(PlanStore)
        .where(PlanStore.plan_id == plan_id, PlanStore.store_id.in_(store_ids))
        .values(until=None)
    )
    _tell(plan_id, facts, now)
    return tally


def _write_until(
    plan_id: uuid.UUID, until: Mapping[uuid.UUID, date], met: Mapping[uuid.UUID, tuple[date | None, Any]]
) -> None:
    new = [
        {"plan_id": plan_id, "store_id": i, "until": day, "override": None}
        for i, day in until.items()
        if i not in met
    ]
    known = [i for i in until if i in met]
    if new:
        db.session.execute(sa.insert(PlanStore), new)
    if known:
        day = next(iter(until.values()))
        db.session.execute(
            sa.update(PlanStore)
            .where(PlanStore.plan_id == plan_id, PlanStore.store_id.in_(known))
            .values(until=day)
        )


def _tell(plan_id: uuid.UUID, visits: Mapping[uuid.UUID, Sequence[uuid.UUID]], now: datetime) -> None:
    """One fact for up to fifty visits of a store, so that the feed stays short."""
    for store_id, ids in visits.items():
        for start in range(0, len(ids), IDS_IN_ONE_FACT):
            part = [str(i) for i in ids[start : start + IDS_IN_ONE_FACT]]
            events.record("visits.settled", "visits", plan_id, at=now, store_id=store_id, ids=part)
