"""What would a plan do, before it is saved?

From the same reckoning that makes the visits come: how many visits for whom in which week, on which days no
visit is made and why, on which nights the clock jumps past an opening or shows it twice, and how many stores
nobody would go to. Stores with the same days and the same person are reckoned as one. Domain rules 5.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from api.plans.demand import PLAIN, Demand, Key, as_meant
from api.plans.dispatch import Due, duty
from api.plans.recurrence import LOOK_AHEAD_DAYS, days
from api.plans.terms import AssigneeRule
from api.plans.who import StoreRow

SKIPPED, REPEATED = "skipped", "repeated"
_LOOKS = (0, 100, 400, 1200, LOOK_AHEAD_DAYS)
FirstDay = Callable[[StoreRow], date]


@dataclass
class Figures:
    """What the visits ahead come to. `load` counts visits by person and ISO week; None is nobody."""

    visits: int = 0
    without_assignee: int = 0
    load: dict[uuid.UUID | None, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: Counter[tuple[date, str]] = field(default_factory=Counter)
    clock_changes: Counter[tuple[date, str, str]] = field(default_factory=Counter)


Alike = tuple[Key, tuple[uuid.UUID | None, ...]]


def groups(demand: Demand, stores: Iterable[StoreRow], first_day: FirstDay) -> dict[Alike, list[StoreRow]]:
    """Stores with the same visits by the same people, whoever's turn it is."""
    found: dict[Alike, list[StoreRow]] = defaultdict(list)
    rules = list({p.revision.terms.assignee: 0 for p in demand.timeline if p.revision.terms is not None})
    for store in stores:
        own = demand.overrides.get(store.id, PLAIN).assignee
        named = tuple(demand.people.owner(rule, store, 0) for rule in ([own] if own else rules))
        found[demand.key(store, first_day(store)), named].append(store)
    return found


def figures(demand: Demand, alike: Mapping[Alike, Sequence[StoreRow]], now: datetime) -> Figures:
    """The figures of the visits that are not due yet at `now`, for stores grouped as above."""
    found = Figures()
    by_key: dict[Key, list[Sequence[StoreRow]]] = defaultdict(list)
    for (key, _), same in alike.items():
        by_key[key].append(same)
    for key, parts in by_key.items():
        due = [one for one in demand.due(key) if one.occurrence.due_at > now]
        count = sum(map(len, parts))
        found.visits += len(due) * count
        _add_days(found, demand, key, due, count, now)
        by_rule: dict[AssigneeRule, list[Due]] = defaultdict(list)
        for one in due:
            by_rule[demand.rule(parts[0][0], one)].append(one)
        weeks = {rule: Counter(iso_week(_day(one)) for one in some) for rule, some in by_rule.items()}
        for same in parts:
            nobody = [_add_load(found, demand, same, rule, by_rule[rule], weeks[rule]) for rule in by_rule]
            if any(nobody) or (not due and None in _later(demand, key, same[0])):
                found.without_assignee += len(same)
    return found


def _later(demand: Demand, key: Key, store: StoreRow) -> set[uuid.UUID | None]:
    """Whose turn may come in a store that has no visit in this time; nobody's when it is left out."""
    asking = [p.revision.terms for p in as_meant(demand.timeline, key[3]) if p.revision.terms is not None]
    if key[1].excluded or not asking:
        return set()
    return demand.people.owners(key[1].assignee or asking[-1].assignee, store)


def _day(due: Due) -> date:
    return due.occurrence.local.date()


def _add_days(
    found: Figures, demand: Demand, key: Key, due: Iterable[Due], stores: int, now: datetime
) -> None:
    for day, why in closed_days(demand, key, now):
        found.skipped[day, why] += stores
    zone = ZoneInfo(key[0])
    for one in due:
        change = clock_change(one.occurrence.local, zone)
        if change:
            found.clock_changes[_day(one), change, key[0]] += stores


def _add_load(
    found: Figures,
    demand: Demand,
    same: Sequence[StoreRow],
    rule: AssigneeRule,
    due: Sequence[Due],
    weeks: Mapping[str, int],
) -> bool:
    """Counts the visits of stores that are alike; True when nobody would do one of them."""
    people, store = demand.people, same[0]
    owner = people.owner(rule, store, 0)
    if len(rule.user_ids) <= 1 and owner not in people.absences:
        for week, visits in weeks.items():
            found.load[owner][week] += visits * len(same)
        return owner is None
    given = [(duty(people.owner(rule, store, d.number), _day(d), people.absences), _day(d)) for d in due]
    for who, day in given:
        found.load[who.assignee_id][iso_week(day)] += len(same)
    return any(who.assignee_id is None for who, _ in given)


def iso_week(day: date) -> str:
    """2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def closed_days(demand: Demand, key: Key, now: datetime) -> list[tuple[date, str]]:
    """The days from today on for which the rule asks and on which no visit is made, with the reason."""
    timezone, override, store_closed, meant, first, _ = key
    found: list[tuple[date, str]] = []
    if override.excluded:
        return found
    today = max(first, now.astimezone(ZoneInfo(timezone)).date())
    for period in as_meant(demand.timeline, meant):
        terms = period.revision.terms
        begin, end = max(today, period.first), min(demand.last, period.last or demand.last)
        if terms is None or begin > end:
            continue
        for day in days(terms.rule.rrule, terms.rule.starts_on, begin, end):
            if day.weekday() in terms.closed_weekdays:
                found.append((day, "closed_weekday"))
            elif day in terms.closed_dates:
                found.append((day, "closed_date"))
            elif day in store_closed:
                found.append((day, "store_closed"))
    return found


def clock_change(local: datetime, zone: ZoneInfo) -> str | None:
    """Whether the clock jumps past this local time, or shows it twice."""
    before, after = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None and after is not None
    if before == after:
        return None
    return REPEATED if before > after else SKIPPED


def next_visits(demand: Demand, store: StoreRow, first: date, now: datetime, most: int) -> list[Due]:
    """A store's next visits that are not due yet, looking as far ahead as ten years."""
    for look in _LOOKS:
        further = replace(demand, last=max(demand.last, first) + timedelta(days=look))
        found = [d for d in further.due(further.key(store, first)) if d.occurrence.due_at > now]
        if len(found) >= most:
            break
    return found[:most]


def by_region(
    stores: Sequence[StoreRow],
    paths: Mapping[uuid.UUID, Sequence[uuid.UUID]],
    named: Iterable[uuid.UUID],
) -> list[tuple[uuid.UUID, int]]:
    """How many stores lie where, most first: by the regions that were named, else by those in which they part."""
    marks = set(named) or _parting(stores, paths)
    count = Counter(
        next((region for region in reversed(paths[store.region_id]) if region in marks), store.region_id)
        for store in stores
    )
    return count.most_common()


def _parting(stores: Sequence[StoreRow], paths: Mapping[uuid.UUID, Sequence[uuid.UUID]]) -> set[uuid.UUID]:
    """The highest regions that do not hold all of the stores; the one that does when they lie in one."""
    used = {store.region_id: paths[store.region_id] for store in stores}
    level = 0
    while used and len({path[level] if len(path) > level else None for path in used.values()}) == 1:
        level += 1
        if any(len(path) <= level for path in used.values()):
            return {path[level - 1] for path in used.values()}
    return {path[min(level, len(path) - 1)] for path in used.values()}
