"""How far plans have come, in numbers; everybody counts the stores they may see."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.accounts.types import Actor
from api.core.db import db
from api.plans.models import PlanStore, Visit
from api.stores.models import Store
from api.stores.queries import visible_stores


@dataclass(frozen=True)
class Standing:
    """Stores with visits, those settled as far as wanted, visits ahead, and a time zone of the stores."""

    stores: int = 0
    settled: int = 0
    visits_ahead: int = 0
    timezone: str = "UTC"


def standings(
    actor: Actor, plan_ids: Iterable[uuid.UUID], horizon: date, now: datetime
) -> dict[uuid.UUID, Standing]:
    """Where these plans stand; a plan without stores is left out."""
    wanted = list(plan_ids)
    ahead = _visits_ahead(actor, wanted, now)
    is_settled = sa.case((PlanStore.until >= horizon, 1), else_=0)
    query = (
        sa.select(
            PlanStore.plan_id,
            sa.func.count(),
            sa.func.sum(is_settled),
            sa.func.min(Store.timezone),
        )
        .join(Store, Store.id == PlanStore.store_id)
        .where(
            PlanStore.plan_id.in_(wanted),
            PlanStore.until.is_not(None),
            sa.not_(_left_out()),
            *_seen(actor, PlanStore.store_id),
        )
        .group_by(PlanStore.plan_id)
    )
    return {
        row[0]: Standing(row[1], row[2], ahead.get(row[0], 0), row[3]) for row in db.session.execute(query)
    }


def _visits_ahead(actor: Actor, plan_ids: Sequence[uuid.UUID], now: datetime) -> dict[uuid.UUID, int]:
    query = (
        sa.select(Visit.plan_id, sa.func.count())
        .where(
            Visit.plan_id.in_(plan_ids),
            Visit.state == "scheduled",
            Visit.due_at > now,
            *_seen(actor, Visit.store_id),
        )
        .group_by(Visit.plan_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query) if row[0]}


def _left_out() -> sa.ColumnElement[bool]:
    """Stores that an override takes out of the plan."""
    return sa.func.coalesce(sa.cast(PlanStore.override, sa.Text), "").contains('"excluded": true')


def _seen(actor: Actor, column: Any) -> list[sa.ColumnElement[bool]]:
    return [] if actor.sees_everything else [column.in_(visible_stores(actor))]
