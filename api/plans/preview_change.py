"""What an edit does to the visits ahead, and where plans meet.

An edit keeps the visits that its new terms ask for as well. On days on which it asks at another time the visit
moves; the others are called off or added. Two plans meet where both send somebody to a store on one day.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from api.plans.demand import Demand, Key
from api.plans.dispatch import Due
from api.plans.preview import FirstDay
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
    alike: dict[tuple[Key, Key, object], list[StoreRow]] = defaultdict(list)
    for store in stores:
        alone = store.id if store.id in begun else None
        alike[before.key(store, day), after.key(store, day), alone].append(store)
    for (was_key, will_key, _), same in alike.items():
        done = begun.get(same[0].id, ())
        was, will = _ahead(before, was_key, now, done), _ahead(after, will_key, now, done)
        _count(found, was.keys(), will.keys(), len(same))
        kept = [(was[key], will[key]) for key in was.keys() & will.keys()]
        other = [(a, b) for a, b in kept if _matter(a) != _matter(b)]
        found.changed += len(other) * len(same)
        asked = [
            (a, b)
            for a, b in kept
            if _matter(a) == _matter(b) and before.rule(same[0], a) != after.rule(same[0], b)
        ]
        found.changed += _other_people(before, after, same, asked)
    return found


def _count(found: Change, was: Set[str], will: Set[str], stores: int) -> None:
    gone = Counter(key[:10] for key in was - will)
    new = Counter(key[:10] for key in will - was)
    moved = (gone & new).total()
    found.kept += len(was & will) * stores
    found.moved += moved * stores
    found.called_off += (gone.total() - moved) * stores
    found.added += (new.total() - moved) * stores


def _ahead(demand: Demand, key: Key, now: datetime, begun: Collection[str]) -> dict[str, Due]:
    ahead = (due for due in demand.due(key) if due.occurrence.due_at > now)
    return {due.occurrence.key: due for due in ahead if due.occurrence.key not in begun}


def _matter(due: Due) -> tuple[object, ...]:
    terms = due.terms
    return (due.occurrence, due.revision.checklist_id, terms.kind, terms.note, terms.early)


def _other_people(
    before: Demand, after: Demand, stores: Sequence[StoreRow], asked: Sequence[tuple[Due, Due]]
) -> int:
    """How many of these visits go to somebody else; stores with the same people are reckoned as one."""
    rules = {(before.rule(stores[0], a), after.rule(stores[0], b)) for a, b in asked}
    alike: dict[tuple[object, ...], list[StoreRow]] = defaultdict(list)
    for store in stores if asked else ():
        named = (
            (before.people.owner(a, store, 0), after.people.owner(b, store, 0))
            for a, b in sorted(rules, key=repr)
        )
        alike[tuple(named)].append(store)
    return sum(
        len(same)
        * sum(
            before.people.duty(a, before.rule(same[0], a), same[0])
            != after.people.duty(b, after.rule(same[0], b), same[0])
            for a, b in asked
        )
        for same in alike.values()
    )


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
