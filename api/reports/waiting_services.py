"""The state of rectification in somebody's stores: by region, by store, and who waits for whom."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.errors import NotFound
from api.reports import waiting_queries as queries
from api.reports.waiting import Counts, Waiting, fold, grouped, longest_first, total, worst_first
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
    found = fold(
        queries.heaps(actor, region_id, now),
        queries.extensions(actor, region_id),
        queries.appeals(actor, region_id),
    )
    stores = sorted(found.stores, key=lambda one: (worst_first(found.stores[one]), str(one)))
    people = sorted(found.people, key=lambda one: (longest_first(found.people[one]), str(one)))
    return {
        "at": now,
        "region": _region(region) if region else None,
        "above": [_region(one) for one in _above(region, visible)],
        "totals": asdict(total(found.stores.values())),
        "regions": _by_region(found, region, visible),
        "stores": _stores(found, stores[:limit]),
        "stores_total": len(stores),
        "people": _people(found, people[:limit]),
        "people_total": len(people),
    }


def _region(region: Region) -> dict[str, Any]:
    return {"id": region.id, "name": region.name}


def _above(region: Region | None, visible: Sequence[Region]) -> list[Region]:
    """The visible regions above one, the topmost first."""
    if region is None:
        return []
    return [one for one in visible if one.id != region.id and region.path.startswith(one.path)]


def _by_region(found: Waiting, region: Region | None, visible: Sequence[Region]) -> list[dict[str, Any]]:
    """One line for each region right below this one, or for each topmost visible one; the worst first.

    Where there is only one topmost region its parts are shown instead.
    """
    parts = _parts(region, visible)
    place = {one.id: part for part in parts for one in visible if one.path.startswith(part.path)}
    home = queries.regions_of(found.stores)
    sums = grouped(found.stores, lambda store_id: part.id if (part := place.get(home[store_id])) else None)
    lines = [(sums.get(part.id, Counts()), part) for part in parts]
    lines.sort(key=lambda line: (worst_first(line[0]), line[1].code))
    return [_region(part) | asdict(counts) for counts, part in lines]


def _parts(region: Region | None, visible: Sequence[Region]) -> list[Region]:
    if region is not None:
        return [one for one in visible if one.parent_id == region.id]
    seen = {one.id for one in visible}
    top = [one for one in visible if one.parent_id not in seen]
    return _parts(top[0], visible) if len(top) == 1 else top


def _stores(found: Waiting, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    places = queries.places(ids)
    return [
        {
            "id": one,
            "code": places[one].code,
            "name": {"zh": places[one].name_zh, "en": places[one].name_en},
            "region_id": places[one].region_id,
        }
        | asdict(found.stores[one])
        for one in ids
    ]


def _people(found: Waiting, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    names: Mapping[uuid.UUID, queries.Name] = queries.named(ids)
    return [names[one]._asdict() | asdict(found.people[one]) for one in ids]
