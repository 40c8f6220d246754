"""A preview as JSON shows it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from api.accounts import queries as accounts
from api.core.pagination import bad_cursor, decode_cursor, encode_cursor
from api.plans import preview_queries
from api.plans.dispatch import Due
from api.plans.preview import SKIPPED, Figures, FirstDay, by_region, clock_change, next_visits
from api.plans.preview_change import Meeting
from api.plans.situation import Situation, local_day
from api.plans.terms import Terms
from api.plans.who import StoreRow
from api.stores import queries as stores

OCCURRENCES, PEOPLE = 12, 200


@dataclass(frozen=True)
class Seen:
    """All that was reckoned."""

    now: datetime
    first: date
    stores: Sequence[StoreRow]
    terms: Terms
    standing: Situation
    first_day: FirstDay
    figures: Figures
    meetings: Sequence[Meeting]
    meetings_total: int
    change: Mapping[str, Any] | None


def shown(seen: Seen, *, search: str | None, after: str | None, most: int) -> dict[str, Any]:
    """The preview, with a page of `most` stores as a sample."""
    sample, following = _page(seen.stores, search, after, most)
    visits = {store.id: _next(seen, store) for store in sample}
    duties = {
        store.id: [
            seen.standing.demand.people.duty(due, seen.standing.demand.rule(store, due), store).assignee_id
            for due in visits[store.id]
        ]
        for store in sample
    }
    load = sorted(seen.figures.load.items(), key=lambda item: (-item[1].total(), str(item[0])))
    named = [i for given in duties.values() for i in given] + [i for i, _ in load[:PEOPLE]]
    names = accounts.names(named)
    places = _places([*(s.id for s in sample), *(m.store_id for m in seen.meetings)])
    return {
        "stores": _scope(seen),
        "span": {"first": seen.first, "last": seen.standing.demand.last},
        "visits_ahead": seen.figures.visits,
        "sample": [
            {
                "store": places[store.id],
                "timezone": store.timezone,
                "assignee": _person(duties[store.id][0] if duties[store.id] else None, names),
                "occurrences": [
                    _occurrence(due, store, _person(who, names))
                    for due, who in zip(visits[store.id], duties[store.id], strict=True)
                ],
            }
            for store in sample
        ],
        "next": following,
        "skipped": [
            {"date": day, "why": why, "stores": count}
            for (day, why), count in sorted(seen.figures.skipped.items())
        ],
        "clock_changes": [
            {"date": day, "change": change, "timezone": zone, "stores": count}
            for (day, change, zone), count in sorted(seen.figures.clock_changes.items())
        ],
        "load": [{"assignee": _person(who, names), "weeks": _weeks(weeks)} for who, weeks in load[:PEOPLE]],
        "load_of": len(load),
        "collisions": {"total": seen.meetings_total, "items": _collisions(seen.meetings, places)},
        "change": seen.change,
    }


def _scope(seen: Seen) -> dict[str, Any]:
    found = by_region(seen.stores, seen.standing.demand.people.paths, seen.terms.selection.region_ids)
    regions = stores.regions_by_id(region_id for region_id, _ in found)
    today = {zone: local_day(seen.now, zone) for zone in {store.timezone for store in seen.stores}}
    closed = (
        store
        for store in seen.stores
        if seen.terms.is_closed(today[store.timezone]) or today[store.timezone] in store.closed_dates
    )
    return {
        "total": len(seen.stores),
        "by_region": [
            {"region": {"id": region_id, "name": regions[region_id].name}, "count": count}
            for region_id, count in found
        ],
        "without_assignee": seen.figures.without_assignee,
        "closed_today": sum(1 for _ in closed),
    }


def _page(
    found: Sequence[StoreRow], search: str | None, after: str | None, most: int
) -> tuple[Sequence[StoreRow], str | None]:
    if search:
        like = preview_queries.stores_like(search)
        found = [store for store in found if store.id in like]
    if after:
        last = decode_cursor(after)
        if not isinstance(last, str):
            raise bad_cursor()
        found = [store for store in found if store.code > last]
    return found[:most], encode_cursor(found[most - 1].code) if len(found) > most else None


def _next(seen: Seen, store: StoreRow) -> list[Due]:
    return next_visits(seen.standing.demand, store, seen.first_day(store), seen.now, OCCURRENCES)


def _occurrence(due: Due, store: StoreRow, assignee: Any) -> dict[str, Any]:
    zone = ZoneInfo(store.timezone)
    opens = due.occurrence.opens_at.astimezone(zone)
    change = clock_change(due.occurrence.local, zone)
    return {
        "local": opens.isoformat(timespec="minutes"),
        "opens_at": due.occurrence.opens_at,
        "due_at": due.occurrence.due_at,
        "clock_change": change,
        "note": _about(change, due.occurrence.local, opens),
        "assignee": assignee,
    }


def _about(change: str | None, meant: datetime, opens: datetime) -> str:
    """In figures alone: 02:30 → 03:00, or both offsets of a time that comes twice, the one that holds first."""
    if change is None:
        return ""
    if change == SKIPPED:
        return f"{meant:%H:%M} → {opens:%H:%M}"
    later = opens.replace(fold=1)
    return f"{meant:%H:%M} {_offset(opens)} / {_offset(later)}"


def _offset(moment: datetime) -> str:
    ahead = moment.utcoffset() or timedelta()
    minutes = round(abs(ahead).total_seconds() / 60)
    return f"{'-' if ahead < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _weeks(weeks: Counter[str]) -> list[dict[str, Any]]:
    return [{"week": week, "visits": visits} for week, visits in sorted(weeks.items())]


def _person(user_id: uuid.UUID | None, names: Mapping[uuid.UUID, str]) -> dict[str, Any] | None:
    return {"id": user_id, "name": names.get(user_id, "")} if user_id else None


def _places(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    return {
        store.id: {"id": store.id, "code": store.code, "name": store.name}
        for store in stores.stores_by_id(ids).values()
    }


def _collisions(
    found: Sequence[Meeting], places: Mapping[uuid.UUID, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    names = preview_queries.plan_names(sorted({i for one in found for i in one.plan_ids}))
    return [
        {
            "store": places[one.store_id],
            "date": one.day,
            "plans": [{"id": i, "name": names[i]} for i in one.plan_ids],
        }
        for one in found
    ]
