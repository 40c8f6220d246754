"""The stores that a selection means, and the regions down to each."""

import json
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from api.core.db import db
from api.stores.models import Region, Store
from api.stores.queries import regions_below
from api.stores.selection import Selection, StoreRow


def region_paths() -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """For each region: the regions down to it, the root first."""
    rows = db.session.execute(sa.select(Region.id, Region.path))
    return {row[0]: tuple(uuid.UUID(hex=part) for part in row[1].strip("/").split("/")) for row in rows}


def selected_stores(selection: Selection, scope_region_ids: Sequence[Any] | None) -> list[StoreRow]:
    """The open stores that a selection means now, within the bounds of whoever made it, by code."""
    query = sa.select(
        Store.id,
        Store.code,
        Store.region_id,
        Store.timezone,
        Store.supervisor_id,
        sa.cast(Store.closed_dates, sa.Text),
        sa.cast(Store.tags, sa.Text) if selection.tags else sa.literal("[]"),
    ).where(Store.status == "open")
    if scope_region_ids is not None:
        scope = [uuid.UUID(str(i)) for i in scope_region_ids]
        query = query.where(Store.region_id.in_(regions_below(scope)))
    if selection.region_ids:
        query = query.where(Store.region_id.in_(regions_below(selection.region_ids)))
    for column, wanted in ((Store.type, selection.types), (Store.level, selection.levels)):
        if wanted:
            query = query.where(column.in_(wanted))
    listed, tags = frozenset(selection.store_ids), frozenset(selection.tags)
    left_out = frozenset(selection.except_ids)
    return [
        StoreRow(row[0], row[1], row[2], row[3], row[4], frozenset(map(date.fromisoformat, _list(row[5]))))
        for row in db.session.execute(query.order_by(Store.code))
        if (not listed or row[0] in listed)
        and row[0] not in left_out
        and (not tags or not tags.isdisjoint(_list(row[6])))
    ]


def _list(text: str | None) -> Sequence[str]:
    """A list as the database keeps it; most are empty, and then nothing is parsed."""
    found: Sequence[str] = () if text in ("[]", None) else json.loads(text or "")
    return found
