"""The state of rectification in somebody's stores: by region, by store, and who waits for whom."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import nsmallest
from typing import Any

from api.accounts.types import Actor
from api.core.errors import NotFound
from api.reports import waiting_queries as queries
from api.reports.waiting import (
    Counts,
    Pile,
    by_person,
    by_store,
    grouped,
    longest_first,
    total,
    worst_first,
)
from api.stores.models import Region
from api.stores.queries import visible_regions


def waiting(actor: Actor, region_id: uuid.UUID | None, limit: int, now: datetime) -> dict[str, Any]:
    """Counts of everything unfinished at this moment; of stores and people the worst `limit`.

    Raises NotFound for a region that the actor does not see.
    """
    visible = visible_regions(actor)
    region = next((one for one in visible if one.id == region_id), None)
    if region_id is not None and region is None:
        raise NotFound("There is no such region among yours.")
    appeals = queries.appeals(actor, region_id)
    stores = by_store(queries.of_stores(actor, region_id, now), queries.extensions(actor, region_id), appeals)
    people = by_person(queries.mends(actor, region_id, now), queries.reviews(actor, region_id, now), appeals)
    home = queries.regions_of(actor, region_id)
    return {
        "at": now,
        "region": _region(region) if region else None,
        "above": [_region(one) for one in _above(region, visible)],
        "totals": total(stores.values())._asdict(),
        "regions": _by_region(stores, home, region, visible),
        "stores": _stores(stores, limit),
        "stores_total": len(stores),
        "people": _people(people, limit),
        "people_total": len(people),
    }


def _region(region: Region) -> dict[str, Any]:
    return {"id": region.id, "name": region.name}


def _above(region: Region | None, visible: Sequence[Region]) -> list[Region]:
    """The visible regions above one, the topmost first."""
    if region is None:
        return []
    return [one for one in visible if one.id != region.id and region.path.startswith(one.path)]


def _by_region(
    stores: Mapping[uuid.UUID, Counts],
    home: Mapping[uuid.UUID, uuid.UUID],
    region: Region | None,
    visible: Sequence[Region],
) -> list[dict[str, Any]]:
    """One line for each region right below this one, or for each topmost visible one; the worst first.

    Where there is only one topmost region its parts are shown instead.
    """
    parts = _parts(region, visible)
    place = {one.id: part.id for part in parts for one in visible if one.path.startswith(part.path)}
    sums = grouped(stores, lambda store_id: place.get(home[store_id]))
    lines = [(sums.get(part.id, Counts()), part) for part in parts]
    lines.sort(key=lambda line: (worst_first(line[0]), line[1].code))
    return [_region(part) | counts._asdict() for counts, part in lines]


def _parts(region: Region | None, visible: Sequence[Region]) -> list[Region]:
    if region is not None:
        return [one for one in visible if one.parent_id == region.id]
    seen = {one.id for one in visible}
    top = [one for one in visible if one.parent_id not in seen]
    return _parts(top[0], visible) if len(top) == 1 else top


def _stores(stores: Mapping[uuid.UUID, Counts], limit: int) -> list[dict[str, Any]]:
    worst = nsmallest(limit, stores, key=lambda one: (worst_first(stores[one]), one.int))
    places = queries.places(worst)
    return [places[one].shown() | stores[one]._asdict() for one in worst]


def _people(people: Mapping[uuid.UUID, Pile], limit: int) -> list[dict[str, Any]]:
    first = nsmallest(limit, people, key=lambda one: (longest_first(people[one]), one.int))
    names = queries.named(first)
    return [names[one]._asdict() | people[one]._asdict() for one in first]
