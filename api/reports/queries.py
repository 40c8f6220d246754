"""Adding up inspections. Voided ones and self-checks stay out of supervisors' scores."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from api.accounts.models import User
from api.accounts.types import Actor
from api.checklists.models import Checklist
from api.core.db import db
from api.inspections.models import Inspection
from api.reports.periods import Sums
from api.stores.models import Region, Store
from api.stores.queries import regions_below, visible_stores

_BY: dict[str, sa.orm.InstrumentedAttribute[Any]] = {
    "store": Inspection.store_id,
    "region": Inspection.region_id,
    "checklist": Inspection.checklist_id,
    "supervisor": Inspection.inspector_id,
    "day": Inspection.on_date,
    "week": Inspection.on_date,
    "month": Inspection.on_date,
}


def score_sums(
    actor: Actor,
    *,
    from_: date,
    to: date,
    group_by: str,
    region_id: uuid.UUID | None,
    store_id: uuid.UUID | None,
    checklist_id: uuid.UUID | None,
) -> dict[Any, Sums]:
    """Sums by the thing to group by; days for every kind of period."""
    by = _BY[group_by]
    tenths = sa.type_coerce(Inspection.score, sa.Integer)
    query = (
        sa.select(
            by,
            sa.func.coalesce(sa.func.sum(tenths), 0),
            sa.func.count(Inspection.score),
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((Inspection.outcome == "pass", 1), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(Inspection.findings), 0),
            sa.func.min(tenths),
        )
        .where(
            Inspection.store_id.in_(visible_stores(actor)),
            Inspection.on_date.between(from_, to),
            Inspection.status != "voided",
            Inspection.kind != "self",
        )
        .group_by(by)
    )
    if region_id:
        query = query.where(Inspection.region_id.in_(regions_below([region_id])))
    if store_id:
        query = query.where(Inspection.store_id == store_id)
    if checklist_id:
        query = query.where(Inspection.checklist_id == checklist_id)
    return {
        row[0]: Sums(int(row[1]), row[2], row[3], int(row[4]), int(row[5]), row[6])
        for row in db.session.execute(query)
    }


def labels(group_by: str, keys: list[Any]) -> Mapping[Any, Mapping[str, str]]:
    """Names in both languages for the things grouped by."""
    if group_by == "supervisor":
        rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(keys)))
        return {row.id: {"zh": row.name, "en": row.name} for row in rows}
    table: Any = {"store": Store, "region": Region, "checklist": Checklist}.get(group_by)
    if table is None:
        return {key: {"zh": str(key), "en": str(key)} for key in keys}
    found: dict[Any, Mapping[str, str]] = {}
    for start in range(0, len(keys), 500):
        query = sa.select(table.id, table.name_zh, table.name_en).where(
            table.id.in_(keys[start : start + 500])
        )
        found |= {row.id: {"zh": row.name_zh, "en": row.name_en} for row in db.session.execute(query)}
    return found
