"""What a preview needs to know of other plans, and of visits that no edit changes."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from api.core.db import db
from api.plans.dispatch import Period, periods
from api.plans.models import Plan, PlanStore, Visit
from api.plans.plan_queries import as_revisions, revision_rows
from api.plans.terms import Override, read_override
from api.stores.models import Store


@dataclass
class OtherPlan:
    """An active plan with the stores it has, and what is different there."""

    id: uuid.UUID
    timeline: Sequence[Period]
    stores: dict[uuid.UUID, Override | None] = field(default_factory=dict)


def other_plans(plan_id: uuid.UUID | None) -> list[OtherPlan]:
    """All active plans but this one, oldest first."""
    query = sa.select(Plan.id).where(Plan.state == "active").order_by(Plan.created_at, Plan.id)
    ids = [i for i in db.session.execute(query).scalars() if i != plan_id]
    found = {i: OtherPlan(i, periods(as_revisions(rows))) for i, rows in revision_rows(ids).items()}
    rows = db.session.execute(
        sa.select(PlanStore.plan_id, PlanStore.store_id, sa.cast(PlanStore.override, sa.Text)).where(
            PlanStore.plan_id.in_(ids), PlanStore.until.is_not(None)
        )
    )
    for other_id, store_id, override in rows:
        same = override in ("null", None)
        found[other_id].stores[store_id] = None if same else read_override(json.loads(override))
    return [found[i] for i in ids]


def past_changing(plan_id: uuid.UUID, day: date) -> dict[uuid.UUID, set[str]]:
    """By store the occurrences from a day on that somebody began, did, missed, excused or cancelled."""
    rows = db.session.execute(
        sa.select(Visit.store_id, Visit.occurrence).where(
            Visit.plan_id == plan_id,
            Visit.occurrence >= day.isoformat(),
            Visit.state != "scheduled",
            Visit.called_off_by_plan.is_not(True),
        )
    )
    found: dict[uuid.UUID, set[str]] = {}
    for store_id, occurrence in rows:
        found.setdefault(store_id, set()).add(str(occurrence))
    return found


def stores_like(search: str) -> set[uuid.UUID]:
    """The stores whose code or name holds these words."""
    columns = (Store.code, Store.name_zh, Store.name_en)
    query = sa.select(Store.id).where(sa.or_(*(c.icontains(search, autoescape=True) for c in columns)))
    return set(db.session.execute(query).scalars())


def plan_names(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """The names of plans."""
    rows = db.session.execute(sa.select(Plan).where(Plan.id.in_(ids))).scalars()
    return {row.id: row.name for row in rows}
