"""Every SELECT about regions, stores and the people of a store."""

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from api.accounts.models import User, UserScope
from api.accounts.types import STORE_MANAGER, STORE_STAFF, Actor
from api.core.db import db
from api.core.pagination import page
from api.stores.models import Region, Store


def visible_stores(actor: Actor) -> sa.Select[uuid.UUID]:
    """The ids of the stores an actor may see: the one scoping SELECT, used inside every other one."""
    query = sa.select(Store.id)
    if actor.sees_everything:
        return query
    mine = [Store.id.in_(actor.store_ids)] if actor.store_ids else []
    if actor.region_ids:
        mine.append(Store.region_id.in_(regions_below(actor.region_ids)))
    return query.where(sa.or_(*mine)) if mine else query.where(sa.false())


def regions_below(region_ids: Iterable[uuid.UUID]) -> sa.Select[uuid.UUID]:
    """These regions and all below them."""
    top = aliased(Region)
    return (
        sa.select(Region.id)
        .join(top, Region.path.startswith(top.path, autoescape=False))
        .where(top.id.in_(list(region_ids)))
    )


def visible_regions(actor: Actor) -> Sequence[Region]:
    """The regions an actor may see: their own with all below, and those their stores hang on."""
    query = sa.select(Region).order_by(Region.path)
    if not actor.sees_everything:
        query = query.where(
            sa.or_(
                Region.id.in_(regions_below(actor.region_ids)),
                Region.id.in_(sa.select(Store.region_id).where(Store.id.in_(actor.store_ids))),
            )
        )
    return db.session.execute(query).scalars().all()


def regions_above(region_id: uuid.UUID) -> Sequence[Region]:
    """A region and all above it, the root first."""
    below = aliased(Region)
    query = (
        sa.select(Region)
        .join(below, below.path.startswith(Region.path, autoescape=False))
        .where(below.id == region_id)
        .order_by(Region.path)
    )
    return db.session.execute(query).scalars().all()


