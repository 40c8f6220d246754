"""Every SELECT about who works where: the roster of shifts, and the people around many stores at once."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from api.accounts.models import User, UserScope
from api.core.db import db
from api.stores.models import Region, Shift

_BY_NAME = 200


def shifts_of(stores: Sequence[uuid.UUID], since: datetime, until: datetime) -> Sequence[Shift]:
    """The shifts in these stores that end after `since` and begin by `until`.

    Beyond a few hundred stores all shifts of that time are given, because that is quicker.
    """
    query = sa.select(Shift).where(Shift.ends_at > since, Shift.starts_at <= until)
    if len(stores) <= _BY_NAME:
        query = query.where(Shift.store_id.in_(stores))
    return db.session.execute(query.order_by(Shift.starts_at, Shift.id)).scalars().all()


def workers(
    stores: Sequence[uuid.UUID], regions: Sequence[uuid.UUID]
) -> list[tuple[uuid.UUID, str, uuid.UUID | None, uuid.UUID | None]]:
    """Active people of these stores and over these regions: (who, role, store, region), the longest here first.

    Beyond a few hundred stores people of other stores are among them.
    """
    query = (
        sa.select(User.id, User.role, UserScope.store_id, UserScope.region_id)
        .join(UserScope, UserScope.user_id == User.id)
        .where(User.is_active)
        .order_by(User.created_at, User.id)
    )
    if len(stores) <= _BY_NAME:
        query = query.where(sa.or_(UserScope.store_id.in_(stores), UserScope.region_id.in_(regions)))
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]


def users_named(names: Sequence[str]) -> dict[str, User]:
    """The people with these user names (small letters)."""
    found: dict[str, User] = {}
    for start in range(0, len(names), 500):
        rows = db.session.execute(sa.select(User).where(User.username.in_(names[start : start + 500])))
        found |= {row.username: row for row in rows.scalars()}
    return found


def shifts_of_people(ids: Sequence[uuid.UUID], since: datetime, until: datetime) -> list[Shift]:
    """The shifts of these people that begin from `since` on and before `until`."""
    found: list[Shift] = []
    for start in range(0, len(ids), 500):
        query = sa.select(Shift).where(
            Shift.user_id.in_(ids[start : start + 500]), Shift.starts_at >= since, Shift.starts_at < until
        )
        found += db.session.execute(query).scalars()
    return found


def reach_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The stores, and the regions with all below them, that each of these people has."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    below = aliased(Region)
    for start in range(0, len(ids), 500):
        part = UserScope.user_id.in_(ids[start : start + 500])
        stores = sa.select(UserScope.user_id, UserScope.store_id).where(part, UserScope.store_id.is_not(None))
        regions = (
            sa.select(UserScope.user_id, below.id)
            .join(Region, Region.id == UserScope.region_id)
            .join(below, below.path.startswith(Region.path, autoescape=False))
            .where(part)
        )
        for user_id, place in [*db.session.execute(stores), *db.session.execute(regions)]:
            found.setdefault(user_id, set()).add(place)
    return found
