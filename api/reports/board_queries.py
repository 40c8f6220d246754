"""A plan's visits of the running period, store by store, with what came of them.

The running period of a store is the day of its last opening, or of the first one while none has opened. A visit
that was moved to another time is shown as the one that took its place.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from api.accounts.types import Actor
from api.core.db import db
from api.inspections.models import Inspection
from api.plans.lifecycle import OPEN
from api.plans.models import Visit
from api.stores.models import Store
from api.stores.queries import visible_stores

_DAY = sa.func.substr(Visit.occurrence, 1, 10)


def _wanted(plan_id: uuid.UUID) -> list[sa.ColumnElement[bool]]:
    return [
        Visit.plan_id == plan_id,
        Visit.occurrence.is_not(None),
        Visit.called_off_by_plan.is_not(True),
    ]


def _running(actor: Actor, plan_id: uuid.UUID, now: datetime) -> Any:
    """The visits of the board: their ids, stores, states and due times."""
    days = (
        sa.select(
            Visit.store_id.label("store_id"),
            sa.func.coalesce(
                sa.func.max(sa.case((Visit.opens_at <= now, _DAY))),
                sa.func.min(_DAY),
            ).label("day"),
        )
        .where(*_wanted(plan_id), Visit.store_id.in_(visible_stores(actor)))
        .group_by(Visit.store_id)
        .subquery()
    )
    following = aliased(Visit)
    return (
        sa.select(
            sa.func.coalesce(following.id, Visit.id).label("visit_id"),
            Visit.store_id.label("store_id"),
            sa.func.coalesce(following.state, Visit.state).label("state"),
            sa.func.coalesce(following.due_at, Visit.due_at).label("due_at"),
        )
        .join(days, sa.and_(days.c.store_id == Visit.store_id, days.c.day == _DAY))
        .outerjoin(following, following.rescheduled_from == Visit.id)
        .where(*_wanted(plan_id))
        .subquery()
    )


def counts(actor: Actor, plan_id: uuid.UUID, now: datetime) -> tuple[dict[str, int], int, int]:
    """How many visits are in which state, how many of the open ones are overdue, and of how many stores."""
    board = _running(actor, plan_id, now)
    rows = db.session.execute(sa.select(board.c.state, sa.func.count()).group_by(board.c.state)).all()
    overdue = sa.and_(board.c.state.in_(OPEN), board.c.due_at < now)
    late, stores = db.session.execute(
        sa.select(sa.func.sum(sa.case((overdue, 1), else_=0)), sa.func.count(board.c.store_id.distinct()))
    ).one()
    return {row[0]: row[1] for row in rows}, late or 0, stores


def stores_of(
    actor: Actor,
    plan_id: uuid.UUID,
    now: datetime,
    *,
    after: str | None,
    limit: int,
    state: Sequence[str],
    search: str | None,
) -> Sequence[Store]:
    """The stores on the board by code; those with a visit in one of the states, when any is named."""
    board = _running(actor, plan_id, now)
    meant = sa.select(board.c.store_id)
    if state:
        meant = meant.where(board.c.state.in_(state))
    query = sa.select(Store).where(Store.id.in_(meant)).order_by(Store.code).limit(limit)
    if after:
        query = query.where(Store.code > after)
    if search:
        columns = (Store.code, Store.name_zh, Store.name_en)
        query = query.where(sa.or_(*(c.icontains(search, autoescape=True) for c in columns)))
    return db.session.execute(query).scalars().all()


def visits_of(
    actor: Actor, plan_id: uuid.UUID, now: datetime, store_ids: Sequence[uuid.UUID]
) -> Sequence[tuple[Visit, Inspection | None]]:
    """The visits on the board in these stores, by their opening, each with its report."""
    board = _running(actor, plan_id, now)
    ids = sa.select(board.c.visit_id).where(board.c.store_id.in_(store_ids))
    query = (
        sa.select(Visit, Inspection)
        .outerjoin(Inspection, Inspection.id == Visit.inspection_id)
        .where(Visit.id.in_(ids))
        .order_by(Visit.opens_at, Visit.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