def regions_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Region]:
    """These regions."""
    rows = db.session.execute(sa.select(Region).where(Region.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def region(region_id: uuid.UUID) -> Region | None:
    """A region."""
    return db.session.get(Region, region_id)


def region_coded(code: str) -> Region | None:
    """The region with this code."""
    return db.session.execute(sa.select(Region).where(Region.code == code)).scalar_one_or_none()


def all_regions() -> Sequence[Region]:
    """Every region, parents first."""
    return db.session.execute(sa.select(Region).order_by(Region.path)).scalars().all()


def store_for(actor: Actor, store_id: uuid.UUID) -> Store | None:
    """A store within the actor's scope."""
    query = sa.select(Store).where(Store.id == store_id, Store.id.in_(visible_stores(actor)))
    return db.session.execute(query).scalar_one_or_none()


def store(store_id: uuid.UUID) -> Store | None:
    """A store, whoever asks; for deeds that already know that they may."""
    return db.session.get(Store, store_id)


def stores_by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Store]:
    """These stores."""
    rows = db.session.execute(sa.select(Store).where(Store.id.in_(set(ids)))).scalars()
    return {row.id: row for row in rows}


def stores_among(actor: Actor, ids: Iterable[uuid.UUID]) -> Sequence[Store]:
    """Those of these stores that the actor may see."""
    query = sa.select(Store).where(Store.id.in_(set(ids)), Store.id.in_(visible_stores(actor)))
    return db.session.execute(query).scalars().all()


def stores_coded(codes: Sequence[str]) -> dict[str, Store]:
    """The stores with these codes."""
    found: dict[str, Store] = {}
    for start in range(0, len(codes), 500):
        rows = db.session.execute(sa.select(Store).where(Store.code.in_(codes[start : start + 500])))
        found |= {row.code: row for row in rows.scalars()}
    return found


def store_page(
    actor: Actor,
    *,
    cursor: str | None,
    limit: int,
    region_id: uuid.UUID | None = None,
    status: str | None = None,
    search: str | None = None,
) -> tuple[list[Store], str | None]:
    """Visible stores by code."""
    query = sa.select(Store).where(Store.id.in_(visible_stores(actor)))
    if region_id:
        query = query.where(Store.region_id.in_(regions_below([region_id])))
    if status:
        query = query.where(Store.status == status)
    if search:
        query = query.where(
            sa.or_(
                Store.code.icontains(search, autoescape=True),
                Store.name_zh.icontains(search, autoescape=True),
                Store.name_en.icontains(search, autoescape=True),
                Store.address.icontains(search, autoescape=True),
            )
        )
    return page(
        db.session,
        query,
        [Store.code],
        cursor=cursor,
        limit=limit,
        key_of=lambda s: [s.code],
        parse=[str],
    )


def visible_store_ids(actor: Actor) -> set[str]:
    """The ids of the stores an actor may see, as texts."""
    return {str(i) for i in db.session.execute(visible_stores(actor)).scalars()}


def first_stores(actor: Actor, limit: int) -> Sequence[Store]:
    """A few of the visible stores."""
    query = sa.select(Store).where(Store.id.in_(visible_stores(actor))).order_by(Store.code).limit(limit)
    return db.session.execute(query).scalars().all()


def visible_people(actor: Actor) -> sa.Select[uuid.UUID]:
    """The ids of the people an actor may see: themselves, and whose stores or regions lie within theirs."""
    query = sa.select(User.id)
    if actor.sees_everything:
        return query
    return query.where(sa.or_(User.id == actor.id, User.id.in_(_people_of_visible_stores(actor))))


def _people_of_visible_stores(actor: Actor) -> sa.Select[uuid.UUID]:
    """Whose scope lies within the actor's."""
    inner = sa.select(UserScope.user_id).where(
        sa.or_(
            UserScope.store_id.in_(visible_stores(actor)),
            UserScope.region_id.in_(regions_below(actor.region_ids)),
        )
    )
    return inner


def user_page(
    actor: Actor, *, cursor: str | None, limit: int, role: str | None = None
) -> tuple[list[User], str | None]:
    """The people whose stores or regions lie within the actor's scope, by user name."""
    query = sa.select(User).where(User.id.in_(visible_people(actor)))
    if role:
        query = query.where(User.role == role)
    return page(
        db.session,
        query,
        [User.username],
        cursor=cursor,
        limit=limit,
        key_of=lambda u: [u.username],
        parse=[str],
    )


def user_for(actor: Actor, user_id: uuid.UUID) -> User | None:
    """A person within the actor's scope."""
    query = sa.select(User).where(User.id == user_id, User.id.in_(visible_people(actor)))
    return db.session.execute(query).scalar_one_or_none()


def store_people(store_id: uuid.UUID) -> Sequence[User]:
    """The active manager and staff of one store, the manager first."""
    query = (
        sa.select(User)
        .join(UserScope, UserScope.user_id == User.id)
        .where(
            UserScope.store_id == store_id,
            User.is_active,
            User.role.in_([STORE_MANAGER, STORE_STAFF]),
        )
        .order_by(sa.case((User.role == STORE_MANAGER, 0), else_=1), User.created_at, User.id)
    )
    return db.session.execute(query).scalars().all()


def people_over(store: Store, role: str) -> Sequence[User]:
    """The active people of a role whose stores or regions hold this store, the nearest first."""
    above = [region.id for region in regions_above(store.region_id)]
    query = (
        sa.select(User)
        .join(UserScope, UserScope.user_id == User.id)
        .outerjoin(Region, Region.id == UserScope.region_id)
        .where(
            sa.or_(UserScope.store_id == store.id, UserScope.region_id.in_(above)),
            User.is_active,
            User.role == role,
        )
        .order_by(
            sa.case((UserScope.store_id.is_not(None), 0), else_=1),
            sa.func.length(Region.path).desc(),
            User.created_at,
            User.id,
        )
    )
    return list(dict.fromkeys(db.session.execute(query).scalars()))
