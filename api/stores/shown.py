"""Stores and regions as JSON shows them; the same shape in lists, single answers and the feed."""

from collections.abc import Sequence
from typing import Any

from api.stores import queries
from api.stores.models import Region, Store
from api.stores.services import STORE_FIELDS


def regions_shown(regions: Sequence[Region]) -> list[dict[str, Any]]:
    """Regions with their names in both languages."""
    return [{"id": r.id, "parent_id": r.parent_id, "code": r.code, "name": r.name} for r in regions]


def stores_shown(stores: Sequence[Store]) -> list[dict[str, Any]]:
    """Stores with the names of their regions."""
    regions = queries.regions_by_id(s.region_id for s in stores)
    return [
        {name: getattr(s, name) for name in STORE_FIELDS if not name.startswith("name_")}
        | {
            "id": s.id,
            "code": s.code,
            "name": s.name,
            "region_name": regions[s.region_id].name,
            "version": s.version,
        }
        for s in stores
    ]
