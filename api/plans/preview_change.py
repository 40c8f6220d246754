"""What an edit does to the visits ahead, and where plans meet.

An edit keeps the visits that its new terms ask for as well. On days on which it asks at another time the visit
moves; the others are called off or added. Two plans meet where both send somebody to a store on one day.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.plans.demand import Demand
from api.plans.dispatch import Due
from api.plans.preview import FirstDay, groups
from api.plans.who import StoreRow


@dataclass
class Change:
    """Visits from the day of the edit on; `changed` are kept ones with another person, due time or list."""

    kept: int = 0
    changed: int = 0
    moved: int = 0
    called_off: int = 0
    added: int = 0


def compare(
    before: Demand,
    after: Demand,
    stores: Sequence[StoreRow],
    day: date,
    now: datetime,
    begun: Mapping[uuid.UUID, Collection[str]],
) -> Change:
    """What changes from `day` on; `begun` names by store the occurrences that are past changing."""
    found = Change()

    def first_day(_store: StoreRow) -> date:
        return day

    was = {s.id: k for k, same in groups(before, stores, first_day).items() for s in same}
    pairs: dict[object, list[StoreRow]] = defaultdict(list)
    for key, same in groups(after, stores, first_day).items():
        for store in same:
            alone = store.id if store.id in begun else None
            pairs[was[store.id], key, alone].append(store)
    for alike in pairs.values():
        _compare_one(found, before, after, alike[0], len(alike), day, now, begun.get(alike[0].id, ()))
    return found


def _compare_one(
    found: Change,
    before: Demand,
    after: Demand,
    store: StoreRow,
    stores: int,
    day: date,
    now: datetime,
    begun: Collection[str],
) -> None:
    was, will = (_ahead(demand, store, day, now, begun) for demand in (before, after))
    kept = was.keys() & will.keys()
    gone = Counter(key[:10] for key in was.keys() - kept)
    new = Counter(key[:10] for key in will.keys() - kept)
    moved = (gone & new).total()
    found.kept += len(kept) * stores
    found.changed += (
        sum(_facts(before, store, was[k]) != _facts(after, store, will[k]) for k in kept) * stores
    )
    found.moved += moved * stores
    found.called_off += (gone.total() - moved) * stores
    found.added += (new.total() - moved) * stores


def _ahead(
    demand: Demand, store: StoreRow, day: date, now: datetime, begun: Collection[str]
) -> dict[str, Due]:
    due = demand.due(demand.key(store, day))
    return {
        one.occurrence.key: one
        for one in due
        if one.occurrence.due_at > now and one.occurrence.key not in begun
    }


def _facts(demand: Demand, store: StoreRow, due: Due) -> tuple[object, ...]:
    terms, given = due.terms, demand.people.duty(due, demand.rule(store, due), store)
    return (due.occurrence, due.revision.checklist_id, terms.kind, terms.note, terms.early, given)


@dataclass(frozen=True)
class Meeting:
    """A store to which several plans send somebody on one day."""

    store_id: uuid.UUID
    day: date
    plan_ids: tuple[uuid.UUID, ...]


def meetings(
    demand: Demand,
    stores: Sequence[StoreRow],
    first_day: FirstDay,
    others: Mapping[uuid.UUID, tuple[Demand, Collection[uuid.UUID]]],
    now: datetime,
    most: int,
) -> tuple[int, list[Meeting]]:
    """How many there are, and the first ones by day; `others` are plans, each with its stores."""
    alike: dict[tuple[object, ...], list[StoreRow]] = defaultdict(list)
    for store in stores:
        first = first_day(store)
        met = tuple((p, d.key(store, first)) for p, (d, theirs) in others.items() if store.id in theirs)
        if met:
            alike[demand.key(store, first), met].append(store)
    total = 0
    by_day: dict[date, list[tuple[tuple[uuid.UUID, ...], list[StoreRow]]]] = defaultdict(list)
    for same in alike.values():
        shared = _shared_days(demand, same[0], first_day(same[0]), others, now)
        total += len(shared) * len(same)
        for day, plans in shared.items():
            by_day[day].append((plans, same))
    listed = (
        Meeting(store.id, day, plans)
        for day in sorted(by_day)
        for store, plans in sorted(
            ((store, plans) for plans, same in by_day[day] for store in same[:most]),
            key=lambda pair: pair[0].code,
        )
    )
    return total, [one for one, _ in zip(listed, range(most), strict=False)]


def _shared_days(
    demand: Demand,
    store: StoreRow,
    first: date,
    others: Mapping[uuid.UUID, tuple[Demand, Collection[uuid.UUID]]],
    now: datetime,
) -> dict[date, tuple[uuid.UUID, ...]]:
    mine = _days(demand.due(demand.key(store, first)), now)
    shared: dict[date, tuple[uuid.UUID, ...]] = {}
    for plan_id, (other, theirs) in others.items():
        if store.id in theirs:
            for day in mine & _days(other.due(other.key(store, first)), now):
                shared[day] = (*shared.get(day, ()), plan_id)
    return shared


def _days(due: Iterable[Due], now: datetime) -> set[date]:
    return {one.occurrence.local.date() for one in due if one.occurrence.due_at > now}
